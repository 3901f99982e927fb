import { isAdministrator } from '../../../shared/access/access.policy'
import type { Order } from '../../../shared/billing/billing.model'
import type { DecidedOrder } from '../../../shared/billing/orders.plan'
import { done, refused, type Outcome } from '../../http/handler'
import type { Change } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import type { WriteContext } from '../planned'
import { checkoutEnd, ensureCheckout } from './checkout'
import { OPEN_CHECKOUT_JOB, RECONCILE_JOB } from './job.kinds'
import { labelOf, priceOf, toOrder } from './record'
import { carryOut, insertOrder } from './store'

const MINUTE_MS = 60_000
/** The provider closes the page first, and tells so. */
const RECONCILE_AFTER_MS = 10 * MINUTE_MS
/** A provider that is away for a week is still asked. */
const RECONCILE_ATTEMPTS = 200

/** Stores an order as it was decided, with its line of the log, and carries it out unless it waits for its payment. Runs under the organization's lock. */
export async function placeOrder(change: Change, { viewer }: WriteContext, decided: DecidedOrder, provider: string): Promise<Order> {
  const { organization, now } = change
  const order = await insertOrder(change, {
    organization_id: organization.id, id: change.newId(), plan: decided.plan.id, from_plan: decided.from?.id ?? null, quantity: decided.quantity, amount_cents: decided.amountCents, currency: decided.plan.currency, renewal: decided.until !== null,
    status: decided.waits ? 'pending_payment' : 'done', provider, created_by: viewer.userId, created_by_name: viewer.name || viewer.email, created_at: now, settled_at: decided.waits ? null : now, lines: decided.lines,
  })
  const changes = await carryOut(change, order, null, order.status)
  change.record({
    category: 'audit', kind: 'order.placed', ofAdmin: isAdministrator(viewer), target: { type: 'order', id: order.id, label: labelOf(order) },
    changes: { ...changes, ...priceOf(order), ...(decided.until === null ? {} : { renewsOn: { from: null, to: decided.until } }) },
  })
  if (decided.waits) {
    // The request opens the page itself; these see to it if it can't, and if the provider's notice never comes.
    change.job({ kind: OPEN_CHECKOUT_JOB, payload: { orderId: order.id }, runAt: new Date(now.getTime() + MINUTE_MS) })
    change.job({ kind: RECONCILE_JOB, payload: { orderId: order.id }, runAt: new Date(checkoutEnd(order).getTime() + RECONCILE_AFTER_MS), maxAttempts: RECONCILE_ATTEMPTS })
  }
  return toOrder(order)
}

/** What placing an order answers: one that waits for its payment with its page, which is asked for outside of the change. */
export async function withCheckout({ store, payment }: ActionDeps, ctx: WriteContext, outcome: Outcome<Order>): Promise<Outcome<Order>> {
  if (!outcome.ok || 'planned' in outcome || outcome.value.status !== 'pending_payment' || payment.provider === 'manual') return outcome
  const checkout = await ensureCheckout({ store, payment, organizationId: ctx.viewer.organizationId, orderId: outcome.value.id, requestId: ctx.requestId, now: ctx.now })
  if (checkout.is === 'refused') return refused('order.payment_failed')
  return done({ ...outcome.value, checkoutUrl: checkout.is === 'open' ? checkout.url : null })
}
