import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { LicensePool } from '../../licenses/licenses.model'
import { anyParams, defineScreen } from '../define'
import type { ScreenId } from '../ids'
import type { ActionRef, Block, Env, Icon } from '../vocabulary'
import { planText } from '../words'
import { poolMeter, renewActions } from './pool-meter'
import { maySell } from './sell'

type Replies = { pools: ReplyOf<'licenses.list'> }

const actionsBlocks = (items: ActionRef[]): Block[] => (items.length === 0 ? [] : [{ is: 'actions', items }])

const poolSection = (pool: LicensePool, env: Env): Block => ({
  is: 'section', title: planText(pool.plan, env),
  blocks: [
    // The section says the plan already.
    { ...poolMeter(pool, env), label: env.t('pool.assigned') },
    { is: 'facts', items: [
      { label: env.t('pool.active'), value: env.t.number(pool.active) },
      { label: env.t('pool.available'), value: env.t.number(pool.available) },
      ...(pool.renewsOn === null || !env.can.purchase ? [] : [{ label: env.t(pool.renewal === 'payment' ? 'pool.renew_by' : 'pool.renews_on'), value: env.t.date(pool.renewsOn) }]),
    ] },
    ...actionsBlocks(renewActions(pool, env)),
  ],
})

const linksBlock = (env: Env): Block => {
  const may = env.viewer?.abilities
  const link = (screen: ScreenId, icon: Icon, phrase: 'unused.title' | 'orders.title' | 'invoices.title' | 'billing.title') => ({ label: env.t(phrase), icon, open: { screen, params: {} } })
  return { is: 'links', items: [
    link('licenses_unused', 'license', 'unused.title'),
    ...(may?.['orders.view'] === true && env.can.purchase ? [link('orders', 'billing', 'orders.title')] : []),
    ...(may?.['billing.view'] === true ? [link('invoices', 'billing', 'invoices.title'), link('billing', 'billing', 'billing.title')] : []),
  ] }
}

const noneBlock = (env: Env): Block => ({
  is: 'empty', title: env.t('licenses.none_title'), text: env.t('licenses.none_text'),
  ...(maySell(env) ? { action: { action: 'nav.order', args: {}, label: env.t('orders.buy'), tone: 'primary', enabled: true } } : {}),
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
    const { items } = pools.value
    return { title, blocks: [...(items.length === 0 ? [noneBlock(env)] : items.map((pool) => poolSection(pool, env))), linksBlock(env)] }
  },
})
