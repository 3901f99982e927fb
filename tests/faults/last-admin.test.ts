import { openAcme, type Acme, type Answer } from '../doubles/acme'
import { csvOf, importerOf, runImports } from '../doubles/imports'
import { NOW } from '../doubles/store'
import { countOf } from './counts'

/*
 * The last administrator under fire: in every round all administrators try at once, by every way there is,
 * to be rid of all the others. Whoever wins, at least one stays, and the losers are told why.
 */

const ROUNDS = countOf(50, 1000)
const ADMINS = ['owner', 'deputy', 'third', 'fourth'] as const
jest.setTimeout(3_600_000)

let acme: Acme
let imports = 0
let minutes = 0
const MINUTE_MS = 60_000
const now = (): Date => new Date(NOW.getTime() + minutes * MINUTE_MS)
const ids = new Map<string, string>()

beforeAll(async () => {
  acme = await openAcme()
  for (const name of ADMINS) ids.set(name, name === 'owner' || name === 'deputy' ? await acme.idOf(name) : await acme.person(name, { role: 'org_admin' }))
  ids.set('maria', await acme.idOf('maria'))
  // Everybody has signed in before, so that a round is about nothing but its changes.
  for (const as of ADMINS) await acme.send('GET', '/v1/me', { as })
}, 120_000)
afterAll(() => acme.close())

/** All of them are here again, each with a license to hand on, and Maria has none. */
const everybody = async (): Promise<void> => {
  // Rounds are minutes apart, so that no limit of writes per minute stops anybody.
  acme.server.setNow(new Date(NOW.getTime() + (minutes += 2) * MINUTE_MS))
  await acme.server.store.asOwner(`delete from licenses where organization_id = $1`, [acme.acme])
  await acme.server.store.asOwner(`update users set role = 'org_admin', status = 'active', previous_status = null, removed_at = null, removed_state = null where id = any($1::uuid[])`, [ADMINS.map((name) => ids.get(name))])
  await acme.server.store.asOwner(`insert into licenses (organization_id, user_id, plan, state, assigned_at) select $1, unnest($2::uuid[]), 'pro', 'assigned', now()`, [acme.acme, ADMINS.map((name) => ids.get(name))])
  await acme.server.store.asOwner(`update license_pools set assigned = case plan when 'pro' then ${ADMINS.length} else 0 end, warned_percent = 0 where organization_id = $1`, [acme.acme])
}
const versionOf = async (id: string): Promise<number> => Number((await acme.server.store.asOwner('select version from users where id = $1', [id]))[0]?.['version'])
const activeAdmins = async (): Promise<number> => Number((await acme.server.store.asOwner(
  `select count(*)::int as count from users where organization_id = $1 and role = 'org_admin' and status = 'active'`, [acme.acme]))[0]?.['count'])

type Attack = (as: string, target: string, others: readonly string[]) => Promise<Answer>

/** Every way to take an administrator away. */
const ATTACKS: Record<string, Attack> = {
  remove: (as, target) => acme.send('DELETE', `/v1/users/${target}`, { as }),
  suspend: (as, target) => acme.send('POST', `/v1/users/${target}/suspend`, { as }),
  leave: (as, target) => acme.send('POST', `/v1/users/${target}/leave`, { as }),
  demote: async (as, target) => acme.send('PATCH', `/v1/users/${target}`, { as, body: { role: 'member' }, headers: { 'if-match': `"${await versionOf(target)}"` } }),
  'suspend many': (as, _target, others) => acme.send('POST', '/v1/users/bulk', { as, body: { action: 'suspend', userIds: others } }),
  'remove many': (as, _target, others) => acme.send('POST', '/v1/users/bulk', { as, body: { action: 'remove', userIds: others } }),
  'transfer and leave': (as, target) => acme.send('POST', `/v1/users/${target}/leave`, { as, body: { licenseTo: ids.get('maria') } }),
  // A row that names an administrator as a member must demote nobody, and one who is invited counts for nothing yet.
  import: async (as, target) => {
    const name = ADMINS.find((admin) => ids.get(admin) === target) ?? ''
    const { statusCode: status, body } = await importerOf(acme.server, `${as}@acme.example`).call('POST', '/v1/user-imports', csvOf(`${name}@acme.example,,,member,,,,`, `new-${imports += 1}@acme.example,,,org_admin,,,,`))
    if (status === 202) await runImports(acme.server.store, { clock: now })
    return { status, body: JSON.parse(body) as Answer['body'] }
  },
  'demote many': (as) => acme.send('POST', '/v1/users/bulk', { as, body: { action: 'change_role', role: 'member', filter: { role: 'org_admin' } } }),
}
const NAMES = Object.keys(ATTACKS)
const pick = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)] as T

