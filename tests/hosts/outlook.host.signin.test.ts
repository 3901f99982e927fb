import type { Frame, Page } from 'playwright-core'
import { startChromium } from '../doubles/chromium'
import type { Chromium } from '../doubles/chromium'
import { startSite } from '../doubles/office/site'
import type { Site } from '../doubles/office/site'

const person = 'owner@acme.example'
const SLOW_MS = 60_000
const token = { ok: true, token: expect.stringMatching(/^eyJ/) }
const refused = (code: string) => ({ ok: false, code })

let chromium: Chromium
const tidy: (() => Promise<void>)[] = []

beforeAll(async () => {
  // The provider warns at length that a test is no place for production.
  for (const level of ['warn', 'info'] as const) jest.spyOn(console, level).mockImplementation(() => undefined)
  chromium = await startChromium()
}, SLOW_MS)
afterAll(async () => {
  await chromium.close()
  for (const close of tidy) await close()
}, SLOW_MS)

const open = async (site: Site, path: string, origin = site.origin): Promise<Frame> => {
  await chromium.context.clearCookies()
  const page = await chromium.context.newPage()
  await page.goto(`${origin}${path}`)
  const frame = path === '/frame.html' ? await (await page.waitForSelector('iframe')).contentFrame() : page.mainFrame()
  if (!frame) throw new Error('the page has no pane')
  await frame.waitForSelector('#sign-out')
  return frame
}

const answer = async (pane: Frame): Promise<object> => JSON.parse(await (await pane.waitForSelector('output:not(:empty)', { state: 'attached' })).innerText()) as object
const ask = async (pane: Frame, question: string): Promise<object> => {
  await pane.click(`#${question}`)
  return answer(pane)
}
const openPopup = async (pane: Frame): Promise<Page> => {
  const [popup] = await Promise.all([chromium.context.waitForEvent('page'), pane.click('#sign-in')])
  await popup.waitForSelector('input[name=login]')
  return popup
}
const fill = async (page: Page, login: string): Promise<void> => {
  await page.fill('input[name=login]', login)
  await page.fill('input[name=password]', 'any')
  await Promise.all([page.waitForURL(/\/interaction\//), page.click('button[type=submit]')])
  await page.getByRole('button', { name: 'Continue' }).click()
}

describe('signing in where the provider shares the origin of the pane', () => {
  let site: Site
  beforeAll(async () => { site = await startSite('same origin'); tidy.push(site.close) }, SLOW_MS)

  test('a pane in a page of its own asks once, renews, remembers and forgets', async () => {
    const pane = await open(site, '/pane.html')
    expect(await ask(pane, 'silent')).toEqual(refused('auth.required'))
    await fill(await openPopup(pane), person)
    const first = await answer(pane)
    expect(first).toEqual(token)
    const renewed = await ask(pane, 'fresh')
    expect(renewed).toEqual(token)
    expect(renewed).not.toEqual(first)
    await pane.page().reload()
    expect(await ask(pane, 'silent')).toEqual(renewed)
    expect(await ask(pane, 'sign-out')).toEqual({ account: null })
    expect(await ask(pane, 'silent')).toEqual(refused('auth.required'))
    expect(await pane.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }).filter((key) => key.startsWith('msal.')))).toEqual([])
    await pane.page().reload()
    expect(await ask(pane, 'silent')).toEqual(refused('auth.required'))
  }, SLOW_MS)

  test('no token stands in the storage in the clear', async () => {
    const pane = await open(site, '/pane.html')
    await fill(await openPopup(pane), person)
    await answer(pane)
    expect(await pane.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain('eyJ')
    await ask(pane, 'sign-out')
  }, SLOW_MS)

  for (const path of ['/pane.html', '/frame.html']) {
    test(`a popup that is closed ends the wait, and the next one works (${path})`, async () => {
      const pane = await open(site, path)
      await (await openPopup(pane)).close()
      await pane.page().bringToFront()
      expect(await answer(pane)).toEqual(refused('auth.cancelled'))
      await fill(await openPopup(pane), person)
      expect(await answer(pane)).toEqual(token)
      await ask(pane, 'sign-out')
    }, SLOW_MS)
  }

  test('the page for the client\'s own window signs in and tells the pane', async () => {
    await chromium.context.clearCookies()
    const page = await chromium.context.newPage()
    await page.goto(`${site.origin}/outlook/auth/dialog.html`)
    await page.waitForSelector('input[name=login]')
    await fill(page, person)
    const told = await page.waitForFunction(() => Reflect.get(window, 'told') as string | undefined)
    expect(JSON.parse((await told.jsonValue()) ?? '')).toMatchObject({ ok: true, value: { token: token.token, account: { username: person } } })
  }, SLOW_MS)
})

describe('signing in from a frame of another site, whose storage the browser keeps apart', () => {
  let site: Site
  beforeAll(async () => { site = await startSite('apart'); tidy.push(site.close) }, SLOW_MS)

  test('the answer still arrives, also after a popup that was closed', async () => {
    const pane = await open(site, '/frame.html', site.foreignOrigin)
    await pane.evaluate(() => window.localStorage.setItem('probe', 'set in the frame'))
    const alone = await open(site, '/pane.html')
    expect(await alone.evaluate(() => window.localStorage.getItem('probe'))).toBeNull()
    await alone.page().close()
    await (await openPopup(pane)).close()
    expect(await answer(pane)).toEqual(refused('auth.cancelled'))
    await fill(await openPopup(pane), person)
    expect(await answer(pane)).toEqual(token)
    expect(await ask(pane, 'fresh')).toEqual(token)
  }, SLOW_MS)
})
