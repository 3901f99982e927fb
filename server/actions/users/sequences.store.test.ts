import * as fc from 'fast-check'
import type { DnsLook } from '../../../shared/domains/domains.check'
import { BULK_ACTIONS } from '../../../shared/users/users.model'
import { openAcme, type Acme, type Answer } from '../../../tests/doubles/acme'
import { csvOf, importerOf, runImports } from '../../../tests/doubles/imports'
import { fingerprintOf } from '../../../tests/doubles/organizations'
import { NOW } from '../../../tests/doubles/store'

/*
 * Two organizations on a real server and a real store. Whatever anybody of either asks for, in any order, of
 * people of their own and of the other one: after each step the invariants hold in what is stored.
 */

const RUNS = process.env['FAULTS'] === 'full' ? 100 : 4
const STEPS = { minLength: 15, maxLength: 30 }
const MINUTE_MS = 60_000
jest.setTimeout(3_600_000)

type Step = { act: string; by: number; on: number; other: number; role: string; plan: string; several: number[] }
const ACTS = [
  'add', 'add', 'add many', 'import', 'import', 'suspend', 'restore', 'restore', 'remove', 'remove', 'role', 'license', 'license', 'unlicense', 'transfer', 'link', 'leave', 'order', 'claim', 'prove', 'unclaim',
  ...BULK_ACTIONS.map((action) => `bulk ${action}`),
]
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...ACTS), by: fc.nat(40), on: fc.nat(40), other: fc.nat(40), role: fc.constantFrom('org_admin', 'billing_admin', 'user_admin', 'member'), plan: fc.constantFrom('eco', 'pro'), several: fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
})

const ADDRESSES = ['a', 'B', 'c', 'deputy', 'maria', 'new'].flatMap((name) => ['acme.example', 'GLOBEX.example', 'shared.example', 'gmail.com'].map((domain) => `${name}@${domain}`))
const CLAIMED = ['shared.example', 'acme.example', 'other.example']

type Row = Record<string, unknown>
type Somebody = { id: string; email: string; organization: string; status: string; role: string }
type World = { a: Acme; people: Somebody[]; minute: number }

const everybody = async ({ server }: Acme): Promise<Somebody[]> =>
  (await server.store.asOwner("select id, email, organization_id, status, role from users order by created_at, id")).map((row) => ({ id: String(row['id']), email: String(row['email']), organization: String(row['organization_id']), status: String(row['status']), role: String(row['role']) }))

const at = <T>(values: readonly T[], n: number): T => {
  const found = values[n % values.length]
  if (found === undefined) throw new Error('nobody')
  return found
}

/** What one step asks the server; null where there is nothing to ask. */
async function take({ a, people, minute }: World, { act, on, other, role, plan, several }: Step, actor: Somebody): Promise<Answer | null> {
  const as = actor.email
  const target = at(people, on)
  const ask = (method: Parameters<Acme['send']>[0], url: string, body?: unknown, headers: Record<string, string> = {}) => a.send(method, url, { as, headers, ...(body === undefined ? {} : { body }) })
  const bulkAction = BULK_ACTIONS.find((action) => act === `bulk ${action}`)
  if (bulkAction !== undefined) return ask('POST', '/v1/users/bulk', { action: bulkAction, userIds: several.map((n) => at(people, n).id), role, plan })
  const [claim] = act === 'prove' || act === 'unclaim' ? await a.server.store.asOwner('select id from domains where organization_id = $1 order by created_at offset $2 % greatest((select count(*) from domains where organization_id = $1), 1) limit 1', [actor.organization, on]) : []
  const ofTarget = `/v1/users/${target.id}`
  const ofClaim = claim === undefined ? null : `/v1/domains/${String(claim['id'])}`
  const requests: Record<string, () => Promise<Answer> | null> = {
    'add': () => ask('POST', '/v1/users', { email: at(ADDRESSES, on), role, plan }),
    'add many': () => ask('POST', '/v1/users/add', { people: several.map((n) => ({ email: at(ADDRESSES, n) })), role, plan }),
    'import': async () => {
      const file = csvOf(...several.map((n) => `${at(ADDRESSES, n)},,,${role},${plan},,,`))
      const { statusCode: status, body } = await importerOf(a.server, as).call('POST', '/v1/user-imports', file)
      await runImports(a.server.store, { chunkRows: 2, clock: () => new Date(NOW.getTime() + minute * MINUTE_MS) })
      return { status, body: JSON.parse(body) as Answer['body'] }
    },
    'suspend': () => ask('POST', `${ofTarget}/suspend`),
    'restore': () => ask('POST', `${ofTarget}/restore`),
    'remove': () => ask('DELETE', ofTarget),
    'role': async () => ask('PATCH', ofTarget, { role }, { 'if-match': `"${await versionOf(a, target.id)}"` }),
    'license': () => ask('PUT', `${ofTarget}/license`, { plan }),
    'unlicense': () => ask('DELETE', `${ofTarget}/license`),
    'transfer': () => ask('POST', `${ofTarget}/license/transfer`, { toUserId: at(people, other).id }),
    'link': () => ask('POST', `${ofTarget}/activation-link`),
    'leave': () => ask('POST', `${ofTarget}/leave`, { contactsTo: at(people, other).id, ...(several.length > 3 ? { licenseTo: at(people, other).id } : {}) }),
    'order': () => ask('POST', '/v1/orders', { plan, quantity: on % 2 === 0 ? 1 : -1 }),
    'claim': () => ask('POST', '/v1/domains', { name: at(CLAIMED, on) }),
    'prove': () => (ofClaim === null ? null : ask('POST', `${ofClaim}/check`)),
    'unclaim': () => (ofClaim === null ? null : ask('DELETE', ofClaim)),
  }
  const request = requests[act]
  if (request === undefined) throw new Error(act)
  return request()
}

