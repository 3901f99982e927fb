import { SCREEN_IDS } from '../../shared/screens/ids'
import { SCREENS } from '../../shared/screens/registry'
import { startChromium, type Chromium } from '../doubles/chromium'
import { demoCalls } from '../doubles/demo-calls'
import { SCREEN_SAMPLES } from '../doubles/samples/screens'
import { faultsOf, photograph } from './checks'
import { HOSTS, startClient, type Client, type View } from './pane'
import { answerFromSamples, STATES, type ScreenState } from './replies'
import { startDemoServer, type DemoServer } from './server'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const LOOKS: Record<ScreenState, Pick<View, 'lang' | 'theme'>> = {
  ready: { lang: 'en', theme: 'light' },
  empty: { lang: 'fr', theme: 'dark' },
  failed: { lang: 'es', theme: 'light' },
  refused: { lang: 'fr', theme: 'dark' },
}

const HIRES = 'New hires starting next month'
const FRAMES = { outlook: '/outlook/taskpane.html', gmail: '/gmail/' } as const

let server: DemoServer
let chromium: Chromium
beforeAll(async () => { [server, chromium] = await Promise.all([startDemoServer(), startChromium()]) }, SLOW_MS)
afterAll(async () => { await Promise.all([server.close(), chromium.close()]) }, SLOW_MS)

const openIn = (client: Client, src: string) =>
  client.page.locator('iframe[title="Add-in"]').evaluate((frame: HTMLIFrameElement, to) => new Promise<void>((resolve) => {
    frame.addEventListener('load', () => resolve(), { once: true })
    frame.src = to
  }), src)

/** What is wrong with the screens in one host when the server answers like this, by screen. */
const walk = async (client: Client, state: ScreenState, file: string): Promise<Record<string, string[]>> => {
  await client.page.unroute('**/v1/**')
  const { t, view: { host, lang } } = await client.show(LOOKS[state])
  await client.openMail(HIRES)
  const wrong: Record<string, string[]> = {}
  for (const id of SCREEN_IDS) {
    const { params, ready } = SCREEN_SAMPLES[id]
    await answerFromSamples(client.page, id, state, lang)
    await openIn(client, `${FRAMES[host]}?${new URLSearchParams({ ...params, ...('file' in params ? { file } : {}), screen: id })}`)
    await client.pane.locator('main, .g-card').first().waitFor()
    await client.rest()
    await photograph(client, `${id}-${state}`)
    const asks = Object.keys(ready).some((name) => !SCREENS[id].optional?.includes(name))
    const fails = asks && (state === 'failed' || state === 'refused')
    const told = (await client.text()).includes(t('failure.title'))
    // Google sends the requests of a card together: where one meets no server, none has, and the viewer may be among them.
    const mayFail = fails || (host === 'gmail' && state === 'failed')
    const found = [...await faultsOf(client), ...(fails && !told ? ['says nothing of the failure'] : []), ...(told && !mayFail ? ['tells of a failure'] : [])]
    if (found.length > 0) wrong[`${host} ${id}`] = found
  }
  return wrong
}

describe('every screen of the table, in both hosts', () => {
  let file: string
  let clients: Client[]
  beforeAll(async () => {
    file = (await demoCalls(server.origin).mails('owner@acme.example')).find((mail) => mail.subject === HIRES)?.attachments[0]?.id ?? ''
    clients = await Promise.all(HOSTS.map((host) => startClient(chromium.browser, server.origin, { host, width: 320 })))
    // The browser tells of every reply that was not a success.
    for (const client of clients) client.expectProblems(/^Failed to load resource/)
  })
  afterAll(() => Promise.all(clients.map((client) => client.close())))

  test.each(STATES)('is drawn when %s, as wide as the pane, without a raw key, and only then with a failure', async (state) => {
    const wrong = await Promise.all(clients.map((client) => walk(client, state, file)))
    expect(Object.assign({}, ...wrong)).toEqual({})
  })
})
