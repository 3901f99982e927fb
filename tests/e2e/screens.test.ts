import { startChromium, type Chromium } from '../doubles/chromium'
import { demoCalls } from '../doubles/demo-calls'
import { barriersOf } from './checks'
import { HOSTS, LANGUAGES, startClient, type Client } from './pane'
import { startDemoServer, type DemoServer } from './server'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const NAUGHTY = '<script>alert(1)</script>'

let server: DemoServer
let chromium: Chromium
beforeAll(async () => { [server, chromium] = await Promise.all([startDemoServer(), startChromium()]) }, SLOW_MS)
afterAll(async () => { await Promise.all([server.close(), chromium.close()]) }, SLOW_MS)

describe.each(HOSTS)('the screens in %s', (host) => {
  let client: Client
  beforeAll(async () => { client = await startClient(chromium.browser, server.origin, { host }) })
  afterAll(() => client.close())

  test.each(LANGUAGES)('the people of a mail, the users list, home and the own account speak %s', async (lang) => {
    const { t } = await client.show({ lang })
    expect(await client.text()).toContain(t('role.org_admin'))
    await client.openMail('License for the partner contract')
    await client.sees(t('mail.known', { count: 2 }))
    await client.sees(t('mail.strangers', { count: 1 }))
    await client.home()
    await client.click(t('home.users'))
    await client.sees(t('users.count', { count: 200 }))
    await client.home()
    await client.click(t('home.me'))
    await client.sees(t('me.profile'))
    expect(await client.text()).toContain(t('user.role'))
  })

  test('the users list is searched, filtered and paged', async () => {
    const { t } = await client.show({ lang: 'en' })
    await client.click(t('home.users'))
    await client.fill(t('users.search'), 'marceau')
    await client.sees('Maria Marceau')
    await client.sees(t('users.count', { count: 1 }))
    await client.fill(t('users.search'), 'nobody at all')
    await client.sees(t('users.none_found_title'))
    await client.fill(t('users.search'), '')
    await client.sees(t('users.count', { count: 200 }))
    await client.filter(t('user.status'), t('status.suspended'))
    await client.seesNot(t('users.count', { count: 200 }))
    expect(await client.text()).not.toContain('Olive Owens')
  })

  test('the users list goes on where its first page ends', async () => {
    const { t } = await client.show({ lang: 'en' })
    const { body } = await demoCalls(server.origin).call('GET', '/users?limit=100', { as: 'owner@acme.example' })
    const late = (body['items'] as { email: string }[])[70]?.email ?? ''
    await client.click(t('home.users'))
    await client.sees(t('users.count', { count: 200 }))
    expect(await client.text()).not.toContain(late)
    for (let pages = 0; pages < 4 && !(await client.text()).includes(late); pages += 1) {
      if (host === 'gmail') await client.click(t('common.page_next'))
      else await client.pane.locator('main').evaluate((main) => main.scrollTo(0, main.scrollHeight))
      await client.rest()
    }
    await client.sees(late)
  })

  test('another mail brings its own people', async () => {
    await client.show({ lang: 'en' })
    await client.openMail('License for the partner contract')
    await client.sees('legal@partner.example')
    await client.openMail('Propuesta revisada')
    await client.sees('compras@cliente.example')
    expect(await client.text()).not.toContain('legal@partner.example')
  })

  test('names that look like code are text', async () => {
    await client.show({ lang: 'en' })
    await client.page.getByRole('list', { name: 'Mails' }).getByRole('button').filter({ hasText: NAUGHTY }).first().click()
    await client.sees(NAUGHTY)
    expect(client.dialogs()).toBe(0)
  })
})

describe('the Outlook pane', () => {
  let client: Client
  beforeAll(async () => { client = await startClient(chromium.browser, server.origin, { host: 'outlook' }) })
  afterAll(() => client.close())

  test('a late reply for the mail that was left is never drawn', async () => {
    await client.show({})
    let held = true
    await client.page.route('**/v1/context', async (route) => {
      if (held) {
        held = false
        await new Promise((resolve) => { setTimeout(resolve, 2_000) })
      }
      await route.continue().catch(() => undefined)
    })
    await client.openMail('License for the partner contract')
    await client.openMail('Propuesta revisada')
    await client.sees('compras@cliente.example')
    await new Promise((resolve) => { setTimeout(resolve, 2_500) })
    expect(await client.text()).not.toContain('legal@partner.example')
    await client.page.unroute('**/v1/context')
  })

  test('a mail that is open when the pane starts is what it starts with', async () => {
    await client.show({})
    await client.openMail('License for the partner contract')
    await client.page.reload()
    await client.sees('legal@partner.example')
    expect(await client.text()).toContain(client.t('mail.title'))
  })

  test('everything is reached by keys', async () => {
    const { t, page } = await client.show({})
    const focused = () => client.pane.locator(':focus').evaluate((element) => `${element.tagName} ${element.textContent}`)
    await client.pane.getByRole('button', { name: t('users.title') }).first().focus()
    await page.keyboard.press('Enter')
    await client.sees(t('users.count', { count: 200 }))
    await client.pane.getByRole('searchbox').focus()
    await page.keyboard.type('marceau')
    await client.sees(t('users.count', { count: 1 }))
    for (let steps = 0; steps < 25 && !/^(BUTTON|A) .*Maria Marceau/.test(await focused()); steps += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await client.sees(t('user.added_on'))
    await page.keyboard.press('Alt+ArrowLeft')
    await client.sees(t('users.count', { count: 1 }))
    expect(await focused()).not.toBe('BODY')
  })

  test.each(['light', 'dark'] as const)('a mail, a person and a form hold no barrier, %s', async (theme) => {
    const { t } = await client.show({ theme })
    await client.openMail('License for the partner contract')
    await client.sees('Maria Marceau')
    expect(await barriersOf(client)).toEqual([])
    await client.click('Maria Marceau')
    await client.sees(t('user.added_on'))
    await client.rest()
    expect(await barriersOf(client)).toEqual([])
  })
})
