import { holds } from '../../../shared/access/access.policy'
import { ORDER_MAX, type Order } from '../../../shared/billing/billing.model'
import { planOrder, type OrderDecision, type OrderSnapshot, type PricedPlan } from '../../../shared/billing/orders.plan'
import type { BodyOf } from '../../../shared/api/contract'
import type { Issue } from '../../../shared/errors'
import { refused, type Handler } from '../../http/handler'
import type { Tx } from '../../store/bulk'
import type { ActionDeps } from '../deps'
import { runPlanned, type Refusal, type WriteContext } from '../planned'
import { placeOrder, withCheckout } from './place'
import { dayOf } from './renewals'
import { loadTerms } from './store'

type Wish = BodyOf<'orders.add'>

/** Far above what anybody buys, far below what the columns hold. */
const POOL_MAX = 1_000_000

/** `POST /v1/orders`: buy, reduce or exchange. What is to be paid first is recorded, and its page is asked for outside of the change. */
export const ordersAdd = (deps: ActionDeps): Handler<'orders.add'> => async ({ body }, ctx) => {
  if (!holds(ctx.viewer, 'subscription.manage')) return refused('access.denied')
  const { store, payment } = deps
  return withCheckout(deps, ctx, await runPlanned<OrderSnapshot, OrderDecision, Order>(store, ctx, {
    load: (db) => loadOrder(db, ctx, body, payment.provider !== 'manual'),
    decide: (snapshot) => planOrder(snapshot, ctx.viewer),
    apply: (change, _snapshot, { order }) => {
      if (order === null) throw new Error('a plan with targets has an order')
      return placeOrder(change, ctx, order, payment.provider)
    },
  }))
}

async function loadOrder(db: Tx, { viewer, now }: WriteContext, wish: Wish, paysFirst: boolean): Promise<{ ok: true; value: OrderSnapshot } | Refusal> {
  const rows = await db.selectFrom('plans').select(['id', 'name', 'price_cents', 'currency']).where('id', 'in', [wish.plan, wish.fromPlan ?? wish.plan]).execute()
  const priced = (id: string | undefined): PricedPlan | null => {
    const row = rows.find((one) => one.id === id)
    return row === undefined ? null : { id: row.id, name: row.name, priceCents: row.price_cents, currency: row.currency }
  }
  const [plan, from] = [priced(wish.plan), priced(wish.fromPlan)]
  const pools = await loadTerms(db, viewer.organizationId)
  const issues = issuesOf(wish, { isPlan: plan !== null, isFrom: from !== null, had: pools.find((pool) => pool.plan === wish.plan)?.quantity ?? 0 })
  if (issues.length > 0 || plan === null) return { ok: false, code: 'request.invalid', issues }
  return { ok: true, value: { pools, wish: { plan, quantity: wish.quantity, from }, paysFirst, today: dayOf(now) } }
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
