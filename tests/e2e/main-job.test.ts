import { readFile } from 'node:fs/promises'
import { startChromium, type Chromium } from '../doubles/chromium'
import { activationUrlIn, codeIn, demoCalls, type DemoCalls } from '../doubles/demo-calls'
import { faultsOf, photograph } from './checks'
import { startClient, type Client, type View } from './pane'
import { PAGE_WORDS } from './page-words'
import { startDemoServer, type DemoServer } from './server'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const OWNER = 'owner@acme.example'
const MARIA = 'maria@acme.example'
const HIRED = 'hire001@acme.example'
const ROWS = 200
const pause = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms) })

const RUNS: Pick<View, 'host' | 'lang' | 'theme' | 'width'>[] = [
  { host: 'outlook', lang: 'en', theme: 'light', width: 320 },
  { host: 'outlook', lang: 'fr', theme: 'light', width: 320 },
  { host: 'outlook', lang: 'es', theme: 'dark', width: 320 },
  { host: 'gmail', lang: 'en', theme: 'light', width: 320 },
  { host: 'gmail', lang: 'fr', theme: 'dark', width: 320 },
  { host: 'gmail', lang: 'es', theme: 'light', width: 320 },
]

let chromium: Chromium
beforeAll(async () => { chromium = await startChromium() }, SLOW_MS)
afterAll(async () => { await chromium.close() }, SLOW_MS)

describe.each(RUNS)('the main job in $host, $lang, $theme', (run) => {
  let server: DemoServer
  let client: Client
  let demo: DemoCalls
  beforeAll(async () => {
    server = await startDemoServer()
    client = await startClient(chromium.browser, server.origin, run)
    demo = demoCalls(server.origin)
  }, SLOW_MS)
  afterAll(async () => {
    await client.close()
    await server.close()
  }, SLOW_MS)

  const looksRight = async (name: string) => {
    expect(await faultsOf(client)).toEqual([])
    await photograph(client, name)
  }
  const listOf = async (path: string) => (await demo.call('GET', path, { as: OWNER })).body['items'] as Record<string, unknown>[]
  const userOf = async (email: string) => (await listOf(`/users?q=${email}`))[0]

  test('the list in the open mail is previewed, goes in, and what was rejected comes back', async () => {
    const { t } = await client.show({ person: OWNER })
    await client.openMail('New hires starting next month')
    await client.click(t('import.preview'))
    await client.sees(t('import.malformed'))
    for (const status of ['duplicate_in_file', 'already_user', 'already_invited', 'domain_not_approved', 'unknown_role', 'unknown_license', 'unknown_workspace', 'no_license_left'] as const) await client.sees(t(`import.${status}`))
    const before = await client.text()
    await looksRight('import-preview')
    const ready = Number(/\d+/.exec(before.slice(before.indexOf(t('import.ready')) + t('import.ready').length))?.[0])
    expect(ready).toBeGreaterThan(50)
    expect(await listOf('/user-imports')).toEqual([])

    await client.click(t('import.start', { count: ready }))
    await client.wait(t('import.done_text', { applied: ready, rejected: ROWS - ready, total: ROWS }))
    await looksRight('import-done')
    expect(await listOf('/user-imports')).toMatchObject([{ status: 'done', applied: ready, rejected: ROWS - ready, total: ROWS }])

    const path = await client.download(t('import.download_rejected', { count: ROWS - ready }))
    const rejected = await readFile(path, 'utf8')
    expect(rejected).toContain('not an address')
    expect(rejected).toContain('hire901@acme.example')
    expect(rejected).not.toContain('hire005@acme.example')
  })

  test('a person of the open mail gets a license and the activation link', async () => {
    const { t } = await client.show({ person: OWNER })
    await client.openMail('License for the partner contract')
    await client.click('Maria Marceau')
    await client.sees(MARIA)
    await client.sees(t('license.none'))
    await client.sees(t('log.recent'))
    await looksRight('user')
    await client.choose(t('license.plan'), t('plan_name.pro'))
    await client.click(t('license.assign'))
    await client.wait(t('license.not_activated', { plan: t('plan_name.pro') }))
    await client.click(t('user.send_activation'))
    await client.wait(new RegExp(t('activation.sent', { name: 'Maria Marceau', date: '@' }).split('@')[0] ?? ''))
    expect(await userOf(MARIA)).toMatchObject({ license: { plan: 'pro', state: 'assigned' } })
  })

  test('she activates it with one click in the mail that came', async () => {
    // The first link came with the license; the one that was sent afterwards replaces it.
    const invitations = async () => (await demo.mails(MARIA)).filter((mail) => activationUrlIn(mail) !== '')
    while ((await invitations()).length < 2) await pause(100)
    // Mails of the same moment may arrive in any order.
    const links = await invitations()
    const works = await Promise.all(links.map(async (mail) => (await demo.call('POST', '/activations/lookup', { body: { token: activationUrlIn(mail).split('#')[1] } })).status === 200))
    const nth = works.indexOf(true)
    const { t } = await client.show({ person: MARIA })
    await client.openMail(links[nth]?.subject ?? '', nth)
    await client.sees(t('activation.offer_by', { inviter: 'Olive Owens', organization: 'Acme', plan: t('plan_name.pro') }))
    await looksRight('activate')
    await client.click(t('activation.activate'))
    await client.wait(t('activation.done', { plan: t('plan_name.pro'), organization: 'Acme' }))
    expect(await userOf(MARIA)).toMatchObject({ status: 'active', license: { plan: 'pro', state: 'active' } })
  })

  test('somebody without an add-in activates in a plain browser, with the mailed code', async () => {
    const { t } = client
    const page = await chromium.browser.newPage({ locale: run.lang })
    await page.goto(activationUrlIn(await demo.mailTo(HIRED, (mail) => activationUrlIn(mail) !== '')))
    await page.getByRole('button', { name: PAGE_WORDS[run.lang]('activation.page_send_code') }).click()
    await page.getByLabel(t('activation.code')).fill(codeIn(await demo.mailTo(HIRED, (mail) => codeIn(mail) !== '')))
    await page.getByRole('button', { name: t('activation.activate'), exact: true }).click()
    await page.getByRole('heading', { name: PAGE_WORDS[run.lang]('activation.page_done_title') }).waitFor()
    await page.close()
    expect(await userOf(HIRED)).toMatchObject({ status: 'active', license: { state: 'active' } })
  })

  test('the owner sees who is active, the seats, and who did what', async () => {
    const { t } = await client.show({ person: OWNER })
    await client.openMail('License for the partner contract')
    await client.click('Maria Marceau')
    await looksRight('user-active')
    await client.click(t('user.view_log'))
    await client.sees(t('log.license.assigned', { actor: 'Olive Owens', target: 'Maria Marceau' }))
    await client.sees(t('log.license.activated', { actor: 'Maria Marceau', target: 'Maria Marceau' }))
    const pools = await listOf('/licenses')
    const users = await Promise.all(pools.map(async (pool) => (await demo.call('GET', `/users?plan=${String(pool['plan'])}&limit=1`, { as: OWNER })).body['total']))
    expect(pools.map((pool) => pool['assigned'])).toEqual(users)
    await client.home()
    await client.click(t('home.licenses'))
    for (const pool of pools) await client.sees(t('pool.meter', { used: Number(pool['assigned']), total: Number(pool['quantity']), plan: t(`plan_name.${String(pool['plan'])}` as 'plan_name.pro') }))
    await client.home()
    await client.click(t('home.log'))
    await client.sees('Maria Marceau')
    await looksRight('log')
  })
})
