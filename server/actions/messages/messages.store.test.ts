import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { addUser, openTestServer, type TestServer } from '../../../tests/doubles/server'
import { addOrganization, changeScope, NOW } from '../../../tests/doubles/store'
import type { Permission } from '../../../shared/access/permissions'
import type { Message } from '../../../shared/logs/logs.model'
import { runJobs } from '../../jobs/jobs'
import { newId } from '../../store/ids'
import { confirmRevoked, createRevokeJob, signWebhook, type RevokeWebhook } from './revoke'

jest.setTimeout(60_000)

let server: TestServer
let acme: string
const ids: Record<string, string> = {}
const SECRET = 'a-secret-of-the-webhook'
const WATCHERS: Record<string, Permission[]> = { users: ['logs.view_users'], admins: ['logs.view_admins'], revoker: ['messages.revoke_any'] }

beforeAll(async () => {
  server = await openTestServer()
  const { store } = server
  acme = await addOrganization(store, 'Acme')
  const globex = await addOrganization(store, 'Globex')
  ids['owner'] = await addUser(store, acme, 'owner@acme.example', { role: 'org_admin' })
  for (const name of ['maria', 'otto']) ids[name] = await addUser(store, acme, `${name}@acme.example`)
  for (const [name, permissions] of Object.entries(WATCHERS)) {
    const roleId = newId()
    await store.system((db) => db.insertInto('roles').values({ organization_id: acme, id: roleId, name, permissions, created_at: NOW }).execute())
    ids[name] = await addUser(store, acme, `${name}@acme.example`, { role: 'custom', custom_role_id: roleId })
  }
  await addUser(store, globex, 'owner@globex.example', { role: 'org_admin' })
}, 60_000)
beforeEach(() => server.store.system((db) => db.deleteFrom('messages').execute()))
afterAll(() => server.close())

async function ask(url: string, name = 'owner', options: { method?: 'GET' | 'POST'; headers?: Record<string, string>; domain?: string } = {}) {
  const { method = 'GET', headers = {}, domain = 'acme.example' } = options
  const reply = await server.app.inject({ method, url, headers: { authorization: `Bearer ${await server.tokenFor(`${name}@${domain}`)}`, ...headers } })
  return { status: reply.statusCode, body: reply.json() }
}

async function addMessage(id: string, sender: string, more: object = {}): Promise<void> {
  await server.store.system(async (db) => {
    await db.insertInto('messages').values({ organization_id: acme, id, reference: `R-${id}`, subject: `Subject ${id}`, sender_id: ids[sender] ?? null, sender_email: `${sender}@acme.example`, sender_key: `${sender}@acme.example`, sender_name: sender, sent_at: NOW, status: 'live', ...more }).execute()
    await db.insertInto('message_recipients').values({ organization_id: acme, message_id: id, email_key: 'legal@partner.example', email: 'legal@partner.example', state: 'opened', at: NOW }).execute()
  })
}

const listed = async (query: string, name = 'owner'): Promise<string[]> => (await ask(`/v1/messages?${query}`, name)).body.items.map(({ id }: Message) => id)

