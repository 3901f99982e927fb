import { holds, type Viewer } from '../../../shared/access/access.policy'
import { renewAbility } from '../../../shared/billing/renewal'
import type { LicensePlan, LicensePool } from '../../../shared/licenses/licenses.model'
import { done, refused, type Handler } from '../../http/handler'
import type { Tx } from '../../store/bulk'
import { kept } from '../../store/kept'
import type { ActionDeps } from '../deps'
import { dayOf, renewsByItself } from '../orders/renewals'
import { waitingRenewals } from '../orders/store'

/** `GET /v1/plans`: the kinds of license, cheapest first. */
export const plansList = ({ store }: ActionDeps): Handler<'plans.list'> => async (_input, { viewer }) => {
  const rows = await store.read(viewer.organizationId, (db) => db.selectFrom('plans').selectAll().orderBy('rank').execute())
  return done({
    items: rows.map((row): LicensePlan => ({
      id: row.id, name: row.name, rank: row.rank, attachmentMb: row.attachment_mb, messagesPerMonth: row.messages_per_month, signatories: row.signatories, priceCents: row.price_cents, currency: row.currency,
    })),
  })
}

/** `GET /v1/licenses`: the pools, in the order of their plans. */
export const licensesList = ({ store, payment }: ActionDeps): Handler<'licenses.list'> => async (_input, { viewer, now }) => {
  if (!holds(viewer, 'licenses.view')) return refused('access.denied')
  return done({ items: await store.read(viewer.organizationId, (db) => readPools(db, viewer, { paysFirst: payment.provider !== 'manual', now })) })
}

/** Whether orders are paid before they are had, and which moment it is. */
export type Terms = { paysFirst: boolean; now: Date }

/** The pools of the organization with their counts of this moment. */
export async function readPools(db: Tx, viewer: Viewer, { paysFirst, now }: Terms): Promise<LicensePool[]> {
  const { organizationId } = viewer
  const [pools, active, waiting] = await Promise.all([
    kept(db).selectFrom('license_pools').innerJoin('plans', 'plans.id', 'license_pools.plan')
      .select(['license_pools.plan', 'license_pools.quantity', 'license_pools.assigned', 'license_pools.renews_on', 'plans.price_cents'])
      .where('license_pools.organization_id', '=', organizationId).orderBy('plans.rank').execute(),
    kept(db).selectFrom('licenses').select(({ fn }) => ['plan', fn.countAll<number>().as('count')])
      .where('organization_id', '=', organizationId).where('state', '=', 'active').groupBy('plan').execute(),
    waitingRenewals(db, organizationId),
  ])
  const activeByPlan = new Map(active.map(({ plan, count }) => [plan, Number(count)]))
  return pools.map(({ plan, quantity, assigned, renews_on: end, price_cents: priceCents }) => {
    const renewsOn = quantity === 0 ? null : end
    const byItself = renewsByItself(priceCents, paysFirst)
    return {
      plan, quantity, assigned, active: activeByPlan.get(plan) ?? 0, available: quantity - assigned, renewsOn, renewal: byItself ? 'automatic' : 'payment',
      abilities: { 'pool.renew': renewAbility({ quantity, renewsOn }, { byItself, waits: waiting.includes(plan) }, viewer, dayOf(now)) },
    }
  })
}
