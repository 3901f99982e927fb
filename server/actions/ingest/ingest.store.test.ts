import { createHash } from 'node:crypto'
import { addUser, openTestServer, type TestServer } from '../../../tests/doubles/server'
import { addOrganization, NOW } from '../../../tests/doubles/store'
import { newId } from '../../store/ids'
import { verifyChain } from '../../store/events.chain'
import { readHead } from '../../store/events.append'

jest.setTimeout(60_000)

let server: TestServer
let acme: string
let globex: string
let maria: string

beforeAll(async () => { server = await openTestServer() })
beforeEach(async () => {
  acme = await addOrganization(server.store, 'Acme')
  globex = await addOrganization(server.store, 'Globex')
  maria = await addUser(server.store, acme, 'maria@acme.example', { first_name: 'Maria' })
  await addUser(server.store, acme, 'owner@acme.example', { role: 'org_admin' })
})
afterAll(() => server.close())

async function keyFor(organizationId: string, more: { revoked_at?: Date; purpose?: 'ingest' | 'provisioning' } = {}): Promise<string> {
  const key = `key-${newId()}`
  await server.store.system((db) => db.insertInto('service_keys').values({ organization_id: organizationId, id: newId(), purpose: 'ingest', name: 'test', key_hash: createHash('sha256').update(key).digest(), created_at: NOW, ...more }).execute())
  return key
}

async function send(key: string, events: unknown[], headers: Record<string, string> = {}) {
  const reply = await server.app.inject({ method: 'POST', url: '/v1/ingest/events', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers }, payload: JSON.stringify({ events }) })
  return { status: reply.statusCode, body: reply.json() }
}

const event = (id: string, kind = 'sent', more: object = {}) =>
  ({ id, at: '2026-03-02T08:00:00.000Z', kind, message: { id: 'm-1', reference: 'R-1', subject: 'Offer', sender: 'Maria@acme.example', recipients: ['legal@partner.example'], files: 1, expiresAt: '2026-04-01T00:00:00Z' }, ...more })
const log = () => server.store.read(acme, (db) => db.selectFrom('events').selectAll().where('organization_id', '=', acme).orderBy('sequence').execute())

test('events become lines of the log, and a message with its recipients', async () => {
  const key = await keyFor(acme)
  const { status, body } = await send(key, [event('e1'), event('e2', 'opened', { recipient: 'Legal@partner.example', ip: '198.51.100.4', client: 'Safari', at: '2026-03-02T10:01:00+02:00' })])
  expect({ status, body }).toMatchObject({ status: 200, body: { stored: 2, duplicates: 0, invalid: 0, outcomes: [{ id: 'e1', outcome: 'stored' }, { id: 'e2', outcome: 'stored' }] } })
  expect(server.log()).toContain('/v1/ingest/events')
  expect(server.log()).not.toContain(key)
  expect(await log()).toMatchObject([
    { sequence: 1, kind: 'sent', category: 'activity', actor_id: maria, of_admin: false, message_id: 'm-1', target_label: 'Offer' },
    { sequence: 2, kind: 'opened', actor_id: null, actor_email: 'Legal@partner.example', ip: '198.51.100.4', client: 'Safari', at: new Date('2026-03-02T08:01:00.000Z'), subjects: [{ id: maria, email: 'maria@acme.example', name: 'Maria' }] },
  ])
  const { body: found } = await server.app.inject({ url: '/v1/messages/m-1', headers: { authorization: `Bearer ${await server.tokenFor('owner@acme.example')}` } }).then((reply) => ({ body: reply.json() }))
  expect(found.message).toMatchObject({ reference: 'R-1', openings: 1, activities: 2, status: 'live', sender: { id: maria }, recipients: [{ email: 'legal@partner.example', state: 'opened' }] })
})

test('an event that comes again, in one batch or another, is stored once', async () => {
  const key = await keyFor(acme)
  expect((await send(key, [event('e1'), event('e1')])).body).toMatchObject({ stored: 1, duplicates: 1 })
  expect((await send(key, [event('e1'), event('e2', 'opened')])).body.outcomes).toEqual([{ id: 'e1', outcome: 'duplicate' }, { id: 'e2', outcome: 'stored' }])
  expect(await log()).toHaveLength(2)
})

