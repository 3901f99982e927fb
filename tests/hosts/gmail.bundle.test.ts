import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, Script } from 'node:vm'
import { evaluateInVm } from '../doubles/gmail/runtime.node'
import { createGmail, type Gmail, type GmailSettings } from '../doubles/gmail/runtime'
import { textsOf } from '../doubles/gmail/find'
import type { Manifest } from '../doubles/gmail/manifest'
import type { FakeMail } from '../doubles/gmail/services/gmail-app'
import type { Transport, TransportRequest } from '../doubles/gmail/transport'
import { problem, server } from '../doubles/gmail-server'
import { ORDERS } from '../doubles/samples/billing'
import type { Respond } from '../doubles/gmail-front'

const DIST = join(__dirname, '../../dist/gmail')
const read = (name: string): string => readFileSync(join(DIST, name), 'utf8')
const code = read('code.js')
const manifest = JSON.parse(read('appsscript.json')) as Manifest
const origin = manifest.urlFetchWhitelist[0]?.replace(/\/$/, '') ?? ''

const MAX_BYTES = 400_000

/** The server of the tests behind `UrlFetchApp`; every request is written down. */
const transportOf = (respond: Respond, sent: TransportRequest[]): Transport => (requests) => requests.map((request) => {
  sent.push(request)
  const body = request.body === null ? null : typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body)
  const answer = respond({ method: request.method.toUpperCase() as 'GET', path: request.url.slice(origin.length), headers: request.headers, body })
  if (answer === 'gone') throw new Error('DNS error')
  return { status: answer.status ?? 200, headers: { 'content-type': 'application/json', ...answer.headers }, body: new TextEncoder().encode(JSON.stringify(answer.body ?? null)) }
})

const MAIL: FakeMail = { id: 'mail-1', from: 'Ana Ruiz <ana@acme.example>', to: 'owner@acme.example', cc: 'Zoe <zoe@elsewhere.example>', subject: 'New hires', body: 'Hello', attachments: [{ name: 'hires.csv', mediaType: 'text/csv', content: 'email\nnew@acme.example\n' }] }

const gmailWith = (respond: Respond = server, part: Partial<GmailSettings> = {}): { gmail: Gmail; sent: TransportRequest[] } => {
  const sent: TransportRequest[] = []
  return { sent, gmail: createGmail({ code, manifest, evaluate: evaluateInVm, transport: transportOf(respond, sent), identityToken: () => 'header.payload.signature', ...part }) }
}

const says = (gmail: Gmail): string => textsOf(gmail.card()).join('\n')

describe('the built bundle', () => {
  test('is small enough', () => {
    expect(statSync(join(DIST, 'code.js')).size).toBeLessThanOrEqual(MAX_BYTES)
  })

  test('loads where there is nothing but the language', () => {
    const context = createContext({})
    expect(() => new Script(code).runInContext(context)).not.toThrow()
  })

  test('has every function that the manifest names, and those that its own cards call', () => {
    const named = [...JSON.stringify(manifest).matchAll(/"(?:runFunction|onTriggerFunction)":"(\w+)"/g)].map((match) => match[1] ?? '')
    const context = createContext({})
    new Script(code).runInContext(context)
    for (const name of [...named, 'onAction', 'onSuggest']) expect(new Script(`typeof ${name}`).runInContext(context)).toBe('function')
    expect(named.length).toBeGreaterThan(3)
  })
})

