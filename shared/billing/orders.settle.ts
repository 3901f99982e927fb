import type { Order } from './billing.model'

type OrderStatus = Order['status']

/** What a payment provider can say of a payment in the end. */
export type PaymentOutcome = 'paid' | 'failed' | 'expired'

/**
 * The status that an outcome leads to; null where it changes nothing, however often and in whatever order outcomes
 * arrive. Money that came counts, whatever was said before; otherwise the first word on a pending order stands.
 */
export const statusAfter = (status: OrderStatus, outcome: PaymentOutcome): OrderStatus | null => {
  if (status === 'done') return null
  if (outcome === 'paid') return 'done'
  if (status !== 'pending_payment') return null
  return outcome === 'failed' ? 'failed' : 'cancelled'
}

/** How many licenses of a plan are had more (or fewer) from now on. */
export type PoolMove = { plan: string; by: number }

/**
 * What a step of an order does to quantities; `before` is null when it is placed. What is exchanged is set aside while
 * the payment is pending, and comes back where it fails. `availableFrom`: licenses of `fromPlan` that nobody holds now.
 */
export const poolMoves = ({ plan, fromPlan, quantity }: Pick<Order, 'plan' | 'fromPlan' | 'quantity'>, before: OrderStatus | null, after: OrderStatus, availableFrom: number): PoolMove[] => {
  const gained = after === 'done' ? [{ plan, by: quantity }] : []
  if (fromPlan === null) return gained
  const isSetAside = before === 'pending_payment'
  if (isSetAside) return after === 'done' ? gained : [{ plan: fromPlan, by: quantity }]
  // Paid after it was given up: what has been assigned meanwhile stays with who holds it.
  const taken = Math.min(quantity, availableFrom)
  return taken === 0 ? gained : [...gained, { plan: fromPlan, by: -taken }]
}
