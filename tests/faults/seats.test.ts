import { openAcme, type Acme, type Answer } from '../doubles/acme'
import { csvOf, importerOf, runImports } from '../doubles/imports'
import { NOW } from '../doubles/store'
import { countOf } from './counts'

/*
 * Seats under fire: in every round forty-four claimants reach for five seats at once, by every way there is to a
 * seat. Exactly five get one, everybody else is told why, and a transfer that runs beside them takes none.
 */

const ROUNDS = countOf(50, 1000)
const SEATS = 5
const SINGLES = 16
const CHANGES = 8
const BULKS = 2
const IN_A_BULK = 4
const ADDED = 8
const IMPORTED = 4
const MINUTE_MS = 60_000
jest.setTimeout(3_600_000)

let acme: Acme
let ids: string[]
let pair: string[]

beforeAll(async () => {
  // A connection for each of them: they are to meet at the lock, not in a queue before it.
  acme = await openAcme({ poolSize: 48 })
  ids = await Promise.all(Array.from({ length: SINGLES + CHANGES + BULKS * IN_A_BULK }, (_, n) => acme.person(`claimant${n}`)))
  pair = await Promise.all(['holder', 'heir', 'other'].map((name) => acme.person(name)))
}, 120_000)
afterAll(() => acme.close())

const singles = () => ids.slice(0, SINGLES)
const changers = () => ids.slice(SINGLES, SINGLES + CHANGES)
const bulkOf = (n: number) => ids.slice(SINGLES + CHANGES + n * IN_A_BULK).slice(0, IN_A_BULK)

/** Nobody holds anything but one license of `pro` and those that are to be changed; five more of `pro` are free. */
const begin = async (): Promise<void> => {
  const { server, acme: id } = acme
  await server.store.asOwner(`delete from licenses where organization_id = '${id}'; update license_pools set assigned = 0, quantity = case plan when 'pro' then ${SEATS + 1} else 100 end where organization_id = '${id}'`)
  await server.store.asOwner("insert into licenses (organization_id, user_id, plan, state, assigned_at) select $1, unnest($2::uuid[]), 'eco', 'assigned', now()", [id, changers()])
  await server.store.asOwner("insert into licenses (organization_id, user_id, plan, state, assigned_at) values ($1, $2, 'pro', 'assigned', now())", [id, pair[0]])
  await server.store.asOwner('update license_pools p set assigned = (select count(*) from licenses l where l.organization_id = p.organization_id and l.plan = p.plan) where organization_id = $1', [id])
}

type Claim = { seats: number; refused: string[]; status: number }
const single = ({ status, body }: Answer): Claim => ({ status, seats: status === 200 ? 1 : 0, refused: status === 200 ? [] : [String(body.code)] })
const added = ({ status, body }: Answer): Claim => {
  const { license, remaining } = body as { license?: unknown; remaining?: { code: string }[] }
  return { status, seats: license ? 1 : 0, refused: (remaining ?? []).map(({ code }) => code) }
}
const bulk = ({ status, body }: Answer): Claim => {
  const plan = body['plan'] as { refused: { code: string }[] } | undefined
  const outcomes = (body['outcomes'] ?? plan?.refused ?? []) as { code: string | null }[]
  return { status, seats: Number(body['done'] ?? 0), refused: outcomes.flatMap(({ code }) => code ?? []) }
}

/** A file of claimants: its job goes for the seats row by row, while everybody else does. */
const imported = async (round: number): Promise<Claim> => {
  const now = new Date(NOW.getTime() + round * 2 * MINUTE_MS)
  const owner = importerOf(acme.server, 'owner@acme.example')
  const { id } = await owner.start(csvOf(...Array.from({ length: IMPORTED }, (_, n) => `imported-${round}-${n}@acme.example,,,,pro,,,`)))
  await runImports(acme.server.store, { chunkRows: 1, clock: () => now })
  const { status, applied, rejected } = await owner.get(id)
  return { status: status === 'done' ? 200 : 500, seats: applied, refused: Array.from({ length: rejected }, () => 'license.none_left') }
}