test('the same batch from twelve senders at once is stored once', async () => {
  const key = await keyFor(acme)
  const batch = Array.from({ length: 50 }, (_, index) => event(`e${index}`, index === 0 ? 'sent' : 'opened'))
  const replies = await Promise.all(Array.from({ length: 12 }, () => send(key, batch)))
  expect(replies.reduce((sum, { body }) => sum + body.stored, 0)).toBe(50)
  const events = await log()
  expect(events).toHaveLength(50)
  expect((await verifyChain(events, { expected: await server.store.read(acme, (db) => readHead(db, acme)) })).ok).toBe(true)
  const message = await server.store.read(acme, (db) => db.selectFrom('messages').selectAll().executeTakeFirstOrThrow())
  expect(message).toMatchObject({ openings: 49, activities: 50 })
})

test('events that arrive in the wrong order come to the same message', async () => {
  const key = await keyFor(acme)
  await send(key, [event('e3', 'signed', { recipient: 'legal@partner.example', at: '2026-03-02T08:30:00Z' })])
  await send(key, [event('e2', 'opened', { recipient: 'legal@partner.example', at: '2026-03-02T08:20:00Z' }), event('e1')])
  const message = await server.store.read(acme, (db) => db.selectFrom('messages').selectAll().executeTakeFirstOrThrow())
  expect(message).toMatchObject({ sent_at: new Date('2026-03-02T08:00:00Z'), last_activity_at: new Date('2026-03-02T08:30:00Z'), openings: 1, activities: 3 })
  expect(await server.store.read(acme, (db) => db.selectFrom('message_recipients').select('state').execute())).toEqual([{ state: 'signed' }])
})

test('a bad event is named and does not hold back the others', async () => {
  const key = await keyFor(acme)
  const { body } = await send(key, [event('e1'), { ...event('e2'), kind: 'exploded' }, 7, { id: 'e4' }, { ...event('e5'), at: '2026-03-04T08:00:00Z' }, { ...event('e6'), extra: 1 }, event('e7', 'opened')])
  expect(body).toMatchObject({ stored: 2, invalid: 5 })
  expect(body.outcomes.slice(1, 6)).toMatchObject([
    { id: 'e2', outcome: 'invalid', issues: [{ code: 'field.not_an_option', path: 'kind' }] },
    { id: null, outcome: 'invalid' },
    { id: 'e4', outcome: 'invalid', issues: expect.arrayContaining([{ code: 'field.required', path: 'at' }]) },
    { id: 'e5', outcome: 'invalid', issues: [{ code: 'field.too_large', path: 'at' }] },
    { id: 'e6', outcome: 'invalid', issues: [{ code: 'field.unknown', path: 'extra' }] },
  ])
})

test('a batch of a thousand is taken, one more is refused', async () => {
  const key = await keyFor(acme)
  const batch = Array.from({ length: 1000 }, (_, index) => event(`e${index}`, 'opened', { message: { id: `m-${index % 100}`, sender: 'maria@acme.example' } }))
  expect((await send(key, batch)).body).toMatchObject({ stored: 1000 })
  expect((await send(key, [...batch, event('one')])).status).toBe(400)
  expect((await send(key, [])).body).toMatchObject({ stored: 0, outcomes: [] })
})

test('what a message of an administrator does is in the log of administrators', async () => {
  await send(await keyFor(acme), [event('e1', 'sent', { message: { id: 'm-2', sender: 'owner@acme.example' } }), event('e2', 'opened', { message: { id: 'm-3', sender: 'stranger@else.example' } })])
  expect((await log()).map(({ of_admin: ofAdmin }) => ofAdmin)).toEqual([true, false])
})

test('the same idempotency key answers the same', async () => {
  const key = await keyFor(acme)
  const first = await send(key, [event('e1')], { 'idempotency-key': 'k1' })
  expect(await send(key, [event('e1')], { 'idempotency-key': 'k1' })).toEqual(first)
  expect((await send(key, [event('e2')], { 'idempotency-key': 'k1' })).body.code).toBe('idempotency.mismatch')
})

test.each([['unknown', async () => 'nothing'], ['revoked', () => keyFor(acme, { revoked_at: NOW })], ['of another purpose', () => keyFor(acme, { purpose: 'provisioning' })]])('a key that is %s stores nothing', async (_name, find) => {
  expect((await send(await find(), [event('e1')])).status).toBe(401)
  expect(await log()).toEqual([])
})

test('a key writes into its own organization alone', async () => {
  await send(await keyFor(globex), [event('e1')])
  expect(await log()).toEqual([])
  const [line] = await server.store.read(globex, (db) => db.selectFrom('events').selectAll().execute())
  // Somebody else's user is an address like any other.
  expect(line).toMatchObject({ organization_id: globex, actor_id: null, actor_email: 'Maria@acme.example' })
})
