import { startChromium, type Chromium } from '../doubles/chromium'
import { HOSTS, LANGUAGES, startClient, type Client } from './pane'
import { startDemoServer, type DemoServer } from './server'

const SLOW_MS = 120_000
jest.setTimeout(60_000)

let server: DemoServer
let chromium: Chromium
beforeAll(async () => { [server, chromium] = await Promise.all([startDemoServer(), startChromium()]) }, SLOW_MS)
afterAll(async () => { await Promise.all([server.close(), chromium.close()]) }, SLOW_MS)

describe.each(HOSTS)('the screens in %s', (host) => {
  let client: Client
  beforeAll(async () => { client = await startClient(chromium.browser, server.origin, { host }) })
  afterAll(async () => { expect(await client.close()).toEqual([]) })

  test.each(LANGUAGES)('home, in %s', async (lang) => {
    await client.show({ lang })
    await client.openMail('License for the partner')
    await client.sees('Marceau')
  })
})