/** Each administrator goes for all of the others, each by a way of its own. */
const round = (): Promise<Answer>[] => ADMINS.flatMap((as) => {
  const others = ADMINS.filter((name) => name !== as).map((name) => ids.get(name) ?? '')
  return others.map((target) => (ATTACKS[pick(NAMES)] ?? ATTACKS['remove'])?.(as, target, others) as Promise<Answer>)
})

/** What somebody who came too late, or was stopped, may hear. */
const FAIR = ['user.last_admin', 'user.removed', 'user.suspended', 'access.own_row', 'access.denied', 'auth.suspended', 'auth.unknown_identity', 'version.conflict', 'plan.refused', 'not_found', 'license.absent', 'user.already_licensed']

it(`one administrator stays, ${ROUNDS} times, on mixed paths`, async () => {
  for (let n = 0; n < ROUNDS; n++) {
    await everybody()
    const answers = await Promise.all(round())
    expect(await activeAdmins()).toBeGreaterThanOrEqual(1)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    expect(answers.filter(({ status, body }) => status >= 400 && !FAIR.includes(String(body.code)))).toEqual([])
  }
})

it('two who demote each other at the same instant: one of them stays', async () => {
  const [first = '', second = ''] = [ids.get('owner'), ids.get('deputy')]
  for (let n = 0; n < ROUNDS; n++) {
    await everybody()
    await acme.server.store.asOwner(`update users set role = 'member' where id = any($1::uuid[])`, [[ids.get('third'), ids.get('fourth')]])
    const [a, b] = await Promise.all([versionOf(first), versionOf(second)])
    const answers = await Promise.all([
      acme.send('PATCH', `/v1/users/${second}`, { as: 'owner', body: { role: 'member' }, headers: { 'if-match': `"${b}"` } }),
      acme.send('PATCH', `/v1/users/${first}`, { as: 'deputy', body: { role: 'member' }, headers: { 'if-match': `"${a}"` } }),
    ])
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
    expect(await activeAdmins()).toBe(1)
  }
})

it('imports that ran meanwhile are over, and whoever they named is as the others left them', async () => {
  await runImports(acme.server.store, { clock: () => new Date(now().getTime() + 60 * MINUTE_MS) })
  expect(await acme.server.store.asOwner("select distinct status from user_imports where status not in ('done', 'failed')")).toEqual([])
  expect(await acme.server.store.asOwner("select distinct failure from user_imports where failure is not null and failure <> 'access.denied'")).toEqual([])
  expect(await acme.server.store.asOwner("select distinct status from user_import_rows where outcome = 'applied' and status <> 'ready'")).toEqual([])
  expect(await acme.server.store.asOwner('select distinct count(*)::int as holders from users where organization_id = $1 and email like $2 group by email_key', [acme.acme, '%@acme.example'])).toEqual([{ holders: 1 }])
})

it('every change has its line in the log, and none is missing', async () => {
  const [counts] = await acme.server.store.asOwner('select count(*)::int as lines, max(sequence)::int as last from events where organization_id = $1', [acme.acme])
  expect(counts?.['lines']).toBe(counts?.['last'])
})
