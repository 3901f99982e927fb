import { failure } from '../../shared/errors'
import { contract } from '../../shared/api/contract'
import type { Endpoint } from '../../shared/api/endpoint'
import { LIMITS_PER_MINUTE } from './limits'
import { as, buildTestApp, OWNER } from '../../tests/doubles/app'
import { done, refused } from './handler'

const ID = '01890000-0000-7000-8000-0000000000ff'
const fill = (path: string) => path.replace(/\{\w+\}/g, ID)
/** A handler that says it was reached, and does nothing. */
const reached = async () => refused('server.not_available')
const entries = Object.entries(contract) as [string, Endpoint][]

describe('the contract over HTTP', () => {
  it('is registered whole', async () => {
    const { app } = await buildTestApp()
    const missing = entries.filter(([, entry]) => !app.hasRoute({ method: entry.method, url: entry.path.replace(/\{(\w+)\}/g, ':$1') }))
    expect(missing).toEqual([])
  })

  it.each(entries)('%s asks who is calling before it does anything', async (_key, entry) => {
    const { app } = await buildTestApp()
    const reply = await app.inject({ method: entry.method, url: fill(entry.path) })
    expect(reply.statusCode === 401).toBe(entry.who !== 'anyone')
    expect(reply.json().code === 'auth.required').toBe(entry.who !== 'anyone')
  })

  it('takes no failure of somebody else for an unknown path, whatever status it carries', async () => {
    const { app, log } = await buildTestApp({ 'plans.list': async () => Promise.reject(Object.assign(new Error('card declined'), { statusCode: 402 })) })
    const reply = await app.inject({ url: '/v1/plans', headers: as('owner') })
    expect([reply.statusCode, reply.json().code]).toEqual([500, 'server.failed'])
    expect(log()).toContain('"level":50')
  })

  it('tells an unknown path from an unknown method', async () => {
    const { app } = await buildTestApp()
    const path = await app.inject({ url: '/v1/nothing', headers: as('owner') })
    const method = await app.inject({ method: 'PUT', url: '/v1/users', headers: as('owner') })
    expect([path.statusCode, path.json().code]).toEqual([404, 'not_found'])
    expect([method.statusCode, method.json().code, method.headers.allow]).toEqual([405, 'method.unsupported', 'GET, POST'])
  })

  it.each([['suspended', 403, 'auth.suspended'], ['stranger', 401, 'auth.unknown_identity'], ['broken', 401, 'auth.invalid']])('refuses %s', async (token, status, code) => {
    const { app } = await buildTestApp()
    const reply = await app.inject({ url: '/v1/users', headers: as(token) })
    expect([reply.statusCode, reply.json().code]).toEqual([status, code])
  })

  it('takes a service key where the messaging service calls, and there only', async () => {
    const { app } = await buildTestApp({ 'ingest.events': reached })
    const send = (token: string) => app.inject({ method: 'POST', url: '/v1/ingest/events', headers: as(token), payload: { events: [] } })
    expect((await send('service')).statusCode).toBe(501)
    expect((await send('owner')).json().code).toBe('auth.invalid')
  })
})

