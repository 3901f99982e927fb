import { holds, type Viewer } from '../access/access.policy'
import type { Consequence, Plan } from '../change-plan'
import { consequence } from '../changes/consequences'
import { refusedOf, toPlan } from '../changes/decision'
import type { LicensePlan } from '../licenses/licenses.model'
import { availableOf, type PoolSnapshot } from '../users/snapshot.model'
import type { Invoice } from './billing.model'
import { renewAbility, yearAfter, type Day, type PoolTerm, type Renewing } from './renewal'

/** A kind of license as far as it is bought. */
export type PricedPlan = Pick<LicensePlan, 'id' | 'name' | 'priceCents' | 'currency'>

/** What is ordered: `quantity` licenses of `plan` more (or fewer); with `from`, in exchange for as many of that plan. */
export type OrderWish = { plan: PricedPlan; quantity: number; from: PricedPlan | null }

/** What an order stands on. `paysFirst`: what costs something is paid before it is had. */
export type OrderSnapshot = { pools: readonly (PoolSnapshot & { renewsOn: Day | null })[]; wish: OrderWish; paysFirst: boolean; today: Day }

type Line = Invoice['lines'][number]

/** What to store of an order; `until`: the new end of the term that it renews, where no quantity moves. `waits` for its payment. The lines are those of its invoice and sum up to the amount. */
export type DecidedOrder = { plan: PricedPlan; from: PricedPlan | null; quantity: number; amountCents: number; lines: Line[]; waits: boolean; until: Day | null }
export type OrderDecision = { plan: Plan; order: DecidedOrder | null }

const lineOf = ({ id, name }: PricedPlan, quantity: number, amountCents: number): Line => ({ text: name, plan: id, quantity, amountCents })

/** The lines of an order's invoice: what is given up is credited against what is bought for it, and never paid out. */
export const linesOf = ({ plan, quantity, from }: OrderWish): Line[] => {
  if (quantity < 0) return [lineOf(plan, quantity, 0)]
  const cents = quantity * plan.priceCents
  const bought = lineOf(plan, quantity, cents)
  if (from === null) return [bought]
  const credit = from.currency === plan.currency ? Math.min(cents, quantity * from.priceCents) : 0
  return [bought, lineOf(from, -quantity, credit === 0 ? 0 : -credit)]
}

/** What the order does to quantities: the plan of which licenses are given up, and how many, must not be held by anybody. */
const givenUp = ({ plan, quantity, from }: OrderWish): { plan: PricedPlan; count: number } | null => {
  if (quantity < 0) return { plan, count: -quantity }
  return from === null ? null : { plan: from, count: quantity }
}

/** The end of the term that something bought today belongs to: that of its pool, or a year from now where it is the first. */
const termEnd = (pool: { quantity: number; renewsOn: Day | null } | undefined, today: Day): Day =>
  pool === undefined || pool.quantity === 0 ? yearAfter(today) : pool.renewsOn ?? yearAfter(today)

const consequencesOf = ({ pools, wish, paysFirst, today }: OrderSnapshot, amountCents: number, waits: boolean): Consequence[] => {
  const { plan, quantity, from } = wish
  const pool = pools.find((candidate) => candidate.plan === plan.id)
  const left = (pool?.quantity ?? 0) + quantity
  if (quantity < 0) return [consequence('plan.licenses_given_up', { count: -quantity, plan: plan.id, quantity: left }), consequence('plan.nothing_refunded', {})]
  const what = from === null
    ? consequence('plan.licenses_bought', { count: quantity, plan: plan.id, quantity: left })
    : consequence('plan.licenses_exchanged', { count: quantity, from: from.id, to: plan.id })
  const price = amountCents === 0 ? consequence('plan.costs_nothing', {}) : consequence('plan.costs', { cents: amountCents, currency: plan.currency })
  const payment = waits ? [consequence('plan.payment_first', {})] : []
  const aside = waits && from !== null ? [consequence('plan.licenses_set_aside', { count: quantity, plan: from.id })] : []
  const on = termEnd(pool, today)
  const term = plan.priceCents === 0 ? [] : [paysFirst ? consequence('plan.paid_until', { on }) : consequence('plan.renews_by_itself', { on })]
  return [what, price, ...term, ...payment, ...aside]
}

/** Buy, reduce or exchange licenses: never below what is assigned, at the prices of this moment. */
export const planOrder = (snapshot: OrderSnapshot, viewer: Viewer): OrderDecision => {
  const { wish, pools, paysFirst } = snapshot
  const target = { id: wish.plan.id, label: wish.plan.name }
  const kind = wish.quantity < 0 ? 'order.reduce' : 'order.add'
  if (!holds(viewer, 'subscription.manage')) return { plan: toPlan(kind, { refused: [refusedOf(target, 'access.denied')] }), order: null }
  const less = givenUp(wish)
  if (less !== null && availableOf({ pools }, less.plan.id) < less.count) {
    return { plan: toPlan(kind, { refused: [refusedOf({ id: less.plan.id, label: less.plan.name }, 'order.below_assigned')] }), order: null }
  }
  const lines = linesOf(wish)
  const amountCents = lines.reduce((sum, line) => sum + line.amountCents, 0)
  const waits = paysFirst && amountCents > 0
  return {
    plan: toPlan(kind, { targets: [target], consequences: consequencesOf(snapshot, amountCents, waits) }),
    order: { plan: wish.plan, from: wish.from, quantity: wish.quantity, amountCents, lines, waits, until: null },
  }
}

/** What a renewal stands on: a pool with its term, and the price of this moment. */
export type RenewalSnapshot = { plan: PricedPlan; pool: Omit<PoolTerm, 'told'>; renewing: Renewing; today: Day }

/** Everything of a pool for another year, from the end of the one that runs. */
export const renewalOf = ({ plan, pool, today }: Pick<RenewalSnapshot, 'plan' | 'pool' | 'today'>, waits: boolean): DecidedOrder => {
  const lines = linesOf({ plan, quantity: pool.quantity, from: null })
  return { plan, from: null, quantity: pool.quantity, amountCents: pool.quantity * plan.priceCents, lines, waits, until: yearAfter(pool.renewsOn ?? today) }
}

/** Pay a term that nears its end, or is over, for another year. */
export const planRenewal = (snapshot: RenewalSnapshot, viewer: Viewer): OrderDecision => {
  const { plan, pool, renewing, today } = snapshot
  const target = { id: plan.id, label: plan.name }
  const ability = renewAbility(pool, renewing, viewer, today)
  if (ability !== true) return { plan: toPlan('order.renew', { refused: [refusedOf(target, ability)] }), order: null }
  const order = renewalOf(snapshot, true)
  return {
    plan: toPlan('order.renew', { targets: [target], consequences: [
      consequence('plan.licenses_renewed', { count: pool.quantity, plan: plan.id, on: order.until ?? today }),
      consequence('plan.costs', { cents: order.amountCents, currency: plan.currency }), consequence('plan.payment_first', {}),
    ] }),
    order,
  }
}