describe('in Gmail', () => {
  test('an opened mail shows its people after one request, and none when it is opened again', () => {
    const { gmail, sent } = gmailWith()
    gmail.openMail(MAIL)
    expect(says(gmail)).toContain('Ana Ruiz')
    expect(sent.map(({ url }) => url.slice(origin.length))).toEqual(['/v1/context'])
    gmail.openMail(MAIL)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.headers).toMatchObject({ 'Orgdesk-Client': 'gmail' })
  })

  test.each(['en', 'fr', 'es'])('the homepage and all places it leads to open in %s', (locale) => {
    const { gmail } = gmailWith(server, { locale })
    gmail.openHomepage()
    const home = gmail.card()
    for (const section of home.sections) {
      for (const { decoratedText } of section.widgets) {
        if (!decoratedText?.onClick) continue
        gmail.click(decoratedText.onClick)
        expect(gmail.card().name).not.toBe('home')
        gmail.back()
      }
    }
  })

  test('a change is planned, confirmed and sent with one key, and the card shows how things are then', () => {
    const { gmail, sent } = gmailWith()
    gmail.openMail(MAIL)
    gmail.click('Ana Ruiz')
    gmail.click('Remove license')
    expect(says(gmail)).toContain('1 Pro license is freed.')
    const { notification } = gmail.click('Remove license')
    expect(notification).toContain('Ana Ruiz')
    const writes = sent.filter(({ method, url }) => method.toUpperCase() === 'DELETE' && !url.includes('dry_run'))
    expect(writes).toHaveLength(1)
    expect(writes[0]?.headers['Idempotency-Key']).toMatch(/^[0-9a-f-]{36}$/)
    expect(gmail.card().name).toBe('user')
  })

  test('a retry after no answer keeps the key', () => {
    let gone = true
    const { gmail, sent } = gmailWith((request) => (gone && request.path.endsWith('/activation-link') ? 'gone' : server(request)))
    gmail.openMail(MAIL)
    gmail.click('Ana Ruiz')
    gmail.click('Send activation link')
    gone = false
    gmail.click('Try again')
    const keys = sent.filter(({ url }) => url.endsWith('/activation-link')).map(({ headers }) => headers['Idempotency-Key'])
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
  })

  test('an attached list is previewed as the bytes it has', () => {
    const preview = { digest: 'd', total: 1, counts: { ready: 1 }, licenses: [], groups: [{ status: 'ready', count: 1 }], domains: [], rows: [] }
    const { gmail, sent } = gmailWith((request) => (request.path.startsWith('/v1/user-imports/preview') ? { body: preview } : server(request)))
    gmail.openMail(MAIL)
    gmail.click('Home')
    gmail.click({ action: { function: 'onAction', parameters: Object.entries({ k: 'open', s: 'home', to: 'imports', tp: '{}' }).map(([key, value]) => ({ key, value })) } })
    const start = gmail.card().sections.flatMap((section) => section.widgets.flatMap((widget) => widget.buttonList?.buttons ?? [])).find((button) => JSON.stringify(button.onClick).includes('import.preview'))
    gmail.click(start?.text ?? '')
    const body = sent.at(-1)?.body
    expect(typeof body === 'string' ? body : new TextDecoder().decode(body ?? new Uint8Array())).toBe('email\nnew@acme.example\n')
  })

  test.each([
    ['the server is gone', 'gone' as const],
    ['the server answers with a page', { status: 502, body: '<html>' }],
    ['the identity has expired', problem(401, 'auth.expired')],
    ['there were too many requests', { ...problem(429, 'limit.reached') as object, headers: { 'retry-after': '30' } }],
  ])('when %s, the card beside the mail says so and offers a next step', (_what, answer) => {
    const { gmail } = gmailWith(() => answer)
    gmail.openMail(MAIL)
    expect(says(gmail)).toContain('Try again')
  })

  test('where a mail may be read after a click only, the click is offered and shows its people', () => {
    const { gmail } = gmailWith(server, { denied: ['https://www.googleapis.com/auth/gmail.addons.current.message.readonly'] })
    gmail.openMail(MAIL)
    gmail.click('Check this mail')
    expect(gmail.card().name).toBe('mail')
    expect(says(gmail)).toContain('Ana Ruiz')
    expect(says(gmail)).not.toContain('Check this mail')
  })

  test('without an identity nothing is sent', () => {
    const { gmail, sent } = gmailWith(server, { identityToken: () => null })
    gmail.openMail(MAIL)
    expect(sent).toEqual([])
    expect(says(gmail)).toContain('Try again')
  })

  test('inputs below the empty key of the older runtime are read as well', () => {
    const { gmail, sent } = gmailWith(server, { inputsBelowEmptyKey: true })
    gmail.openHomepage()
    gmail.click({ action: { function: 'onAction', parameters: Object.entries({ k: 'open', s: 'home', to: 'users', tp: '{}' }).map(([key, value]) => ({ key, value })) } })
    gmail.click('Search', { 'p.q': 'ana' })
    expect(sent.some(({ url }) => url.includes('q=ana'))).toBe(true)
  })

  test('numbers and dates are written even where Intl is missing', () => {
    const withoutIntl: GmailSettings['evaluate'] = (script, globals) => evaluateInVm(`globalThis.Intl = undefined;\n${script}`, globals)
    const { gmail } = gmailWith(server, { evaluate: withoutIntl, locale: 'fr' })
    gmail.openMail(MAIL)
    gmail.click('Ana Ruiz')
    expect(says(gmail)).toContain('2026-01-01')
  })

  const withOrders: Respond = (request) => (request.path.startsWith('/v1/orders') ? { body: { items: ORDERS, next: null } } : server(request))

  test('an order that waits for its payment leads to the page of the payment provider', () => {
    const { gmail } = gmailWith(withOrders)
    gmail.openHomepage()
    gmail.click('Orders')
    expect(gmail.click('Go to payment').link).toBe(ORDERS[0]?.checkoutUrl)
  })

  test.each(['IOS', 'ANDROID'] as const)('on %s nothing is sold', (platform) => {
    const { gmail, sent } = gmailWith(withOrders, { platform })
    gmail.openHomepage()
    expect(says(gmail)).not.toMatch(/Orders|Buy/)
    gmail.click({ action: { function: 'onAction', parameters: Object.entries({ k: 'open', s: 'home', to: 'orders', tp: '{}' }).map(([key, value]) => ({ key, value })) } })
    expect(says(gmail)).toContain('not available on this device')
    expect(sent.some(({ url }) => url.includes('orders'))).toBe(false)
  })

  test('the add-on’s own menu leads home', () => {
    const { gmail } = gmailWith()
    gmail.openMail(MAIL)
    gmail.openUniversal('Orgdesk')
    expect(gmail.card().name).toBe('home')
  })

  test('a mail that is being written has a card too', () => {
    const { gmail } = gmailWith()
    expect(gmail.openCompose().sections.length).toBeGreaterThan(0)
  })
})