describe('input', () => {
  it('is refused with every problem at once, each beside its field', async () => {
    const { app } = await buildTestApp()
    const reply = await app.inject({ url: '/v1/users?limit=900&sort=shoe&colour=red&status=active&status=pending', headers: as('owner') })
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({
      type: 'urn:orgdesk:problem:request.invalid', title: 'en:request.invalid', status: 400, code: 'request.invalid',
      issues: expect.arrayContaining([
        { code: 'field.too_large', path: 'limit', params: { limit: 200 } },
        { code: 'field.not_an_option', path: 'sort' },
        { code: 'field.unknown', path: 'colour' },
        { code: 'field.not_an_option', path: 'status' },
      ]),
    })
    expect(reply.json().requestId).toBe(reply.headers['x-request-id'])
  })

  it.each([
    [{ emails: ['a@b.example'], role: 'org_admin' }, [{ code: 'field.unknown', path: 'role' }]],
    [{}, [{ code: 'field.required', path: 'emails' }]],
    [{ emails: [5, 'x'.repeat(400)] }, [{ code: 'field.invalid', path: 'emails.0' }, { code: 'field.too_long', path: 'emails.1', params: { limit: 320 } }]],
  ])('names what is wrong with a body: %j', async (payload, issues) => {
    const { app } = await buildTestApp()
    const reply = await app.inject({ method: 'POST', url: '/v1/context', headers: as('owner'), payload })
    expect([reply.statusCode, reply.json().issues]).toEqual([400, issues])
  })

  it.each([
    ['application/json', '{"emails":[],"emails":[]}', 400, 'request.invalid'],
    ['application/json', '['.repeat(50), 400, 'request.too_deep'],
    ['application/json', '{"emails":["' + 'x'.repeat(1_100_000) + '"]}', 413, 'request.too_large'],
    ['application/json', Buffer.from([0x22, 0xff, 0x22]), 400, 'request.invalid'],
    ['text/plain', '{}', 415, 'request.media_type'],
    ['application/x-www-form-urlencoded', 'emails=a', 415, 'request.media_type'],
  ])('as %s is judged by what it is', async (type, payload, status, code) => {
    const { app } = await buildTestApp()
    const reply = await app.inject({ method: 'POST', url: '/v1/context', headers: as('owner', { 'content-type': type }), payload })
    expect([reply.statusCode, reply.json().code]).toEqual([status, code])
  })

  it('takes the bytes of a CSV or XLSX file, and no JSON in their place', async () => {
    const { app } = await buildTestApp({ 'user_imports.preview': reached })
    const send = (type: string) => app.inject({ method: 'POST', url: '/v1/user-imports/preview', headers: as('owner', { 'content-type': type }), payload: 'email\n' })
    for (const type of ['text/csv; charset=utf-8', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']) expect((await send(type)).statusCode).toBe(501)
    expect((await send('application/json')).statusCode).toBe(415)
  })

  it.each(['not%20an%20id', '..%2f..%2fetc', "'%3B--", 'x'.repeat(200)])('with an id that none can be is answered as an absent one: %s', async (id) => {
    const { app } = await buildTestApp()
    expect((await app.inject({ url: `/v1/users/${id}`, headers: as('owner') })).json().code).toBe('not_found')
  })

  it('needs the version where a change could overwrite another', async () => {
    const { app } = await buildTestApp({ 'users.edit': reached })
    const send = (more: Record<string, string>) => app.inject({ method: 'PATCH', url: `/v1/users/${ID}`, headers: as('owner', more), payload: { firstName: 'A' } })
    expect((await send({})).json()).toMatchObject({ status: 428, code: 'version.required' })
    expect((await send({ 'if-match': 'one' })).json()).toMatchObject({ status: 400, issues: [{ code: 'field.invalid', path: 'if-match' }] })
    expect((await send({ 'if-match': '"3"' })).statusCode).toBe(501)
  })

  it('may be a dry run where the contract plans, and nowhere else', async () => {
    const { app } = await buildTestApp({ 'users.suspend': reached })
    const send = (url: string) => app.inject({ method: 'POST', url, headers: as('owner') })
    expect((await send(`/v1/users/${ID}/suspend?dry_run=maybe`)).json().issues).toEqual([{ code: 'field.not_an_option', path: 'dry_run' }])
    expect((await send(`/v1/users/${ID}/suspend?dry_run=true`)).statusCode).toBe(501)
    expect((await send(`/v1/users/${ID}/activation-link?dry_run=true`)).json().issues).toEqual([{ code: 'field.unknown', path: 'dry_run' }])
  })
})

describe('answers', () => {
  const plans = (more: object) => ({ 'plans.list': async () => done({ items: [{ id: 'eco', name: 'Eco', rank: 1, attachmentMb: 1, messagesPerMonth: 1, signatories: 0, priceCents: 1, currency: 'EUR', ...more }] }) })

  it('carry only what the contract declares', async () => {
    const { app } = await buildTestApp(plans({ secret: 'margin' }))
    const reply = await app.inject({ url: '/v1/plans', headers: as('owner') })
    expect(Object.keys(reply.json().items[0])).not.toContain('secret')
  })

  it('of a handler that breaks its promise, or throws, tell nothing of the inside', async () => {
    for (const handlers of [plans({ rank: 'high' }), { 'plans.list': async () => Promise.reject(new Error('password=hunter2')) }]) {
      const { app, log } = await buildTestApp(handlers)
      const reply = await app.inject({ url: '/v1/plans', headers: as('owner') })
      expect([reply.statusCode, reply.json().code]).toEqual([500, 'server.failed'])
      expect(reply.body + log()).not.toMatch(/hunter2|high/)
    }
  })

  it('say when to come back while the store is away', async () => {
    const { app } = await buildTestApp({ 'plans.list': async () => Promise.reject(new Error('gone')) }, { isUnavailable: () => true })
    const reply = await app.inject({ url: '/v1/plans', headers: as('owner') })
    expect([reply.statusCode, reply.json().code, reply.headers['retry-after']]).toEqual([503, 'server.busy', '5'])
  })

  it('of a refusal carry what it carries: the current record, the new plan', async () => {
    const plan = { kind: 'user.remove', count: 0, targets: [], consequences: [], refused: [], refusedCount: 0, seats: [] }
    const cases = [refused('version.conflict', { extra: { id: ID, version: 4 } }), refused('plan.changed', { extra: { plan, digest: 'd' } })]
    const [conflict, changed] = await Promise.all(cases.map(async (outcome) => {
      const { app } = await buildTestApp({ 'plans.list': async () => outcome })
      return (await app.inject({ url: '/v1/plans', headers: as('owner') })).json()
    }))
    expect(conflict).toMatchObject({ status: 412, current: { version: 4 }, extra: { version: 4 } })
    expect(changed).toMatchObject({ status: 409, digest: 'd', plan, extra: { plan, digest: 'd' } })
  })

  it('are in the language that is asked for', async () => {
    const { app } = await buildTestApp()
    const reply = await app.inject({ url: '/v1/nothing', headers: { 'accept-language': 'fr-CA,en;q=0.5' } })
    expect(reply.json().title).toBe('fr:not_found')
  })

  it('stop at the limit of one actor, whose neighbour goes on', async () => {
    const { app } = await buildTestApp(plans({}))
    const send = (token: string) => app.inject({ url: '/v1/plans', headers: as(token) })
    const statuses = await Promise.all(Array.from({ length: LIMITS_PER_MINUTE.read + 50 }, async () => (await send('owner')).statusCode))
    expect(statuses.filter((status) => status === 200)).toHaveLength(LIMITS_PER_MINUTE.read)
    const refusedReply = await send('owner')
    expect([refusedReply.statusCode, refusedReply.json().code, refusedReply.headers['retry-after']]).toEqual([429, 'limit.reached', '60'])
    expect((await send('stranger')).statusCode).toBe(401)
  }, 30_000)
})

describe('a repeated write', () => {
  it('is refused while the first is still running, and reaches its handler with what identifies it', async () => {
    let release = (): void => undefined
    let begun = (): void => undefined
    const running = new Promise<void>((resolve) => { begun = resolve })
    const seen: unknown[] = []
    const { app } = await buildTestApp({
      'context.read': async (_input, ctx) => {
        seen.push(ctx.repeat)
        await new Promise<void>((resolve) => { release = resolve; begun() })
        return refused('not_found')
      },
    })
    const send = (payload: object) => app.inject({ method: 'POST', url: '/v1/context', headers: as('owner', { 'idempotency-key': 'k-1' }), payload })
    const first = send({ emails: [] })
    await running
    expect((await send({ emails: [] })).json().code).toBe('idempotency.in_flight')
    release()
    expect((await first).json().code).toBe('not_found')
    expect(seen).toEqual([{ actor: `user ${OWNER.organizationId} ${OWNER.userId}`, route: 'POST /v1/context', key: 'k-1', bodyHash: expect.any(String) }])
  })
})

describe('a browser', () => {
  it('may call from our own origin only, with a bearer token and never with cookies', async () => {
    const { app } = await buildTestApp()
    const ask = (origin: string) => app.inject({ method: 'OPTIONS', url: '/v1/users', headers: { origin, 'access-control-request-method': 'GET' } })
    const own = await ask('https://orgdesk.example')
    expect([own.statusCode, own.headers['access-control-allow-origin'], own.headers['access-control-allow-credentials']]).toEqual([204, 'https://orgdesk.example', undefined])
    for (const origin of ['https://orgdesk.example.evil.example', 'null', 'http://orgdesk.example', 'https://evil.example']) {
      const reply = await ask(origin)
      expect([reply.statusCode, reply.headers['access-control-allow-origin']]).not.toContain(204)
      expect(reply.headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  it('gets answers that nothing runs in, nobody frames and nobody keeps', async () => {
    const { app } = await buildTestApp()
    const { headers } = await app.inject({ url: '/v1/me' })
    expect(headers['content-security-policy']).toBe("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    expect(headers['strict-transport-security']).toContain('max-age')
  })
})

describe('a link to a file that no longer works', () => {
  const url = `/v1/downloads/${'a'.repeat(43)}`
  const build = async (supportUrl: string | null = null) => {
    const { deps } = await buildTestApp()
    return buildTestApp({}, { openDownload: async () => ({ ok: false, failure: failure('download.expired') }), pages: { ...deps.pages, config: { ...deps.pages.config, supportUrl } } })
  }

  it.each([['en-US,en;q=0.9', 'en'], ['fr', 'fr'], ['es-MX', 'es'], ['de', 'en']])('says so on a page in a browser, for %s in %s', async (accepted, locale) => {
    const { app } = await build('https://support.example/?a=1&b="2"')
    const reply = await app.inject({ url, headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': accepted } })
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([410, 'text/html; charset=utf-8'])
    expect(reply.body).toContain(`<html lang="${locale}">`)
    expect(reply.body).toContain(`<p>${locale}:download.expired</p>`)
    expect(reply.body).toContain(`<a href="https://support.example/?a=1&amp;b=&quot;2&quot;" rel="noreferrer">${locale}:common.support</a>`)
    expect(reply.body).not.toContain('<script')
    const nonce = /<style nonce="([^"]+)">/.exec(reply.body)?.[1]
    expect(reply.headers['content-security-policy']).toBe(`default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'nonce-${nonce}'`)
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  })

  it.each([[undefined], ['*/*'], ['application/json'], ['text/htmlx']])('is a problem document for a program that accepts %s', async (accept) => {
    const { app } = await build()
    const reply = await app.inject({ url, headers: accept === undefined ? {} : { accept } })
    expect([reply.statusCode, reply.headers['content-type'], reply.json().code]).toEqual([410, 'application/problem+json; charset=utf-8', 'download.expired'])
  })
})

describe('the operations', () => {
  it('describe the surface, for people and machines', async () => {
    const { app } = await buildTestApp()
    const openApi = (await app.inject({ url: '/openapi.json' })).json()
    for (const [key, entry] of entries) expect(openApi.paths[entry.path][entry.method.toLowerCase()].operationId).toBe(key)
    const docs = await app.inject({ url: '/docs' })
    for (const [, entry] of entries) expect(docs.body).toContain(`${entry.method} ${entry.path}`)
    expect(docs.headers['content-security-policy']).not.toContain('unsafe')
  })

  it('tell life from readiness', async () => {
    const { app } = await buildTestApp({}, { isReady: async () => false })
    expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200)
    expect((await app.inject({ url: '/readyz' })).statusCode).toBe(503)
  })

  it('show numbers to this machine or with the token, not to whom a proxy speaks for', async () => {
    const { app } = await buildTestApp({}, { metricsToken: 'secret-of-metrics', gauges: async () => ({ outbox_waiting: 3 }) })
    await app.inject({ url: '/v1/users/abc', headers: as('owner') })
    const local = await app.inject({ url: '/metrics' })
    expect(local.body).toContain('orgdesk_requests_total{route="GET /v1/users/{userId}"')
    expect(local.body).toContain('orgdesk_outbox_waiting 3')
    const ask = (headers: Record<string, string>, remoteAddress: string) => app.inject({ url: '/metrics', headers, remoteAddress })
    expect((await ask({}, '203.0.113.9')).statusCode).toBe(404)
    expect((await ask({ 'x-forwarded-for': '203.0.113.9' }, '127.0.0.1')).statusCode).toBe(404)
    expect((await ask(as('wrong'), '203.0.113.9')).statusCode).toBe(404)
    expect((await ask(as('secret-of-metrics'), '203.0.113.9')).statusCode).toBe(200)
  })

  it('write no secret and nothing personal into the log', async () => {
    const { app, log } = await buildTestApp({ 'context.read': async () => Promise.reject(Object.assign(new Error('secret-in-message'), { detail: 'secret-in-detail' })) })
    const places = ['query', 'path', 'header', 'body', 'token', 'cookie', 'key', 'digest']
    const secrets = places.flatMap((place) => Array.from({ length: 5 }, (_, n) => `seeded-${place}-${n}-hunter2`))
    for (let n = 0; n < 5; n++) {
      await app.inject({ url: `/v1/users?q=seeded-query-${n}-hunter2`, headers: as(`seeded-token-${n}-hunter2`, { cookie: `c=seeded-cookie-${n}-hunter2` }) })
      await app.inject({ url: `/v1/users/seeded-path-${n}-hunter2`, headers: as('owner', { 'x-secret': `seeded-header-${n}-hunter2` }) })
      await app.inject({ url: `/nowhere/seeded-path-${n}-hunter2?q=seeded-query-${n}-hunter2` })
      await app.inject({ method: 'POST', url: '/v1/context', headers: as('owner', { 'idempotency-key': `seeded-key-${n}-hunter2`, 'plan-digest': `seeded-digest-${n}-hunter2` }), payload: { emails: [`seeded-body-${n}-hunter2`] } })
    }
    expect(secrets).toHaveLength(40)
    expect(secrets.filter((secret) => log().includes(secret))).toEqual([])
    expect(log()).not.toMatch(/secret-in|hunter2|acme\.example/)
    expect(log()).toContain('GET /v1/users/{userId}')
  })
})
