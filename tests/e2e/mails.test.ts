import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createRender } from '../../server/mail/render'
import { LOCALES } from '../../shared/kit/locale'
import { startChromium, type Chromium } from '../doubles/chromium'
import { MAIL_SAMPLES, queuedMail } from '../doubles/samples/mails'
import { barriersIn } from './checks'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const PICTURES = join(__dirname, '../../test-results')
const render = createRender({ publicUrl: 'https://orgdesk.example', supportUrl: 'https://help.example' })
const MAILS = LOCALES.flatMap((language) => Object.entries(MAIL_SAMPLES).flatMap(([kind, samples]) => Object.entries(samples).map(([name, stored]) => ({ language, name, html: render(queuedMail(kind, language, stored))?.html ?? '' }))))
/** A mail is no page of its own: it stands within a client's, which has the heading and the landmarks. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']
const LOOKS = [{ width: 600, scheme: 'light' }, { width: 360, scheme: 'dark' }, { width: 360, scheme: 'light' }, { width: 600, scheme: 'dark' }] as const

let chromium: Chromium
beforeAll(async () => {
  chromium = await startChromium()
  await mkdir(PICTURES, { recursive: true })
}, SLOW_MS)
afterAll(async () => { await chromium.close() }, SLOW_MS)

test.each(LOOKS)('every mail fits $width px and can be read by everybody in $scheme', async ({ width, scheme }) => {
  const context = await chromium.browser.newContext({ viewport: { width, height: 700 }, colorScheme: scheme })
  const page = await context.newPage()
  const wrong: Record<string, string[]> = {}
  for (const { language, name, html } of MAILS) {
    await page.setContent(html)
    const wide = await page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)) > width
    const found = [...(html === '' ? ['was not written'] : []), ...(wide ? ['is too wide'] : []), ...await barriersIn(page.locator('body'), RULES)]
    if (found.length > 0) wrong[`${name} ${language}`] = found
    await page.screenshot({ path: join(PICTURES, `mail-${name}-${language}-${scheme}-${width}.png`), fullPage: true })
  }
  await context.close()
  expect(wrong).toEqual({})
})
