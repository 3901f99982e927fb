import { holds } from '../../../shared/access/access.policy'
import type { BodyOf } from '../../../shared/api/contract'
import type { Order } from '../../../shared/billing/billing.model'
import { planRenewal, type OrderDecision, type RenewalSnapshot } from '../../../shared/billing/orders.plan'
import { refused, type Handler } from '../../http/handler'
import type { Tx } from '../../store/bulk'
import type { ActionDeps } from '../deps'
import { runPlanned, type Refusal, type WriteContext } from '../planned'
import { placeOrder, withCheckout } from './place'
import { dayOf, renewsByItself } from './renewals'
import { waitingRenewals } from './store'

/** `POST /v1/orders/renewal`: the licenses of a plan for another year, where that is to be paid first. */
export const ordersRenew = (deps: ActionDeps): Handler<'orders.renew'> => async ({ body }, ctx) => {
  if (!holds(ctx.viewer, 'subscription.manage')) return refused('access.denied')
  const { store, payment } = deps
  return withCheckout(deps, ctx, await runPlanned<RenewalSnapshot, OrderDecision, Order>(store, ctx, {
    load: (db) => loadRenewal(db, ctx, body, payment.provider !== 'manual'),
    decide: (snapshot) => planRenewal(snapshot, ctx.viewer),
    apply: (change, _snapshot, { order }) => {
      if (order === null) throw new Error('a plan with targets has an order')
      return placeOrder(change, ctx, order, payment.provider)
    },
  }))
}

async function loadRenewal(db: Tx, { viewer: { organizationId }, now }: WriteContext, { plan: id }: BodyOf<'orders.renew'>, paysFirst: boolean): Promise<{ ok: true; value: RenewalSnapshot } | Refusal> {
  const row = await db.selectFrom('plans').leftJoin('license_pools as pool', (join) => join.onRef('pool.plan', '=', 'plans.id').on('pool.organization_id', '=', organizationId))
    .select(['plans.id', 'plans.name', 'plans.price_cents', 'plans.currency', 'pool.quantity', 'pool.renews_on']).where('plans.id', '=', id).executeTakeFirst()
  if (row === undefined) return { ok: false, code: 'request.invalid', issues: [{ code: 'plan.unknown', path: 'plan' }] }
  const waits = (await waitingRenewals(db, organizationId)).includes(id)
  return { ok: true, value: {
    plan: { id: row.id, name: row.name, priceCents: row.price_cents, currency: row.currency }, pool: { quantity: row.quantity ?? 0, renewsOn: row.renews_on },
    renewing: { byItself: renewsByItself(row.price_cents, paysFirst), waits }, today: dayOf(now),
  } }
}
