import { startChromium, type Chromium } from '../doubles/chromium'
import { barriersOf, faultsOf, photograph } from './checks'
import { HOSTS, startClient, type Client, type View } from './pane'
import { startDemoServer, type DemoServer } from './server'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

let server: DemoServer
let chromium: Chromium
beforeAll(async () => { [server, chromium] = await Promise.all([startDemoServer(), startChromium()]) }, SLOW_MS)
afterAll(async () => { await Promise.all([server.close(), chromium.close()]) }, SLOW_MS)

const LOOKS: Pick<View, 'lang' | 'theme' | 'width'>[] = [
  { lang: 'en', theme: 'light', width: 320 },
  { lang: 'fr', theme: 'dark', width: 320 },
  { lang: 'es', theme: 'light', width: 450 },
]

describe.each(HOSTS)('every screen that home leads to, in %s', (host) => {
  let client: Client
  beforeAll(async () => { client = await startClient(chromium.browser, server.origin, { host }) })
  afterAll(() => client.close())

  test.each(LOOKS)('looks right in $lang, $theme, at $width px', async (look) => {
    await client.show(look)
    const places = await client.places()
    expect(places.length).toBeGreaterThan(4)
    const wrong: Record<string, string[]> = {}
    for (const [index, place] of ['', ...places].entries()) {
      if (place !== '') await client.click(place)
      await client.rest()
      await photograph(client, `${index}`)
      const found = [...await faultsOf(client), ...(host === 'outlook' ? await barriersOf(client) : [])]
      if (found.length > 0) wrong[place] = found
      await client.home()
    }
    expect(wrong).toEqual({})
  })
})
