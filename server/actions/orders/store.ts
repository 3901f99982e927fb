import type { Order } from '../../../shared/billing/billing.model'
import { yearAfter, type Day } from '../../../shared/billing/renewal'
import { poolMoves } from '../../../shared/billing/orders.settle'
import { availableOf, type PoolSnapshot } from '../../../shared/users/snapshot.model'
import { toJson, type Tx } from '../../store/bulk'
import type { EventChanges } from '../../store/events.model'
import type { Row } from '../../store/tables'
import type { Change } from '../../store/transactions'
import { warnOfPools } from '../licenses/write.warn'

type OrderRow = Row<'orders'>
type Status = Order['status']

/** The pools of an organization as plans see them. */
export const loadPools = (db: Tx, organizationId: string): Promise<PoolSnapshot[]> =>
  db.selectFrom('license_pools').select(['plan', 'quantity', 'assigned']).where('organization_id', '=', organizationId).orderBy('plan').execute()

/** The pools with the ends of their terms. */
export const loadTerms = (db: Tx, organizationId: string): Promise<(PoolSnapshot & { renewsOn: Day | null })[]> =>
  db.selectFrom('license_pools').select(['plan', 'quantity', 'assigned', 'renews_on as renewsOn']).where('organization_id', '=', organizationId).orderBy('plan').execute()

/** Plans whose renewal waits for its payment. */
export const waitingRenewals = async (db: Tx, organizationId: string): Promise<string[]> =>
  (await db.selectFrom('orders').select('plan').distinct().where('organization_id', '=', organizationId).where('renewal', '=', true).where('status', '=', 'pending_payment').execute()).map(({ plan }) => plan)

/** One order, locked with its organization; undefined for none. */
export const findOrder = (db: Tx, organizationId: string, orderId: string): Promise<OrderRow | undefined> =>
  db.selectFrom('orders').selectAll().where('organization_id', '=', organizationId).where('id', '=', orderId).executeTakeFirst()

/**
 * What a step of an order does: quantities move, those who can buy are warned where a pool is fuller now, and a
 * done order gets its invoice. Answers what changed, for the log. Runs under the organization's lock.
 */
export async function carryOut(change: Change, order: OrderRow, before: Status | null, after: Status): Promise<EventChanges> {
  const status = { status: { from: before, to: after } }
  if (order.renewal) {
    if (after !== 'done') return status
    await issueInvoice(change, order)
    return { ...status, ...(await prolong(change, order.plan)) }
  }
  const pools = await loadPools(change.db, change.organization.id)
  const moves = poolMoves({ plan: order.plan, fromPlan: order.from_plan, quantity: order.quantity }, before, after, order.from_plan === null ? 0 : availableOf({ pools }, order.from_plan))
  for (const { plan, by } of moves) await moveQuantity(change, plan, by)
  if (after === 'done' && order.quantity > 0) await beginTerm(change, order.plan, pools)
  if (moves.length > 0) await warnOfPools(change)
  if (after === 'done') await issueInvoice(change, order)
  const quantities = moves.map(({ plan, by }) => {
    const had = pools.find((pool) => pool.plan === plan)?.quantity ?? 0
    return [`quantity.${plan}`, { from: had, to: had + by }] as const
  })
  return { ...status, ...Object.fromEntries(quantities) }
}

async function moveQuantity({ db, organization }: Change, plan: string, by: number): Promise<void> {
  const moved = await db.updateTable('license_pools').set(({ eb }) => ({ quantity: eb('quantity', '+', by) }))
    .where('organization_id', '=', organization.id).where('plan', '=', plan).executeTakeFirst()
  // A plan that was added later than the organization has no pool yet.
  if (moved.numUpdatedRows === 0n) await db.insertInto('license_pools').values({ organization_id: organization.id, plan, quantity: by }).execute()
}

/** What is bought first begins a term of a year; what is bought later shares the one that runs. */
async function beginTerm({ db, organization, now }: Change, plan: string, before: readonly PoolSnapshot[]): Promise<void> {
  const isFirst = (before.find((pool) => pool.plan === plan)?.quantity ?? 0) === 0
  const pool = db.updateTable('license_pools').set({ renews_on: yearAfter(now.toISOString().slice(0, 10)), renewal_told: 0 }).where('organization_id', '=', organization.id).where('plan', '=', plan)
  await (isFirst ? pool : pool.where('renews_on', 'is', null)).execute()
}

/** Another year from where the term ends, however early or late it is paid. */
async function prolong({ db, organization }: Change, plan: string): Promise<EventChanges> {
  const pool = await db.selectFrom('license_pools').select('renews_on').where('organization_id', '=', organization.id).where('plan', '=', plan).executeTakeFirst()
  const from = pool?.renews_on ?? null
  if (from === null) return {}
  await db.updateTable('license_pools').set({ renews_on: yearAfter(from), renewal_told: 0 }).where('organization_id', '=', organization.id).where('plan', '=', plan).execute()
  return { renewsOn: { from, to: yearAfter(from) } }
}

async function issueInvoice({ db, organization, newId, now }: Change, order: OrderRow): Promise<void> {
  const id = newId()
  const today = now.toISOString().slice(0, 10)
  await db.insertInto('invoices').values({
    organization_id: organization.id, id, number: await nextNumber(db, organization.id, today.slice(0, 4)), issued_on: today, total_cents: order.amount_cents, currency: order.currency, created_at: now,
  }).execute()
  await db.insertInto('invoice_lines').values(order.lines.map(({ text, plan, quantity, amountCents }, line) => ({
    organization_id: organization.id, invoice_id: id, line, order_id: order.id, text, plan, quantity, amount_cents: amountCents,
  }))).execute()
}

/** Invoices of an organization are numbered by year, without gaps: counted under its lock. */
async function nextNumber(db: Tx, organizationId: string, year: string): Promise<string> {
  const { count } = await db.selectFrom('invoices').select(({ fn }) => fn.countAll<number>().as('count'))
    .where('organization_id', '=', organizationId).where('number', 'like', `${year}-%`).executeTakeFirstOrThrow()
  return `${year}-${String(Number(count) + 1).padStart(4, '0')}`
}

/** Stores a new order as it was decided. */
export async function insertOrder({ db }: Change, order: Omit<OrderRow, 'provider_reference' | 'checkout_url'>): Promise<OrderRow> {
  return db.insertInto('orders').values({ ...order, lines: toJson(order.lines), provider_reference: null, checkout_url: null }).returningAll().executeTakeFirstOrThrow()
}
