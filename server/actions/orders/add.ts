import { holds, isAdministrator } from '../../../shared/access/access.policy'
import { ORDER_MAX, type Order } from '../../../shared/billing/billing.model'
import { planOrder, type DecidedOrder, type OrderDecision, type OrderSnapshot, type PricedPlan } from '../../../shared/billing/orders.plan'
import type { BodyOf } from '../../../shared/api/contract'
import type { Issue } from '../../../shared/errors'
import { done, refused, type Handler } from '../../http/handler'
import type { Tx } from '../../store/bulk'
import type { Change } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import { runPlanned, type Refusal, type WriteContext } from '../planned'
import { checkoutEnd, ensureCheckout } from './checkout'
import { OPEN_CHECKOUT_JOB, RECONCILE_JOB } from './job.kinds'
import { labelOf, toOrder } from './record'
import { carryOut, insertOrder, loadPools } from './store'

type Wish = BodyOf<'orders.add'>

/** Far above what anybody buys, far below what the columns hold. */
const POOL_MAX = 1_000_000
const MINUTE_MS = 60_000
/** The provider closes the page first, and tells so. */
const RECONCILE_AFTER_MS = 10 * MINUTE_MS
/** A provider that is away for a week is still asked. */
const RECONCILE_ATTEMPTS = 200

/** `POST /v1/orders`: buy, reduce or exchange. What is to be paid first is recorded, and its page is asked for outside of the change. */
export const ordersAdd = (deps: ActionDeps): Handler<'orders.add'> => async ({ body }, ctx) => {
  if (!holds(ctx.viewer, 'subscription.manage')) return refused('access.denied')
  const { store, payment } = deps
  const outcome = await runPlanned<OrderSnapshot, OrderDecision, Order>(store, ctx, {
    load: (db) => loadOrder(db, ctx, body, payment.provider !== 'manual'),
    decide: (snapshot) => planOrder(snapshot, ctx.viewer),
    apply: (change, _snapshot, { order }) => {
      if (order === null) throw new Error('a plan with targets has an order')
      return placeOrder(change, ctx, order, payment.provider)
    },
  })
  if (!outcome.ok || 'planned' in outcome || outcome.value.status !== 'pending_payment' || payment.provider === 'manual') return outcome
  const checkout = await ensureCheckout({ store, payment, organizationId: ctx.viewer.organizationId, orderId: outcome.value.id, requestId: ctx.requestId, now: ctx.now })
  if (checkout.is === 'refused') return refused('order.payment_failed')
  return done({ ...outcome.value, checkoutUrl: checkout.is === 'open' ? checkout.url : null })
}

async function loadOrder(db: Tx, { viewer }: WriteContext, wish: Wish, paysFirst: boolean): Promise<{ ok: true; value: OrderSnapshot } | Refusal> {
  const rows = await db.selectFrom('plans').select(['id', 'name', 'price_cents', 'currency']).where('id', 'in', [wish.plan, wish.fromPlan ?? wish.plan]).execute()
  const priced = (id: string | undefined): PricedPlan | null => {
    const row = rows.find((one) => one.id === id)
    return row === undefined ? null : { id: row.id, name: row.name, priceCents: row.price_cents, currency: row.currency }
  }
  const [plan, from] = [priced(wish.plan), priced(wish.fromPlan)]
  const pools = await loadPools(db, viewer.organizationId)
  const issues = issuesOf(wish, { isPlan: plan !== null, isFrom: from !== null, had: pools.find((pool) => pool.plan === wish.plan)?.quantity ?? 0 })
  if (issues.length > 0 || plan === null) return { ok: false, code: 'request.invalid', issues }
  return { ok: true, value: { pools, wish: { plan, quantity: wish.quantity, from }, paysFirst } }
}

function issuesOf({ plan, fromPlan, quantity }: Wish, { isPlan, isFrom, had }: { isPlan: boolean; isFrom: boolean; had: number }): Issue[] {
  const issues: Issue[] = []
  if (!isPlan) issues.push({ code: 'plan.unknown', path: 'plan' })
  if (fromPlan !== undefined && !isFrom) issues.push({ code: 'plan.unknown', path: 'fromPlan' })
  if (fromPlan === plan) issues.push({ code: 'field.not_an_option', path: 'fromPlan' })
  if (fromPlan !== undefined && quantity < 0) issues.push({ code: 'field.too_small', path: 'quantity', params: { limit: 1 } })
  if (quantity > 0 && had + quantity > POOL_MAX) issues.push({ code: 'field.too_large', path: 'quantity', params: { limit: Math.min(ORDER_MAX, POOL_MAX - had) } })
  return issues
}

async function placeOrder(change: Change, { viewer }: WriteContext, decided: DecidedOrder, provider: string): Promise<Order> {
  const { organization, now } = change
  const order = await insertOrder(change, {
    organization_id: organization.id, id: change.newId(), plan: decided.plan.id, from_plan: decided.from?.id ?? null, quantity: decided.quantity, amount_cents: decided.amountCents, currency: decided.plan.currency,
    status: decided.waits ? 'pending_payment' : 'done', provider, created_by: viewer.userId, created_by_name: viewer.name || viewer.email, created_at: now, settled_at: decided.waits ? null : now, lines: decided.lines,
  })
  const changes = await carryOut(change, order, null, order.status)
  change.record({
    category: 'audit', kind: 'order.placed', ofAdmin: isAdministrator(viewer), target: { type: 'order', id: order.id, label: labelOf(order) },
    changes: { ...changes, amountCents: { from: null, to: order.amount_cents }, currency: { from: null, to: order.currency } },
  })
  if (decided.waits) {
    // The request opens the page itself; these see to it if it can't, and if the provider's notice never comes.
    change.job({ kind: OPEN_CHECKOUT_JOB, payload: { orderId: order.id }, runAt: new Date(now.getTime() + MINUTE_MS) })
    change.job({ kind: RECONCILE_JOB, payload: { orderId: order.id }, runAt: new Date(checkoutEnd(order).getTime() + RECONCILE_AFTER_MS), maxAttempts: RECONCILE_ATTEMPTS })
  }
  return toOrder(order)
}
