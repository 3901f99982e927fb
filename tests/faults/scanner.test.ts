import type { BrowserContext, Page } from 'playwright-core'
import { startChromium, type Chromium } from '../doubles/chromium'
import { activationUrlIn, codeIn, demoCalls, type DemoCalls, type MailboxItem } from '../doubles/demo-calls'
import { startDemoServer, type DemoServer } from '../e2e/server'
import { countOf } from './counts'

/*
 * Mail scanners open the links of a mail before its reader does. Four levels of them go over activation
 * mails that the server really sent; afterwards every link must still work, once, for its owner.
 */

const MAILS = countOf(5, 100)
const CLICK_ROUNDS = 2
const SLOW_MS = 600_000
jest.setTimeout(SLOW_MS)

let server: DemoServer
let chromium: Chromium
let demo: DemoCalls

beforeAll(async () => {
  [server, chromium] = await Promise.all([startDemoServer(), startChromium()])
  demo = demoCalls(server.origin)
}, SLOW_MS)
afterAll(async () => { await Promise.all([server.close(), chromium.close()]) }, SLOW_MS)

const addressesIn = ({ html, text }: MailboxItem): string[] => [...new Set([...html.matchAll(/href="([^"]+)"/g), ...text.matchAll(/(https?:\/\/\S+)/g)].map((found) => found[1] ?? ''))]

/** What a scanner types where a form wants something. */
const JUNK = '123456'

const clickEverything = async (page: Page): Promise<void> => {
  for (let round = 0; round < CLICK_ROUNDS; round++) {
    for (const field of await page.locator('input').all()) await field.fill(JUNK).catch(() => undefined)
    for (const control of await page.locator('button, a, [role=button], input').all()) {
      await control.click({ timeout: 500, noWaitAfter: true }).catch(() => undefined)
      await page.keyboard.press('Enter').catch(() => undefined)
    }
    await page.waitForTimeout(100)
  }
}

const inPage = async (context: BrowserContext, url: string, act: (page: Page) => Promise<void>): Promise<void> => {
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'load' })
  await page.locator('h1').waitFor()
  await act(page)
  await page.close()
}

const LEVELS: Record<string, (url: string) => Promise<void>> = {
  HEAD: async (url) => { await fetch(url, { method: 'HEAD' }) },
  GET: async (url) => { expect((await fetch(url)).status).toBe(200) },
  'a browser with script': (url) => inPage(chromium.context, url, async (page) => { await page.waitForTimeout(200) }),
  'a browser that clicks and fills in everything': (url) => inPage(chromium.context, url, clickEverything),
}

/** One after the other: a hundred at once would wait for each other, and some in vain. */
const invite = async (emails: readonly string[]): Promise<MailboxItem[]> => {
  for (const email of emails) expect((await demo.call('POST', '/users', { as: 'owner@acme.example', body: { email } })).status).toBe(201)
  return Promise.all(emails.map((email) => demo.mailTo(email, (mail) => activationUrlIn(mail) !== '')))
}
const statusOf = async (email: string): Promise<unknown> => {
  const { body } = await demo.call('GET', `/users?q=${encodeURIComponent(email)}`, { as: 'owner@acme.example' })
  return (body['items'] as { status: string }[])[0]?.status
}

describe.each(Object.entries(LEVELS))('after %s has gone over the mails', (level, scan) => {
  it(`nothing is consumed, and each of ${MAILS} people still activates, once`, async () => {
    const slug = level.replace(/\W+/g, '-').toLowerCase()
    const emails = Array.from({ length: MAILS }, (_, n) => `scanned-${n}.${slug}@acme.example`)
    const mails = await invite(emails)
    for (const mail of mails) for (const url of addressesIn(mail)) await scan(url)
    for (const email of emails) expect(await statusOf(email)).toBe('pending')
    for (const [n, email] of emails.entries()) {
      const token = activationUrlIn(await demo.mailTo(email, (mail) => activationUrlIn(mail) !== '')).split('#')[1]
      expect((await demo.call('POST', '/activations/lookup', { body: { token } })).status).toBe(200)
      // Half of them have an add-in, half only a browser.
      const proof = n % 2 === 0 ? { as: email, body: { token } } : { body: { token, code: await newCode(email, token) } }
      expect((await demo.call('POST', '/activations/redeem', proof)).status).toBe(200)
      expect((await demo.call('POST', '/activations/redeem', proof)).body.code).toBe('activation.used')
      expect(await statusOf(email)).toBe('active')
    }
  })
})

const newCode = async (email: string, token: string | undefined): Promise<string> => {
  const known = new Set((await demo.mails(email)).map(({ id }) => id))
  expect((await demo.call('POST', '/activations/code', { body: { token } })).status).toBe(202)
  return codeIn(await demo.mailTo(email, (mail) => !known.has(mail.id) && codeIn(mail) !== ''))
}
