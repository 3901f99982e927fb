import { CHALLENGE_LABEL } from '../../shared/domains/domains.model'
import { CLAIM_LASTS_MS, nextClaimCheckMs, RECHECK_EVERY_MS } from '../../shared/domains/domains.schedule'
import { insertMany, type PlainRow, type Tx } from '../store/bulk'
import { ensurePartitions, refreshStatistics } from '../store/database'
import { loadAtOnce } from '../store/events.load'
import { appendOpenEvents } from './seed.chain'
import { DEMO_PEOPLE, INVITED_EMAIL } from './people'
import { yearAfter } from '../../shared/billing/renewal'
import { firstOrderDay, seedBilling } from './seed.billing'
import { seedEvents } from './seed.events'
import { messageRows, recipientRows, seedMessages, tallied, type Tally } from './seed.messages'
import { licenseRows, manyUsers, namedUsers, userRows, type SeedUser } from './seed.people'
import { below, bytes, createIds, createRandom, type Random } from './seed.random'
import type { Store } from '../store/store'
import type { BulkTable } from '../store/tables/types'

/** How big the first organization is made; null for the small default. */
export type SeedSizes = { users: number | null; events: number | null }

const SMALL_USERS = 200
const SMALL_EVENTS = 2_000
const MAX_MESSAGES = 20_000
const CHUNK = 5_000
const LOG_DAYS = 90
const LOAD_WORDS = '32MB'
const LEAST_WORDS = '64kB'
const DAY_MS = 86_400_000
const SEED = 20_260_302

type World = { now: Date; random: Random; newId: (at: Date) => string }

const holdsNothing = async (db: Tx): Promise<boolean> => (await db.selectFrom('organizations').select('id').limit(1).executeTakeFirst()) === undefined

/** Whether the store holds no organization yet. */
export const isEmpty = (store: Store): Promise<boolean> => store.system(holdsNothing)

/**
 * Fills an empty store with the two organizations of the demo, in one transaction: a start that is
 * killed half-way leaves nothing. The same sizes and moment give the same data. False when it holds data already.
 */
export async function seedDemo(store: Store, sizes: SeedSizes, now: Date): Promise<boolean> {
  return store.system(async (db) => {
    if (!(await holdsNothing(db))) return false
    const random = createRandom(SEED)
    const world = { now, random, newId: createIds(random) }
    await ensurePartitions(db, new Date(now.getTime() - LOG_DAYS * DAY_MS), 5)
    await loadAtOnce(db, LOAD_WORDS)
    await seedAcme(db, world, sizes)
    // The small organization comes last, and its first lines bring the waiting words of the big one into the index.
    await loadAtOnce(db, LEAST_WORDS)
    await seedGlobex(db, world)
    await refreshStatistics(db)
    return true
  })
}

async function seedAcme(db: Tx, world: World, sizes: SeedSizes): Promise<void> {
  const { now, random, newId } = world
  const named = namedUsers(DEMO_PEOPLE.filter(({ organization }) => organization === 'acme'), now, newId)
  const others = manyUsers(Math.max(0, (sizes.users ?? SMALL_USERS) - named.length - 1), 'acme.example', now, random, newId)
  const invited: SeedUser = { id: newId(now), email: INVITED_EMAIL, firstName: 'Nina', lastName: 'Newcomer', role: 'member', status: 'pending', language: 'en', plan: 'eco', createdAt: new Date(now.getTime() - 2 * DAY_MS), lastActiveAt: null }
  const users = [...named, invited, ...others]
  const organizationId = await addOrganization(db, world, 'Acme', ['acme.example', 'acme.test'], ['acme-labs.example'])
  await addUsers(db, world, organizationId, users)
  await addWorkspaces(db, world, organizationId, users)
  await addLog(db, world, organizationId, users, sizes.events ?? SMALL_EVENTS)
  await addBilling(db, world, organizationId)
}

async function seedGlobex(db: Tx, world: World): Promise<void> {
  const { now, random, newId } = world
  const named = namedUsers(DEMO_PEOPLE.filter(({ organization }) => organization === 'globex'), now, newId)
  const users = [...named, ...manyUsers(12, 'globex.example', now, random, newId)]
  const organizationId = await addOrganization(db, world, 'Globex', ['globex.example'], [])
  await addUsers(db, world, organizationId, users)
  await addLog(db, world, organizationId, users, 100)
}

/** A domain with its schedule: an approved one was seen today and is looked at again tomorrow, a pending one was claimed just now. */
function domainRow(name: string, organizationId: string, { now, random, newId }: World, createdAt: Date, approvedAt: Date | null) {
  const record = { host: `${CHALLENGE_LABEL}.${name}`, value: `orgdesk=${bytes(random, 16).toString('hex')}` }
  const nextMs = approvedAt === null ? nextClaimCheckMs(now.getTime(), now.getTime()) : now.getTime() + RECHECK_EVERY_MS
  return {
    organization_id: organizationId, id: newId(createdAt), name, unicode_name: name, status: approvedAt === null ? 'pending' : 'approved', record_host: record.host, record_value: record.value,
    last_check: approvedAt === null ? null : { at: now.toISOString(), outcome: 'verified', found: [record] }, next_check_at: nextMs === null ? null : new Date(nextMs), expires_at: approvedAt === null ? new Date(now.getTime() + CLAIM_LASTS_MS) : null,
    created_at: createdAt, approved_at: approvedAt, checks: approvedAt === null ? 0 : 1, missed: 0, version: 1,
  }
}

