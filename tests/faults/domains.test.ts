import { NOTHING, openDomainWorld, unique, type DomainWorld } from '../doubles/domains'
import { storeCheck, findDomain } from '../../server/domains/check'
import { systemScope } from '../../server/domains/jobs'
import { newId } from '../../server/store/ids'
import type { Domain } from '../../shared/domains/domains.model'
import { countOf } from './counts'

/*
 * I6 under fire: in every round two organizations prove one name at the same instant, by hand and by
 * schedule, from several servers. Exactly one holds it in the end and at every moment between; the other
 * has contested it, and nobody is asked to wait for the other for ever.
 */

const ROUNDS = countOf(50, 1000)
jest.setTimeout(3_600_000)

let world: DomainWorld
let organizations: [string, string]

beforeAll(async () => {
  world = await openDomainWorld()
  organizations = [await world.newOrganization('Acme'), await world.newOrganization('Globex')]
}, 120_000)
afterAll(() => world.close())

/** A claim as it stands five minutes after it was made, put in directly: adding is not what races here. */
async function claim(organizationId: string, name: string): Promise<Domain['id']> {
  const id = newId()
  await world.server.store.system((db) => db.insertInto('domains').values({
    organization_id: organizationId, id, name, unicode_name: name, status: 'pending', record_host: `_orgdesk-challenge.${name}`, record_value: `orgdesk=${id}`, last_check: null,
    next_check_at: world.now(), expires_at: new Date(world.now().getTime() + 604_800_000), missing_since: null, reason: null, warning: null, created_at: world.now(), created_by: null, approved_at: null, contested_at: null,
  }).execute())
  return id
}

/** One server's look at one claim, which finds the record of both. */
const prove = (organizationId: string, domainId: string, values: string[], byHand: boolean) => world.server.store.change<string>(systemScope(organizationId, newId(), world.now()), async (change) => {
  const row = await findDomain(change.db, organizationId, domainId)
  if (row === undefined) return { ok: false, code: 'not_found' }
  return { ok: true, value: (await storeCheck(change, row, { ...NOTHING, atHost: values }, byHand)).status }
})

/** Names that more than one organization has, at this moment, as other connections see it. */
const doublyHeld = () => world.server.store.asOwner("select name from domains where status = 'approved' group by name having count(*) > 1")

test('two organizations race for one domain: exactly one holds it', async () => {
  const outcomes: string[] = []
  const watch = new AbortController()
  const seen: unknown[] = []
  const watcher = (async () => {
    while (!watch.signal.aborted) seen.push(...(await doublyHeld()))
  })()
  for (let round = 0; round < ROUNDS; round++) {
    const name = unique(`race${round}`)
    const ids = await Promise.all(organizations.map((id) => claim(id, name)))
    const values = ids.map((id) => `orgdesk=${id}`)
    const looks = organizations.flatMap((organizationId, n) => [true, false].map((byHand) => () => prove(organizationId, ids[n] ?? '', values, byHand)))
    await Promise.all((round % 2 === 0 ? looks : looks.toReversed()).map((look) => look()))
    const { rows, holders } = await world.server.store.system(async (db) => ({
      rows: await db.selectFrom('domains').select(['id', 'status']).where('name', '=', name).execute(),
      holders: await db.selectFrom('approved_domains').select('domain_id').where('name', '=', name).execute(),
    }))
    const approved = rows.filter(({ status }) => status === 'approved').map(({ id }) => id)
    outcomes.push(`${rows.map(({ status }) => status).sort().join()} ${holders.length} ${holders[0]?.domain_id === approved[0]}`)
  }
  watch.abort()
  await watcher
  expect([...new Set(outcomes)]).toEqual(['approved,contested 1 true'])
  expect(outcomes).toHaveLength(ROUNDS)
  expect(seen).toEqual([])
})

test('the owner of each name is told once that it is contested, however many servers look', async () => {
  await world.work(3)
  const { contested, notices, mails } = await world.server.store.system(async (db) => ({
    contested: await db.selectFrom('domains').select('id').where('status', '=', 'contested').execute(),
    notices: await db.selectFrom('notices').select('id').where('kind', '=', 'domain_contested').execute(),
    mails: await db.selectFrom('outbox').select('id').where('kind', '=', 'domain_contested').execute(),
  }))
  expect(contested).toHaveLength(ROUNDS)
  expect([notices.length, mails.length]).toEqual([ROUNDS, ROUNDS])
})