const shuffled = <T>(values: readonly T[]): T[] => values.map((value) => ({ value, at: Math.random() })).sort((a, b) => a.at - b.at).map(({ value }) => value)

const claims = (round: number): (() => Promise<Claim>)[] => [
  ...[...singles(), ...changers()].map((id) => async () => single(await acme.send('PUT', `/v1/users/${id}/license`, { body: { plan: 'pro' } }))),
  ...Array.from({ length: BULKS }, (_, n) => async () => bulk(await acme.send('POST', '/v1/users/bulk', { body: { action: 'assign_license', userIds: bulkOf(n), plan: 'pro' } }))),
  ...Array.from({ length: ADDED }, (_, n) => async () => added(await acme.send('POST', '/v1/users', { body: { email: `added-${round}-${n}@acme.example`, plan: 'pro' } }))),
  () => imported(round),
]

const held = async () => (await acme.server.store.asOwner(
  `select p.quantity, p.assigned, (select count(*)::int from licenses l where l.organization_id = p.organization_id and l.plan = 'pro') as held from license_pools p where p.organization_id = $1 and p.plan = 'pro'`, [acme.acme]))[0]

it(`of forty-four claimants for five seats exactly five succeed, ${ROUNDS} times, by every path`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    acme.server.setNow(new Date(NOW.getTime() + round * 2 * MINUTE_MS))
    await begin()
    const moves = pair.slice(1).map((toUserId) => () => acme.send('POST', `/v1/users/${pair[0]}/license/transfer`, { body: { toUserId } }).then(single))
    const [reached, moved] = await Promise.all([Promise.all(shuffled(claims(round)).map((claim) => claim())), Promise.all(moves.map((move) => move()))])
    expect(reached.reduce((sum, { seats }) => sum + seats, 0)).toBe(SEATS)
    expect(new Set(reached.flatMap(({ refused }) => refused))).toEqual(new Set(['license.none_left']))
    expect(reached.flatMap(({ refused }) => refused)).toHaveLength(SINGLES + CHANGES + BULKS * IN_A_BULK + ADDED + IMPORTED - SEATS)
    expect(reached.filter(({ status }) => status >= 500)).toEqual([])
    expect(moved.map(({ seats, refused }) => `${seats}${refused.join()}`).sort()).toEqual(['0license.absent', '1'])
    expect(await held()).toEqual({ quantity: SEATS + 1, assigned: SEATS + 1, held: SEATS + 1 })
  }
})

it('an import hands out no seat twice and says of everybody else that none was left', async () => {
  const rows = await acme.server.store.asOwner("select distinct outcome, r.status, issues from user_import_rows r where organization_id = $1 and outcome = 'rejected'", [acme.acme])
  expect(rows.map(({ status, issues }) => [status, issues])).toEqual([['no_license_left', [{ code: 'row.no_license_left', path: 'license', params: { plan: 'pro' } }]]])
})

it('nobody has two licenses, and each change has its line in the log', async () => {
  const [counts] = await acme.server.store.asOwner(
    `select count(*)::int as lines, count(*) filter (where kind = 'license.transferred')::int as moved, max(sequence)::int as last, count(distinct sequence)::int as sequences from events where organization_id = $1`, [acme.acme])
  expect(counts?.['lines']).toBe(counts?.['sequences'])
  expect(counts?.['last']).toBe(counts?.['sequences'])
  expect(counts?.['moved']).toBe(ROUNDS)
})

it('the table itself refuses one seat too many', async () => {
  await expect(acme.server.store.asOwner("update license_pools set assigned = quantity + 1 where organization_id = $1 and plan = 'pro'", [acme.acme])).rejects.toThrow('license_pools_seats')
})
