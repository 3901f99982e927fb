import { Client } from 'pg'
import { openAcme, type Acme } from '../doubles/acme'
import { audit, type Delivered, type Told, type ToldChange } from './audit'

/*
 * The auditor is not blind: each promise is broken by hand, and it says which. Without this, a fault test
 * that finds nothing would prove nothing.
 */

let acme: Acme
let owner: Client
const changes: ToldChange[] = []

beforeAll(async () => {
  acme = await openAcme()
  owner = new Client(acme.server.store.connection)
  await owner.connect()
  const { id: userId } = await tell('POST', '/v1/users', { email: 'ada@acme.example', plan: 'pro' }, ['user.added', 'license.assigned', 'activation.sent'], 'users')
  const { id: workspaceId } = await tell('POST', '/v1/workspaces', { name: 'Desk' }, ['workspace.added'], 'workspaces')
  await tell('PUT', `/v1/workspaces/${workspaceId}/members/${userId}`, undefined, ['user.workspaces_changed'])
  await tell('POST', '/v1/workspaces', { name: 'Desk' }, ['workspace.added'])
}, 120_000)
afterAll(async () => {
  await owner.end()
  await acme.close()
})
// Whatever a test breaks is whole again after it. As the owner of the database breaks it: no trigger stops them.
beforeEach(() => owner.query('begin; set local session_replication_role = replica'))
afterEach(() => owner.query('rollback'))

async function tell(method: 'POST' | 'PUT', url: string, body: unknown, kinds: string[], table?: 'users' | 'workspaces'): Promise<Record<string, string>> {
  const requestId = `request-${changes.length}`
  const reply = await acme.send(method, url, { body, headers: { 'x-request-id': requestId, 'idempotency-key': requestId } })
  const id = String(reply.body['id'])
  changes.push({ requestId, what: `${method} ${url}`, status: reply.status, kinds, ...(table === undefined ? {} : { made: { table, id } }) })
  return { id }
}

const query = async (statement: string, values?: unknown[]) => (await owner.query<Record<string, unknown>>(statement, values)).rows
const findings = async (more: Partial<Told> = {}): Promise<string[]> => {
  const found = await audit(query, { changes, exports: [], heads: [], mailboxes: null, ...more })
  return [...new Set(found.map(({ check }) => check))].sort()
}

it('finds nothing where nothing is wrong', async () => {
  expect(changes.map(({ status }) => status)).toEqual([201, 201, 200, 409])
  expect(await findings()).toEqual([])
})

it.each([
  ['a promised user is gone', 'delete from users where email = $$ada@acme.example$$', ['N1']],
  ['a promised change is not in the log', 'delete from events where kind = $$user.workspaces_changed$$', ['N1', 'N2']],
  ['a line was changed', 'update events set client = $$web$$ || client where sequence = (select max(sequence) - 1 from events)', ['N2']],
  ['the text of a line was changed', 'update events set actor_name = $$Mallory$$ where kind = $$workspace.added$$', ['N2']],
  ['two lines were swapped', 'update events set sequence = case sequence when 3 then 1000003 else sequence end where sequence in (3)', ['N2']],
  ['the head went back', 'update chain_heads set sequence = sequence - 1', ['N2']],
  ['a seat too many was given', 'alter table license_pools drop constraint license_pools_seats; update license_pools set quantity = 0 where plan = $$pro$$', ['N3']],
  ['a license is not counted', 'update license_pools set assigned = 0 where plan = $$pro$$', ['N3']],
  ['nobody administers', "update users set status = 'suspended' where role = 'org_admin'", ['N3']],
  ['a domain belongs to two', "update domains set name = 'acme.example'", ['N3']],
  ['a removed user holds a license', "update users set status = 'removed', removed_at = now() where email = 'ada@acme.example'", ['N5']],
  ['a status is not told of', "update users set status = 'active' where email = 'ada@acme.example'; update events set changes = '{\"status\": {\"to\": \"pending\"}}', salt = null where kind = 'user.added'", ['N2', 'N5']],
  ['a license is not told of', "update licenses set plan = 'eco'; update license_pools set quantity = 1, assigned = case plan when 'eco' then 1 else 0 end where organization_id in (select organization_id from licenses)", ['N5']],
  ['a member of a workspace that is gone', 'delete from workspaces', ['N1', 'N5']],
  ['a mail was never written', "delete from outbox where kind like 'activation%'; insert into outbox (organization_id, id, kind, to_email, to_name, language, params, run_at, created_at) select organization_id, gen_random_uuid(), 'other', 'x@acme.example', '', 'en', '{}', now(), '2000-01-01' from users limit 1", ['N6']],
])('says so when %s', async (_what, statement, checks) => {
  await query(statement)
  expect(await findings()).toEqual(checks)
})

it('says so when what was refused was done all the same', async () => {
  const told = changes.map((change) => (change.what === 'POST /v1/users' ? { ...change, status: 409 } : change))
  expect(await findings({ changes: told })).toEqual(['N1'])
})

it('says so when a change was made twice', async () => {
  await query("insert into events select (jsonb_populate_record(e, jsonb_build_object('sequence', e.sequence + 1000))).* from events e where kind = 'workspace.added'")
  expect(await findings()).toEqual(['N1', 'N2'])
})

it('says so when the log was cut at its end, if a head was kept outside', async () => {
  const [head] = await query("select organization_id, sequence::int as sequence, encode(hash, 'hex') as hash from chain_heads order by sequence desc limit 1")
  const kept = { organizationId: String(head?.['organization_id']), sequence: Number(head?.['sequence']), hash: String(head?.['hash']) }
  expect(await findings({ heads: [kept] })).toEqual([])
  await query('delete from events where sequence = (select max(sequence) from events)')
  await query('update chain_heads h set (sequence, hash) = (select e.sequence, e.hash from events e where e.organization_id = h.organization_id order by e.sequence desc limit 1)')
  expect(await findings({ changes: [] })).not.toContain('N2')
  expect(await findings({ changes: [], heads: [kept] })).toContain('N2')
})

it('says so when an export left a line out, or gave one twice', async () => {
  const [{ sequence: head } = { sequence: 0 }] = (await query('select sequence::int as sequence from chain_heads order by sequence desc limit 1')) as { sequence: number }[]
  const all = Array.from({ length: head }, (_, n) => n + 1)
  const exported = (sequences: number[]) => findings({ exports: [{ organizationId: acme.acme, head, sequences }] })
  expect(await exported(all)).toEqual([])
  expect(await exported(all.slice(1))).toEqual(['N4'])
  expect(await exported([...all, 1])).toEqual(['N4'])
})

it('says so when a mail was lost, or came from nowhere', async () => {
  const stored = (await query("update outbox set state = 'sent' returning id::text as id, to_email as to")) as Delivered[]
  expect(stored.length).toBeGreaterThan(0)
  expect(await findings({ mailboxes: async () => stored })).toEqual([])
  expect(await findings({ mailboxes: async () => [] })).toEqual(['N6'])
  expect(await findings({ mailboxes: async () => [...stored, { id: 'nobody', to: 'x@acme.example' }] })).toEqual(['N6'])
})
