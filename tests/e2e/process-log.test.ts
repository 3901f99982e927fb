import { activationUrlIn, codeIn, demoCalls, type DemoCalls } from '../doubles/demo-calls'
import { readPostmaster } from '../faults/world'
import { startDemoServer, type DemoServer } from './server'

/*
 * The whole output of a server that logs as much as it can, over a day of everything: work, refusals, broken
 * requests, a database that dies. None of what was seeded into it may be found there.
 */

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const OWNER = 'owner@acme.example'
const EACH = 3

let server: DemoServer
let demo: DemoCalls
const output: string[] = []
const secrets = new Map<string, string>()

beforeAll(async () => {
  server = await startDemoServer({ LOG_LEVEL: 'trace' }, (text) => output.push(text))
  demo = demoCalls(server.origin)
}, SLOW_MS)
afterAll(() => server.close(), SLOW_MS)

const seed = (kind: string, n: number): string => {
  const secret = `seeded-${kind}-${n}-${Math.random().toString(36).slice(2)}`
  secrets.set(`${kind} ${n}`, secret)
  return secret
}
const raw = (path: string, init: RequestInit = {}) => fetch(`${server.origin}${path}`, init).then((reply) => reply.text()).catch(() => '')

/** What people are, and what lets them in: names, addresses, tokens, links, codes. */
async function peopleComeIn(n: number): Promise<void> {
  const email = `${seed('address', n)}@acme.example`
  await demo.call('POST', '/users', { as: OWNER, body: { email, firstName: seed('name', n), plan: 'eco' }, headers: { 'idempotency-key': seed('key', n) } })
  const token = activationUrlIn(await demo.mailTo(email, (mail) => activationUrlIn(mail) !== '')).split('#')[1] ?? ''
  secrets.set(`activation token ${n}`, token)
  await demo.call('POST', '/activations/lookup', { body: { token } })
  await demo.call('POST', '/activations/code', { body: { token } })
  const code = codeIn(await demo.mailTo(email, (mail) => codeIn(mail) !== ''))
  await demo.call('POST', '/activations/redeem', { body: { token, code: code === '000000' ? '000001' : '000000' } })
  await demo.call('POST', '/activations/redeem', { body: { token, code } })
  await demo.call('POST', '/activations/redeem', { body: { token, code } })
}

/** Everything else that carries something: queries, paths, headers, bodies, tickets. */
async function requestsCarry(n: number): Promise<void> {
  const { token } = (await (await fetch(`${server.origin}/demo/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: OWNER }) })).json()) as { token: string }
  secrets.set(`bearer token ${n}`, token.split('.')[2] ?? '')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', cookie: `session=${seed('cookie', n)}`, 'x-api-key': seed('header', n) }
  await raw(`/v1/users?q=${seed('query', n)}`, { headers })
  await raw(`/v1/users/${seed('path', n)}`, { headers })
  await raw(`/${seed('page', n)}?state=${secrets.get(`query ${n}`)}`, { headers })
  await raw('/v1/users', { headers: { authorization: `Bearer ${seed('broken token', n)}` } })
  await raw('/v1/contacts', { method: 'POST', headers, body: JSON.stringify({ email: seed('body', n), workspaceId: 'none', surprise: secrets.get(`name ${n}`) }) })
  await raw('/v1/users', { method: 'POST', headers, body: `{"email": "${secrets.get(`body ${n}`)}", ` })
  await raw('/v1/user-imports/preview', { method: 'POST', headers: { ...headers, 'content-type': 'text/csv', 'plan-digest': seed('digest', n) }, body: `email\n${secrets.get(`body ${n}`)}@acme.example\n` })
  const { body } = await demo.call('POST', '/downloads', { as: OWNER, body: { resource: 'users', format: 'csv', filter: { q: secrets.get(`query ${n}`) } } })
  secrets.set(`download ticket ${n}`, String(body['url']).split('/').at(-1) ?? '')
  await raw(String(body['url']))
  await raw(String(body['url']))
  await raw(`/oidc/auth?client_id=orgdesk-demo&state=${secrets.get(`query ${n}`)}&login_hint=${secrets.get(`name ${n}`)}@acme.example`)
}

test('of more than forty secrets none is in the output of the process', async () => {
  for (let n = 0; n < EACH; n += 1) {
    await peopleComeIn(n)
    await requestsCarry(n)
  }
  process.kill(readPostmaster(server.dataDir).pid, 'SIGKILL')
  await Promise.all(Array.from({ length: EACH }, (_, n) => requestsCarry(n).catch(() => undefined)))
  await server.stop()
  const text = output.join('')
  expect(secrets.size).toBeGreaterThan(40)
  expect([...secrets.values()].filter((secret) => secret.length < 8)).toEqual([])
  expect([...secrets].filter(([, secret]) => text.includes(secret)).map(([kind]) => kind)).toEqual([])
  expect(text).toContain('GET /v1/users/{userId}')
  expect(text).toContain('store unavailable')
  expect(text).not.toContain('@acme.example')
})
