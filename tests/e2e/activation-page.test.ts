import axe from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { startChromium, type Chromium } from '../doubles/chromium'
import { activationUrlIn, codeIn, demoCalls, type DemoCalls } from '../doubles/demo-calls'
import { PAGE_WORDS as WORDS } from './page-words'
import { startDemoServer, type DemoServer } from './server'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const LANGUAGES = ['en', 'fr', 'es'] as const
const PICTURES = process.env['PICTURES']

let server: DemoServer
let chromium: Chromium
let demo: DemoCalls
let problems: string[]
let people = 0

beforeAll(async () => {
  [server, chromium] = await Promise.all([startDemoServer(), startChromium()])
  demo = demoCalls(server.origin)
}, SLOW_MS)
afterAll(async () => { await Promise.all([server.close(), chromium.close()]) }, SLOW_MS)
beforeEach(() => { problems = [] })

/** Refusals are told by the browser, too: that a test provokes them is no mistake of the page. */
const PROVOKED = /^Failed to load resource/

const visit = async (options: { locale: string; width?: number; theme?: 'light' | 'dark' }): Promise<{ page: Page; context: BrowserContext }> => {
  const context = await chromium.browser.newContext({ locale: options.locale, colorScheme: options.theme ?? 'light', viewport: { width: options.width ?? 1024, height: 720 } })
  context.on('weberror', (error) => problems.push(error.error().message))
  context.on('console', (message) => { if (message.type() === 'error' && !PROVOKED.test(message.text())) problems.push(message.text()) })
  return { context, page: await context.newPage() }
}

const invited = async (more: Record<string, unknown> = {}): Promise<{ email: string; url: string }> => {
  people += 1
  const email = `visitor-${people}@acme.example`
  expect((await demo.call('POST', '/users', { as: 'owner@acme.example', body: { email, ...more } })).status).toBe(201)
  return { email, url: activationUrlIn(await demo.mailTo(email, (mail) => activationUrlIn(mail) !== '')) }
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Readable for everybody, and without a scroll bar at the bottom. */
const expectGood = async (page: Page, name: string): Promise<void> => {
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => (await (window as unknown as { axe: typeof axe }).axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`))
  expect(violations).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/activate-${name}.png`, fullPage: true })
}

describe.each(LANGUAGES)('the activation page in %s', (language) => {
  const t = WORDS[language]

  it.each([['light', 1024], ['dark', 320]] as const)('leads from the link to the active license, %s, %i pixels wide', async (theme, width) => {
    const { email, url } = await invited({ plan: 'eco' })
    const { page, context } = await visit({ locale: language, theme, width })
    await page.goto(url)
    await button(page, t('activation.page_send_code')).waitFor()
    expect([page.url(), await page.locator('html').getAttribute('lang'), await page.locator('dl').innerText()]).toEqual([`${server.origin}/activate`, language, expect.stringContaining(email)])
    await expectGood(page, `${language}-${theme}-1`)
    await button(page, t('activation.page_send_code')).click()
    const field = page.getByLabel(t('activation.code'))
    await field.waitFor()
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true)
    await field.fill('12 34')
    await field.press('Enter')
    await page.getByRole('alert').getByText(t('activation.code_wrong')).waitFor()
    await expectGood(page, `${language}-${theme}-2`)
    const code = codeIn(await demo.mailTo(email, (mail) => codeIn(mail) !== ''))
    await field.fill(`${code.slice(0, 3)} ${code.slice(3)}`)
    await button(page, t('activation.activate')).click()
    await page.getByRole('heading', { name: t('activation.page_done_title') }).waitFor()
    await expectGood(page, `${language}-${theme}-3`)
    expect((await demo.call('GET', `/users?q=${email}`, { as: 'owner@acme.example' })).body['items']).toMatchObject([{ status: 'active', license: { plan: 'eco', state: 'active' } }])
    await context.close()
    expect(problems).toEqual([])
  })

  it('says what to do where the link is of no use', async () => {
    const { email, url } = await invited()
    const { page, context } = await visit({ locale: language, width: 320 })
    const says = async (sentence: string) => {
      await page.getByRole('alert').getByText(sentence).waitFor()
      await expectGood(page, `${language}-refused`)
    }
    await page.goto(`${server.origin}/activate`)
    await says(t('activation.page_unknown'))
    await page.goto(`${server.origin}/activate#${'x'.repeat(43)}`)
    await page.reload()
    await says(t('activation.page_unknown'))
    expect((await demo.call('POST', '/activations/redeem', { as: email, body: { token: url.split('#')[1] } })).status).toBe(200)
    await page.goto(url)
    await page.reload()
    await says(t('activation.used'))
    await context.close()
    expect(problems).toEqual([])
  })
})

it('speaks the owner’s language where the browser speaks none of ours, and another one when asked', async () => {
  const { url } = await invited({ language: 'es' })
  const { page, context } = await visit({ locale: 'de-DE' })
  await page.goto(url)
  await button(page, WORDS.es('activation.page_send_code')).waitFor()
  await button(page, 'Français').click()
  await button(page, WORDS.fr('activation.page_send_code')).waitFor()
  await context.close()
  expect(problems).toEqual([])
})

it('finds the link again after a reload, and offers to try again when the server is away', async () => {
  const { url } = await invited()
  const { page, context } = await visit({ locale: 'en' })
  await page.goto(url)
  await page.reload()
  await button(page, WORDS.en('activation.page_send_code')).waitFor()
  await context.setOffline(true)
  await button(page, WORDS.en('activation.page_send_code')).click()
  await page.getByRole('alert').getByText(WORDS.en('network.unreachable')).waitFor()
  await context.setOffline(false)
  await button(page, WORDS.en('activation.page_send_code')).click()
  await page.getByLabel(WORDS.en('activation.code')).waitFor()
  expect(page.url()).toBe(`${server.origin}/activate`)
  await context.close()
})
