import { startChromium, type Chromium } from '../doubles/chromium'
import { demoCalls, type DemoCalls } from '../doubles/demo-calls'
import { barriersOf, faultsOf, photograph } from './checks'
import { startClient, type Client, type View } from './pane'
import { startDemoServer, type DemoServer } from './server'
import { stepsOf } from './steps'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const OWNER = 'owner@acme.example'
const RUNS: Pick<View, 'host' | 'lang' | 'theme' | 'width'>[] = [
  { host: 'outlook', lang: 'fr', theme: 'dark', width: 320 },
  { host: 'gmail', lang: 'es', theme: 'light', width: 320 },
]

let chromium: Chromium
beforeAll(async () => { chromium = await startChromium() }, SLOW_MS)
afterAll(() => chromium.close(), SLOW_MS)

describe.each(RUNS)('with more workspaces than are listed, in $host, $lang, $theme', (run) => {
  const { host } = run
  let server: DemoServer
  let client: Client
  let demo: DemoCalls
  beforeAll(async () => {
    server = await startDemoServer()
    demo = demoCalls(server.origin)
    for (const name of ['Zulu', 'Zulu northern hemisphere', ...Array.from({ length: 30 }, (_item, n) => `Team ${n}`)]) await demo.call('POST', '/workspaces', { as: OWNER, body: { name } })
    client = await startClient(chromium.browser, server.origin, { ...run, person: OWNER })
    await client.show({})
  }, SLOW_MS)
  afterAll(async () => {
    await client.close()
    await server.close()
  }, SLOW_MS)

  const looksRight = async (name: string) => {
    await client.rest()
    await photograph(client, `find-${name}`)
    expect([...await faultsOf(client), ...(host === 'outlook' ? await barriersOf(client) : [])]).toEqual([])
  }
  const press = (label: string) => stepsOf(client).confirm(label)
  /** Types into the field and takes the closest match, by keys alone. */
  const take = async (field: string, typed: string) => {
    const input = client.pane.getByLabel(field, { exact: true }).last()
    await input.fill(typed)
    if (host === 'outlook') await client.pane.getByRole('listbox').getByRole('option').first().waitFor()
    await input.press(host === 'outlook' ? 'Enter' : 'Tab')
    await client.rest()
  }
  const userOf = async (email: string) => ((await demo.call('GET', `/users?q=${email}`, { as: OWNER })).body['items'] as { workspaceIds: string[] }[])[0]
  const idsOf = async (...names: string[]) => ((await demo.call('GET', '/workspaces?limit=200', { as: OWNER })).body['items'] as { id: string; name: string }[]).filter(({ name }) => names.includes(name)).map(({ id }) => id)

  test('any is found by typing while somebody is added, and stays in sight by its name', async () => {
    const { t } = client
    await client.click(t('home.users'))
    await press(t('users.add'))
    await client.pane.getByLabel(t('user.email')).first().fill('finn@acme.example')
    await press(t('common.next'))
    await press(t('common.next'))
    await take(t('user.workspaces'), 'zulu')
    await client.sees('Zulu')
    await take(host === 'outlook' ? t('user.workspaces') : t('card.find_more', { label: t('user.workspaces') }), 'Team 29')
    await client.sees('Team 29')
    await client.sees('Zulu')
    await looksRight('add')
    await press(t('users.invite'))
    await client.wait(t('users.added', { name: 'finn@acme.example' }))
    expect(new Set((await userOf('finn@acme.example'))?.workspaceIds)).toEqual(new Set(await idsOf('Zulu', 'Team 29')))
  })

  test('the list of users is narrowed to one of them', async () => {
    const { t } = client
    await client.home()
    await client.click(t('home.users'))
    await client.rest()
    if (host === 'outlook') await press(t('common.filters'))
    else await client.pane.locator('section').filter({ hasText: t('common.filters') }).locator('.g-more').first().click()
    await take(t('filter.workspace'), 'Zulu')
    if (host === 'gmail') await press(t('common.apply'))
    await client.sees(t('users.count', { count: 1 }))
    expect(await client.text()).toContain('finn@acme.example')
    await looksRight('filter')
  })

  test('what is taken away of somebody is gone, the rest stays', async () => {
    const { t } = client
    await client.click('finn@acme.example')
    await client.sees(t('user.added_on'))
    await press(t('user.edit'))
    await client.sees('Team 29')
    if (host === 'outlook') await client.pane.getByRole('button', { name: t('pane.take_away', { name: 'Team 29' }) }).click()
    else await client.pane.getByRole('checkbox', { name: 'Team 29' }).uncheck()
    await looksRight('edit')
    await press(t('common.save'))
    await client.wait(t('user.was_edited', { name: 'finn@acme.example' }))
    expect((await userOf('finn@acme.example'))?.workspaceIds).toEqual(await idsOf('Zulu'))
  })
})
