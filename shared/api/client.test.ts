import { ERROR_STATUS } from '../errors'
import { call, dryRun } from './call'
import { fromResponse, toRequest } from './client'

const reply = (status: number, body: unknown, headers: Record<string, string> = {}) => ({ status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) })

describe('a call becomes a request', () => {
  it('encodes path parameters, so that an id can never reach another endpoint', () => {
    expect(toRequest(call('users.get', { params: { userId: '../organization?x=1#y' } })).path).toBe('/v1/users/..%2Forganization%3Fx%3D1%23y')
  })

  it('leaves out query values that say nothing', () => {
    expect(toRequest(call('users.list', { query: { q: 'ana & luc', status: undefined, limit: '20', cursor: '' } })).path).toBe('/v1/users?q=ana%20%26%20luc&limit=20')
  })

  it('carries version, digest and idempotency key as headers, and the body as JSON', () => {
    const request = toRequest(call('users.edit', { params: { userId: 'u1' }, body: { firstName: 'Ana' }, version: 3, digest: 'd1' }), { idempotencyKey: 'k1' })
    expect(request.headers).toMatchObject({ 'If-Match': '"3"', 'Plan-Digest': 'd1', 'Idempotency-Key': 'k1', 'Content-Type': 'application/json' })
    expect(request.body).toBe('{"firstName":"Ana"}')
  })

  it('names the organization that one changes to', () => {
    expect(toRequest(call('me.get', { organization: 'o-2' })).headers).toMatchObject({ 'Orgdesk-Organization': 'o-2' })
    expect(toRequest(call('me.get', {})).headers).not.toHaveProperty('Orgdesk-Organization')
  })

  it('sends no idempotency key with a read', () => {
    expect(toRequest(call('me.get', {}), { idempotencyKey: 'k1' }).headers).not.toHaveProperty('Idempotency-Key')
  })

  it('asks for the plan of a write without changing anything', () => {
    expect(toRequest(dryRun('users.remove', { params: { userId: 'u1' } }))).toMatchObject({ method: 'DELETE', path: '/v1/users/u1?dry_run=true' })
  })

  it.each([['people.csv', 'text/csv'], ['People.XLSX', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']])('names the media type of %s', (name, type) => {
    const request = toRequest(call('user_imports.preview', { file: { source: 'picked', id: 'f', name, bytes: 9 } }))
    expect(request).toMatchObject({ body: null, file: { id: 'f' }, headers: { 'Content-Type': type } })
  })
})

describe('a response becomes a value or a coded failure', () => {
  const templates = call('plans.list', {})

  it('strips what the contract does not declare', () => {
    const plan = { id: 'pro', name: 'Pro', rank: 3, attachmentMb: 100, messagesPerMonth: null, signatories: 5, priceCents: 900, currency: 'EUR' }
    expect(fromResponse(templates, reply(200, { items: [{ ...plan, secret: 'x' }], debug: true }))).toEqual({ ok: true, value: { items: [plan] } })
  })

  it.each([
    ['a proxy page', '<html>hello</html>'],
    ['JSON of another shape', '{"items":[{"id":7}]}'],
    ['nothing', ''],
  ])('never lets %s reach a screen', (_what, text) => {
    expect(fromResponse(templates, reply(200, text))).toEqual({ ok: false, failure: { code: 'reply.unreadable', issues: [] } })
  })

  it('keeps the code, the issues and the request id of a problem', () => {
    const issues = [{ code: 'email.malformed', path: 'email', params: { email: 'x' } }]
    expect(fromResponse(templates, reply(400, { code: 'request.invalid', issues, requestId: 'r1' }))).toEqual({ ok: false, failure: { code: 'request.invalid', issues, requestId: 'r1', retryAfterS: undefined, extra: undefined } })
  })

  it.each(Object.keys(ERROR_STATUS) as (keyof typeof ERROR_STATUS)[])('recognizes %s', (code) => {
    expect(fromResponse(templates, reply(ERROR_STATUS[code], { code }))).toMatchObject({ ok: false, failure: { code } })
  })

  it.each([[401, 'auth.required'], [404, 'not_found'], [413, 'request.too_large'], [429, 'limit.reached'], [500, 'server.failed'], [502, 'server.busy'], [503, 'server.busy'], [504, 'server.busy'], [418, 'reply.unreadable']])('makes sense of a bare %i', (status, code) => {
    expect(fromResponse(templates, reply(Number(status), 'oops', { 'retry-after': '7' }))).toEqual({ ok: false, failure: { code, issues: [], retryAfterS: 7 } })
  })
})