describe('the list', () => {
  beforeEach(async () => {
    await addMessage('m1', 'maria', { sent_at: new Date('2026-01-01T00:00:00Z'), expires_at: new Date('2026-02-01T00:00:00Z'), subject: 'Émile 100%' })
    await addMessage('m2', 'otto', { sent_at: new Date('2026-02-01T00:00:00Z') })
    await addMessage('m3', 'owner', { sent_at: new Date('2026-02-01T00:00:00Z'), status: 'revoked' })
    await addMessage('m4', 'maria', { sent_at: new Date('2026-03-01T00:00:00Z'), expires_at: new Date('2026-04-01T00:00:00Z') })
  })
  test.each([
    ['owner', ['m4', 'm2', 'm3', 'm1']], ['revoker', ['m4', 'm2', 'm3', 'm1']], ['users', ['m4', 'm2', 'm1']], ['admins', ['m3']], ['maria', ['m4', 'm1']], ['otto', ['m2']],
  ])('%s reads those that they may know of', async (name, expected) => {
    expect(await listed('', name)).toEqual(expected)
  })
  test.each([
    ['mine=true', ['m3']], ['user=maria@acme.example', ['m4', 'm1']], ['status=live', ['m4', 'm2']], ['status=expired', ['m1']], ['status=revoked', ['m3']],
    ['q=emile', ['m1']], ['q=100%25', ['m1']], ['q=r-m4', ['m4']], ['from=2026-02-01T00:00:00Z&to=2026-02-02T00:00:00Z', ['m2', 'm3']], ['user=nobody', []],
  ])('by %s', async (query, expected) => {
    expect(await listed(query)).toEqual(expected)
  })
  test('comes in pages that neither skip nor repeat', async () => {
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: { body: { items: Message[]; next: string | null } } = await ask(`/v1/messages?limit=1${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
      seen.push(...body.items.map(({ id }) => id))
      cursor = body.next
    }
    expect(seen).toEqual(['m4', 'm2', 'm3', 'm1'])
  })
  test('another organization, and a member, find nothing of somebody else', async () => {
    expect((await ask('/v1/messages/m1', 'owner', { domain: 'globex.example' })).status).toBe(404)
    expect((await ask('/v1/messages/m1', 'otto')).status).toBe(404)
    expect((await ask('/v1/messages/none', 'owner')).status).toBe(404)
    expect((await ask('/v1/messages/m1', 'maria')).body.message).toMatchObject({ status: 'expired', recipients: [{ email: 'legal@partner.example', state: 'opened' }], abilities: { 'message.revoke': 'message.not_live' } })
  })
})

describe('revoking', () => {
  beforeEach(() => addMessage('m1', 'maria', { openings: 2 }))
  const revoke = (name: string, headers = {}, query = '') => ask(`/v1/messages/m1/revoke${query}`, name, { method: 'POST', headers })

  test('the consequences come first, and the write holds to them', async () => {
    const { body } = await revoke('maria', {}, '?dry_run=true')
    expect(body.plan).toMatchObject({ kind: 'message.revoke', count: 1, consequences: [{ code: 'plan.message_closed', params: { count: 1 } }, { code: 'plan.message_opened_before', params: { count: 2 } }, { code: 'plan.not_restorable' }] })
    await server.store.system((db) => db.updateTable('messages').set({ openings: 3 }).execute())
    expect((await revoke('maria', { 'plan-digest': body.digest })).body.code).toBe('plan.changed')
    expect((await revoke('maria', {}, '?dry_run=true')).body.digest).not.toBe(body.digest)
  })

  test.each([['maria', 200], ['owner', 200], ['revoker', 200], ['otto', 404], ['users', 403]])('%s gets %i', async (name, status) => {
    const reply = await revoke(name)
    expect(reply.status).toBe(status)
    expect((await ask('/v1/messages/m1')).body.message.status).toBe(status === 200 ? 'revoke_requested' : 'live')
  })

  test.each([['revoked'], ['expired'], ['revoke_requested']])('a message that is %s cannot be revoked', async (status) => {
    await server.store.asOwner('update messages set status = $1', [status])
    expect(await revoke('maria')).toMatchObject({ status: 409, body: { code: 'message.not_live' } })
  })

  test('a revocation and its expiry at the same hour: the hour counts', async () => {
    await server.store.system((db) => db.updateTable('messages').set({ expires_at: NOW }).execute())
    expect((await revoke('maria')).status).toBe(409)
  })
})

describe('the messaging service', () => {
  type Call = { headers: Record<string, unknown>; body: string }
  let web: Server
  let calls: Call[]
  let answers: number[]
  let webhook: NonNullable<RevokeWebhook>
  let clock = NOW

  beforeEach(async () => {
    ;[calls, answers, clock] = [[], [], NOW]
    web = createServer((request, reply) => {
      let body = ''
      request.on('data', (chunk) => { body += String(chunk) })
      request.on('end', () => {
        calls.push({ headers: request.headers, body })
        const status = answers.shift() ?? 200
        reply.writeHead(status, status === 307 ? { location: '/elsewhere' } : {}).end()
      })
    })
    await new Promise<void>((resolve) => { web.listen(0, '127.0.0.1', resolve) })
    webhook = { url: `http://127.0.0.1:${(web.address() as AddressInfo).port}/revoke`, secret: SECRET }
    await server.store.system((db) => db.deleteFrom('jobs').execute())
    await addMessage('m1', 'maria')
    await ask('/v1/messages/m1/revoke', 'owner', { method: 'POST' })
  })
  afterEach(() => new Promise<void>((resolve) => { web.close(() => resolve()) }))

  const lines: string[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => { lines.push(line) } })
  const work = (to: RevokeWebhook = webhook) => runJobs({ store: server.store, handlers: { 'message.revoke': createRevokeJob({ store: server.store, clock: () => clock, webhook: to }) }, clock: () => clock, newId, logger })
  const statusOf = async () => (await ask('/v1/messages/m1')).body.message.status
  const kinds = async () => (await ask('/v1/messages/m1')).body.events.map(({ kind }: { kind: string }) => kind)

  test('hears of it with a signature, and its answer confirms', async () => {
    expect(await statusOf()).toBe('revoke_requested')
    await work()
    expect(calls).toHaveLength(1)
    const [{ headers, body }] = calls as [Call]
    expect(headers['orgdesk-signature']).toBe(signWebhook(SECRET, Number(headers['orgdesk-timestamp']), body))
    expect(JSON.parse(body)).toMatchObject({ type: 'message.revoke', organizationId: acme, messageId: 'm1', requestedBy: 'owner@acme.example' })
    expect(await statusOf()).toBe('revoked')
    expect((await kinds()).slice(0, 2)).toEqual(['message.revoke_confirmed', 'message.revoke_requested'])
    expect(await work()).toBe(0)
  })

  test('is told again, later and later, until it takes it', async () => {
    answers = [500, 404]
    const told: string[] = []
    for (const minutes of [0, 1, 2]) {
      clock = new Date(NOW.getTime() + minutes * 60_000)
      await work()
      expect(await statusOf()).toBe(minutes === 2 ? 'revoked' : 'revoke_requested')
      told.push(JSON.parse(calls.at(-1)?.body ?? '{}').id)
      expect(await work()).toBe(0)
    }
    expect(new Set(told).size).toBe(1)
    expect(lines.join('')).not.toContain(SECRET)
  })

  test('is not followed elsewhere', async () => {
    answers = [307]
    await work()
    expect(await statusOf()).toBe('revoke_requested')
  })

  test('may promise first and confirm with an event', async () => {
    answers = [202]
    await work()
    expect(await statusOf()).toBe('revoke_requested')
    await server.store.change(changeScope(acme), async (change) => {
      await confirmRevoked(change, ['m1'])
      return { ok: true, value: null }
    })
    expect(await statusOf()).toBe('revoked')
  })

  test('in the demo there is none to tell', async () => {
    await work(null)
    expect([calls.length, await statusOf()]).toEqual([0, 'revoked'])
  })
})