const versionOf = async ({ server }: Acme, id: string): Promise<number> => Number((await server.store.asOwner('select version from users where id = $1', [id]))[0]?.['version'])

/** Each invariant, as what would break it in the store; all of them must find nothing. */
const BREAKS: Record<string, string> = {
  'I1: an organization without an active administrator': "select id from organizations o where not exists (select from users u where u.organization_id = o.id and u.role = 'org_admin' and u.status = 'active')",
  'I3: more licenses than bought, or counted wrongly': 'select plan from license_pools p where assigned > quantity or assigned <> (select count(*) from licenses l where l.organization_id = p.organization_id and l.plan = p.plan)',
  'I3: somebody removed holds a seat': "select l.user_id from licenses l join users u on u.organization_id = l.organization_id and u.id = l.user_id where u.status = 'removed'",
  'users are counted wrongly': "select coalesce(c.organization_id, u.organization_id) from (select * from user_counts where count <> 0) c full join (select organization_id, status, count(*) as count from users group by 1, 2) u using (organization_id, status) where c.count is distinct from u.count",
  'I4: two users of one address': "select email_key from users where status <> 'removed' group by organization_id, email_key having count(*) > 1",
  'I6: a domain approved twice': "select name from domains where status = 'approved' group by name having count(*) > 1",
  'I6: approved, and held by another': "select name from domains d where status = 'approved' and not exists (select from approved_domains h where h.name = d.name and h.organization_id = d.organization_id)",
  'I8: a gap in the log': 'select organization_id from events group by organization_id having count(*) <> max(sequence)',
}

async function expectInvariants({ server }: Acme): Promise<void> {
  for (const [name, query] of Object.entries(BREAKS)) expect([name, await server.store.asOwner(query)]).toEqual([name, []])
}

const byId = (people: readonly Somebody[]): Map<string, Somebody> => new Map(people.map((person) => [person.id, person]))

/** One step of one person, and all that must be true after it. */
async function takeAndCheck(world: World, move: Step, changed: Set<string>): Promise<World> {
  const { a, people } = world
  const actors = people.filter(({ status }) => status === 'active')
  const actor = at(actors, move.by)
  const other = actor.organization === a.acme ? a.globex : a.acme
  a.server.setNow(new Date(NOW.getTime() + world.minute * MINUTE_MS))
  const admitted = new Set((await a.server.store.asOwner('select name from approved_domains where organization_id = $1', [actor.organization])).map((row: Row) => String(row['name'])))
  const before = await fingerprintOf(a.server.store, other)
  const answer = await take(world, move, actor)
  if (answer !== null && answer.status >= 500) throw new Error(`${move.act}: ${JSON.stringify(answer)}`)
  if (answer !== null && answer.status < 300) changed.add(move.act)
  const after = await everybody(a)
  const known = byId(people)
  const self = byId(after).get(actor.id)
  await expectInvariants(a)
  expect(['I2', self?.status, self?.role]).toEqual(['I2', actor.status, actor.role])
  const added = after.filter(({ id }) => !known.has(id))
  expect(['I5', added.filter(({ email }) => !admitted.has(email.split('@')[1]?.toLowerCase() ?? ''))]).toEqual(['I5', []])
  expect(['I10', added.filter(({ organization }) => organization !== actor.organization)]).toEqual(['I10', []])
  // A proof of a name that another one holds is told there, and nothing else ever is.
  expect(['I10', move.act === 'prove' ? before : await fingerprintOf(a.server.store, other)]).toEqual(['I10', before])
  return { ...world, people: after, minute: world.minute + 1 }
}

/** DNS that proves whatever has been claimed. */
const proves = (read: () => Acme) => async ({ name }: { name: string }): Promise<DnsLook> =>
  ({ outcome: 'answered', atHost: (await read().server.store.asOwner('select record_value from domains where name = $1', [name])).map((row) => String(row['record_value'])), elsewhere: [] })

test('whatever anybody of two organizations does in any order, I1 to I6, I8 and I10 hold in the store after each step', async () => {
  const changed = new Set<string>()
  await fc.assert(fc.asyncProperty(fc.array(step, STEPS), async (steps) => {
    let opened: Acme | null = null
    const a = await openAcme({ lookUp: (domain) => proves(() => opened ?? fail())(domain) })
    opened = a
    try {
      await a.server.store.asOwner('update license_pools set quantity = 2')
      let world: World = { a, people: await everybody(a), minute: 0 }
      for (const move of steps) world = await takeAndCheck(world, move, changed)
    } finally {
      await a.close()
    }
  }), { numRuns: RUNS, endOnFailure: process.env['FAULTS'] !== 'full' })
  // A short run need not come by everything.
  const never = process.env['FAULTS'] === 'full' ? [...new Set(ACTS)].filter((act) => !changed.has(act)) : []
  expect(never).toEqual([])
})

const fail = (): never => {
  throw new Error('not open yet')
}