async function addOrganization(db: Tx, world: World, name: string, approved: readonly string[], pending: readonly string[]): Promise<string> {
  const { now, newId } = world
  const createdAt = new Date(now.getTime() - 365 * DAY_MS)
  const id = newId(createdAt)
  const domain = approved[0] ?? ''
  await db.insertInto('organizations').values({ id, name, contact_email: `owner@${domain}`, created_at: createdAt }).execute()
  const domains = [...approved.map((one) => domainRow(one, id, world, createdAt, createdAt)), ...pending.map((one) => domainRow(one, id, world, now, null))]
  await insertMany(db, 'domains', domains as never)
  await insertMany(db, 'approved_domains', domains.filter(({ status }) => status === 'approved').map((one) => ({ name: one.name, organization_id: id, domain_id: one.id, approved_at: createdAt })))
  await db.insertInto('billing').values({ organization_id: id, company: name, address: '12 rue des Lilas, 75011 Paris', country: 'FR', vat: 'FR40303265045', email: `billing@${domain}` }).execute()
  return id
}

async function addBilling(db: Tx, { now, newId }: World, organizationId: string): Promise<void> {
  const pools = await db.selectFrom('license_pools').select(['plan', 'quantity']).where('organization_id', '=', organizationId).orderBy('plan').execute()
  await seedBilling(db, { organizationId, pools, now, newId })
}

async function addUsers(db: Tx, { now }: World, organizationId: string, users: readonly SeedUser[]): Promise<void> {
  const licenses = licenseRows(organizationId, users)
  const assigned = (plan: string): number => licenses.filter((row) => row['plan'] === plan).length
  await insertMany(db, 'license_pools', ['eco', 'advanced', 'pro'].map((plan) => ({ organization_id: organizationId, plan, assigned: assigned(plan), quantity: quantityFor(plan, assigned(plan)), warned_percent: 0, renews_on: yearAfter(firstOrderDay(now)) })))
  await insertChunks(db, 'users', userRows(organizationId, users))
  await insertChunks(db, 'licenses', licenses)
}

/** Room to assign, except for `advanced`, which is nearly full: the warning is to be seen. */
function quantityFor(plan: string, assigned: number): number {
  if (plan === 'advanced') return assigned + Math.max(2, Math.floor(assigned * 0.1))
  return Math.ceil((assigned + 10) * 1.4)
}

const WORKSPACES = ['Legal', 'Human resources', 'Sales', 'Proyecto Andalucía', 'Comité d’entreprise'] as const
const CONTACTS = ['legal@partner.example', 'sales@supplier.example', 'notaire@etude.example', 'compras@cliente.example'] as const

async function addWorkspaces(db: Tx, { now, random, newId }: World, organizationId: string, users: readonly SeedUser[]): Promise<void> {
  const createdAt = new Date(now.getTime() - 200 * DAY_MS)
  const workspaces = WORKSPACES.map((name) => ({ organization_id: organizationId, id: newId(createdAt), name, version: 1, created_at: createdAt }))
  await insertMany(db, 'workspaces', workspaces as never)
  const [legal] = workspaces
  const member = users.find(({ email }) => email === 'maria@acme.example')
  const placed = users.slice(0, 60).map((user) => ({ organization_id: organizationId, workspace_id: workspaces[below(random, workspaces.length)]?.id ?? legal?.id, user_id: user.id, added_at: createdAt }))
  const maria = { organization_id: organizationId, workspace_id: legal?.id, user_id: member?.id, added_at: createdAt }
  await insertMany(db, 'workspace_members', [...placed.filter(({ user_id: userId }) => userId !== member?.id), maria])
  await insertMany(db, 'contacts', CONTACTS.map((email) => ({
    organization_id: organizationId, id: newId(createdAt), workspace_id: legal?.id, email, email_key: email, name: '', assigned_to: member?.id, version: 1, created_at: createdAt,
  })) as never)
}

async function addLog(db: Tx, { now, random, newId }: World, organizationId: string, users: readonly SeedUser[], count: number): Promise<void> {
  const [first, ...rest] = users.filter(({ status }) => status === 'active')
  if (first === undefined) return
  const active: [SeedUser, ...SeedUser[]] = [first, ...rest]
  const from = new Date(now.getTime() - LOG_DAYS * DAY_MS)
  const messages = seedMessages(Math.min(MAX_MESSAGES, Math.max(3, Math.floor(count / 20))), active, from, now, random)
  const tally: Tally = new Map()
  await appendOpenEvents(db, organizationId, tallied(seedEvents({ organizationId, users: active, messages, count, from, to: now, random, newId }), tally), random)
  await insertChunks(db, 'messages', messageRows(organizationId, messages, now, tally))
  await insertChunks(db, 'message_recipients', recipientRows(organizationId, messages))
}

async function insertChunks(db: Tx, table: BulkTable, rows: readonly PlainRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += CHUNK) await insertMany(db, table, rows.slice(at, at + CHUNK) as never)
}
