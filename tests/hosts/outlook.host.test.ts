import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { restoreHistory } from '../../outlook-addin/host/history'
import { startChromium } from '../doubles/chromium'
import type { Chromium } from '../doubles/chromium'
import { createFakeOffice } from '../doubles/office/fake'

const EVENTS = ['ItemChanged', 'OfficeThemeChanged', 'DialogMessageReceived', 'DialogEventReceived'] as const
const office = (file: string) => readFileSync(require.resolve(`@microsoft/office-js/dist/${file}`), 'utf8')

let chromium: Chromium
let server: Server
let page: Page

beforeAll(async () => {
  server = createServer((request, response) => {
    const file = /^\/([\w.-]+\.js)/.exec(request.url ?? '')?.[1]
    response.setHeader('content-type', file ? 'text/javascript' : 'text/html').end(file ? office(file) : '<!doctype html><script src="/office.js"></script>')
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  chromium = await startChromium()
  page = await chromium.context.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}, 60_000)

afterAll(async () => {
  await chromium.close()
  server.closeAllConnections()
  await new Promise((resolve) => { server.close(resolve) })
})

describe('Microsoft\'s office.js, which the double stands for', () => {
  test('finds no host and has an empty context in a page that is no add-in', async () => {
    const [host, members] = await page.evaluate(async () => {
      const ready = await Office.onReady()
      return [ready.host, Object.keys(Office.context)] as const
    })
    const { Office: doubled } = createFakeOffice({ inOutlook: false })
    expect([host, members]).toEqual([(await doubled.onReady()).host, Object.keys(doubled.context)])
  })

  test('hides the history behind nulls, which can be taken away again', async () => {
    expect(await page.evaluate(() => window.history.pushState as unknown)).toBeNull()
    await page.evaluate(`(${restoreHistory.toString()})(window.history)`)
    expect(await page.evaluate(() => [typeof window.history.pushState, typeof window.history.replaceState])).toEqual(['function', 'function'])
  })

  test('names its events in Outlook as the double does', () => {
    const source = office('outlook-web-16.01.debug.js')
    const { EventType } = createFakeOffice().Office
    for (const event of EVENTS) expect(source).toMatch(new RegExp(`\\b${event}: "${String(EventType[event])}"`))
  })
})
