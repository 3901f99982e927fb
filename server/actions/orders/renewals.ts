import { OVERDUE_STAGE, renewalStep, yearAfter, type Day } from '../../../shared/billing/renewal'
import { renewalOf, type PricedPlan } from '../../../shared/billing/orders.plan'
import { systemScope } from '../../domains/jobs'
import type { Tx } from '../../store/bulk'
import type { Store } from '../../store/store'
import type { Change } from '../../store/transactions'
import { noticeReaders } from '../licenses/write.warn'
import { labelOf, priceOf } from './record'
import { carryOut, insertOrder } from './store'

/** What renewing needs; with `paysFirst`, what costs something waits for its payment. */
export type RenewalDeps = { store: Store; paysFirst: boolean; clock: () => Date; newId: () => string }

export const RENEWAL_JOB = 'licenses.renew'

type Term = { organizationId: string; plan: PricedPlan; quantity: number; renewsOn: Day; told: number }
/** What a mail about a term says of it: it comes to its end, it is over, or it has been renewed. */
type News = 'ahead' | 'overdue' | 'renewed'

/** A moment's day. */
export const dayOf = (at: Date): Day => at.toISOString().slice(0, 10)

/** Whether a plan renews without anybody paying first. */
export const renewsByItself = (priceCents: number, paysFirst: boolean): boolean => !paysFirst || priceCents === 0

/**
 * Does what the ends of terms ask for today: tells those who can buy, and renews what renews by itself. Each
 * organization in a change of its own, decided anew under its lock, so that nothing happens twice.
 */
export async function renewLicenses({ store, paysFirst, clock, newId }: RenewalDeps): Promise<void> {
  const now = clock()
  const due = (await store.system((db) => terms(db))).filter((term) => stepOf(term, now, paysFirst).do !== 'nothing')
  for (const organizationId of new Set(due.map((term) => term.organizationId))) {
    await store.change<null>(systemScope(organizationId, newId(), now), async (change) => {
      for (const term of await terms(change.db, organizationId)) await takeStep(change, term, paysFirst)
      return { ok: true, value: null }
    })
  }
}

const stepOf = (term: Term, now: Date, paysFirst: boolean) => renewalStep(term, dayOf(now), renewsByItself(term.plan.priceCents, paysFirst))

async function terms(db: Tx, organizationId?: string): Promise<Term[]> {
  const all = db.selectFrom('license_pools as pool').innerJoin('plans', 'plans.id', 'pool.plan').innerJoin('organizations', 'organizations.id', 'pool.organization_id')
    .select(['pool.organization_id', 'pool.plan', 'pool.quantity', 'pool.renews_on', 'pool.renewal_told', 'plans.name', 'plans.price_cents', 'plans.currency'])
    .where('organizations.deleted_at', 'is', null).where('pool.quantity', '>', 0).where('pool.renews_on', 'is not', null).orderBy('plans.rank')
  const rows = await (organizationId === undefined ? all : all.where('pool.organization_id', '=', organizationId)).execute()
  return rows.flatMap((row) => (row.renews_on === null ? [] : [{
    organizationId: row.organization_id, plan: { id: row.plan, name: row.name, priceCents: row.price_cents, currency: row.currency }, quantity: row.quantity, renewsOn: row.renews_on, told: row.renewal_told,
  }]))
}

async function takeStep(change: Change, term: Term, paysFirst: boolean): Promise<void> {
  const step = stepOf(term, change.now, paysFirst)
  if (step.do === 'renew') await renew(change, term)
  if (step.do !== 'tell') return
  await change.db.updateTable('license_pools').set({ renewal_told: step.stage }).where('organization_id', '=', term.organizationId).where('plan', '=', term.plan.id).execute()
  await tell(change, term, step.stage >= OVERDUE_STAGE ? 'overdue' : 'ahead', term.renewsOn, renewsByItself(term.plan.priceCents, paysFirst))
}

/** The term begins anew, with an order that is done, its invoice and its line of the log. */
async function renew(change: Change, term: Term): Promise<void> {
  const { organization, now } = change
  const decided = renewalOf({ plan: term.plan, pool: term, today: dayOf(now) }, false)
  const order = await insertOrder(change, {
    organization_id: organization.id, id: change.newId(), plan: term.plan.id, from_plan: null, quantity: term.quantity, amount_cents: decided.amountCents, currency: term.plan.currency, renewal: true,
    status: 'done', provider: 'manual', created_by: null, created_by_name: 'Orgdesk', created_at: now, settled_at: now, lines: decided.lines,
  })
  const changes = await carryOut(change, order, null, 'done')
  change.record({ category: 'audit', kind: 'order.repeated', ofAdmin: true, target: { type: 'order', id: order.id, label: labelOf(order) }, changes: { ...changes, ...priceOf(order) } })
  await tell(change, term, 'renewed', yearAfter(term.renewsOn), true)
}

async function tell(change: Change, { plan, quantity }: Term, news: News, on: Day, byItself: boolean): Promise<void> {
  const { organization } = change
  for (const reader of await noticeReaders(change.db, organization.id, 'subscription.manage')) {
    change.mail({
      kind: 'licenses_renewal', to: { email: reader.email, name: reader.name }, language: reader.language,
      params: { organization: organization.name, plan: plan.id, quantity, cents: quantity * plan.priceCents, currency: plan.currency, on, news, byItself },
    })
  }
}
