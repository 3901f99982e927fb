import { as, buildTestApp } from '../../tests/doubles/app'
import { done } from './handler'

/*
 * Requests that no client of ours makes. None reaches a handler as something else than it is, changes the
 * process, or writes into the log what is not one line of it.
 */

const JSON_TYPE = { 'content-type': 'application/json' }

describe('a body that reaches for what objects inherit', () => {
  it.each(['{"__proto__":{"role":"org_admin"},"emails":[]}', '{"emails":[],"constructor":{"prototype":{"role":"org_admin"}}}', '{"emails":[{"__proto__":{"isAdmin":true}}]}', '{"emails":[],"toString":1}'])('is refused, and nothing inherits anything: %s', async (payload) => {
    const { app } = await buildTestApp()
    const reply = await app.inject({ method: 'POST', url: '/v1/context', headers: as('owner', JSON_TYPE), payload })
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'request.invalid'])
    const fresh: Record<string, unknown> = {}
    expect([fresh['role'], fresh['isAdmin'], ({} as Record<string, unknown>)['prototype']]).toEqual([undefined, undefined, undefined])
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('in the query is refused, too: %s', async (name) => {
    const { app } = await buildTestApp()
    const reply = await app.inject({ url: `/v1/users?${name}=org_admin&${name}[role]=org_admin`, headers: as('owner') })
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'request.invalid'])
  })
})

describe('a method that no endpoint has', () => {
  it.each(['TRACE', 'CONNECT', 'PROPFIND', 'HEAD', 'PUT'] as const)('%s of the users list does nothing', async (method) => {
    const { app } = await buildTestApp({ 'users.list': () => Promise.reject(new Error('reached')) })
    const reply = await app.inject({ method: method as 'PUT', url: '/v1/users', headers: as('owner') })
    expect(reply.statusCode).toBeGreaterThanOrEqual(400)
    expect(reply.statusCode).toBeLessThan(500)
  })
})

describe('the log', () => {
  const BREAKS = ['a\nb', 'a\r\n{"level":30,"msg":"forged"}', 'a\u2028b', '\u001b[31mred', '%0A%0Dforged']

  it('is one line of JSON for each request, whatever stands in it', async () => {
    const { app, log } = await buildTestApp({ 'plans.list': () => Promise.reject(new Error('first\n{"msg":"forged"}')) })
    for (const text of BREAKS) {
      await app.inject({ url: `/v1/users?q=${encodeURIComponent(text)}`, headers: as('broken') })
      await app.inject({ url: `/${encodeURIComponent(text)}`, headers: { 'x-request-id': text.replace(/[\r\n]/g, '') } })
      await app.inject({ url: '/v1/plans', headers: as('owner', { 'user-agent': text.replace(/[\r\n]/g, '') }) })
    }
    const lines = log().trim().split('\n')
    expect(lines.length).toBe(BREAKS.length * 4)
    for (const line of lines) expect(Object.keys(JSON.parse(line) as object)).toEqual(expect.arrayContaining(['level', 'time', 'msg']))
    expect(log()).not.toMatch(/forged|\u001b|\u2028/)
  })

  it('takes a request’s id from its sender only where that is a plain word', async () => {
    const { app } = await buildTestApp()
    const idOf = async (id: string) => (await app.inject({ url: '/healthz', headers: { 'x-request-id': id } })).headers['x-request-id']
    expect(await idOf('from-the-client-1')).toBe('from-the-client-1')
    for (const id of ['short', 'x'.repeat(65), 'two words here', 'a;b;c;d;e', '../../../etc', '<script>alert(1)</script>']) expect(await idOf(id)).not.toBe(id)
  })
})

it('an answer names its type with its letters, is kept by nobody, and sends nobody elsewhere', async () => {
  const { app } = await buildTestApp({ 'plans.list': async () => done({ items: [] }) })
  for (const url of ['/v1/plans', '/v1/users?limit=900', '/nothing', '/openapi.json', '/docs', '/healthz', '/metrics', '//evil.example/', '/\\evil.example', '/v1/plans?next=https://evil.example']) {
    const { headers, statusCode } = await app.inject({ url, headers: as('owner') })
    expect([url, headers['content-type']]).toEqual([url, expect.stringMatching(/^(application\/(problem\+)?json|text\/(html|plain)).*; ?charset=utf-8$/)])
    expect([url, headers['location'], headers['set-cookie'], headers['x-content-type-options'], headers['cache-control']]).toEqual([url, undefined, undefined, 'nosniff', 'no-store'])
    expect([url, [200, 400, 404].includes(statusCode)]).toEqual([url, true])
  }
})
