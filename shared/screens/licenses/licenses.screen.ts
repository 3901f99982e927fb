import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { POOL_WARNS_AT, type LicensePool } from '../../licenses/licenses.model'
import { anyParams, defineScreen } from '../define'
import type { Block, BlockOf, Env } from '../vocabulary'
import { planText } from '../words'

type Replies = { pools: ReplyOf<'licenses.list'> }

/** How full one pool is, the same wherever a license can be assigned. */
export const poolMeter = (pool: LicensePool, env: Env, choosing?: number): BlockOf<'meter'> => ({
  is: 'meter', label: planText(pool.plan, env), used: pool.assigned, total: pool.quantity, choosing, warnAt: POOL_WARNS_AT,
  text: env.t('pool.meter', { used: pool.assigned, total: pool.quantity, plan: planText(pool.plan, env) }),
})

const poolSection = (pool: LicensePool, env: Env): Block => ({
  is: 'section', title: planText(pool.plan, env),
  blocks: [
    // The section says the plan already.
    { ...poolMeter(pool, env), label: env.t('pool.assigned') },
    { is: 'facts', items: [
      { label: env.t('pool.active'), value: env.t.number(pool.active) },
      { label: env.t('pool.available'), value: env.t.number(pool.available) },
      ...(pool.renewsOn === null ? [] : [{ label: env.t('pool.renews_on'), value: env.t.date(pool.renewsOn) }]),
    ] },
  ],
})

/** License pools: bought, assigned, activated, left. */
export const licensesScreen = defineScreen<Replies>({
  id: 'licenses',
  parse: anyParams,
  needs: () => ({ pools: call('licenses.list', {}) }),
  shape: ['meter', 'facts'],
  cache: { forS: 30, tags: ['licenses'] },
  watch: { topics: ['licenses'] },
  view: ({ pools }, _params, _draft, env) => {
    const title = env.t('licenses.title')
    if (!pools.ok) return { title, blocks: [] }
    if (pools.value.items.length === 0) return { title, blocks: [{ is: 'empty', title: env.t('licenses.none_title'), text: env.t('licenses.none_text') }] }
    return { title, blocks: pools.value.items.map((pool) => poolSection(pool, env)) }
  },
})
