import { POOL_WARNS_AT, type LicensePool } from '../../licenses/licenses.model'
import type { ActionRef, BlockOf, Env } from '../vocabulary'
import { planText } from '../words'
import { buyAction, maySell } from './sell'

/** Paying a pool's term for another year, where it is time for it. */
export const renewActions = ({ plan, abilities }: LicensePool, env: Env): ActionRef[] =>
  maySell(env) && abilities['pool.renew'] === true ? [{ action: 'order.renew', args: { plan }, label: env.t('orders.renew'), tone: 'primary', enabled: true }] : []

/** How full one pool is, the same wherever a license can be assigned, with *Buy licenses* right there. */
export const poolMeter = (pool: LicensePool, env: Env, choosing?: number): BlockOf<'meter'> => ({
  is: 'meter', label: planText(pool.plan, env), used: pool.assigned, total: pool.quantity, choosing, warnAt: POOL_WARNS_AT,
  text: env.t('pool.meter', { used: pool.assigned, total: pool.quantity, plan: planText(pool.plan, env) }),
  ...buyAction(pool.plan, env, (choosing ?? 0) - pool.available),
})

const isNearlyFull = ({ assigned, quantity }: LicensePool): boolean => assigned >= quantity * POOL_WARNS_AT

/** The pools beside the choice of one: the chosen one first, counting the choice, then those that are nearly full; all of them before anything is chosen. */
export const poolMeters = (pools: readonly LicensePool[], plan: string, choosing: number, env: Env): BlockOf<'meter'>[] =>
  [
    ...pools.filter((pool) => pool.plan === plan).map((pool) => poolMeter(pool, env, choosing)),
    ...pools.filter((pool) => pool.plan !== plan && (plan === '' || isNearlyFull(pool))).map((pool) => poolMeter(pool, env)),
  ]
