import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { Order } from '../../billing/billing.model'
import { anyParams, defineScreen } from '../define'
import { poolMeter } from '../licenses/pool-meter'
import { maySell } from '../licenses/sell'
import type { ActionRef, Block, BlockOf, Env, Tone } from '../vocabulary'
import { planText } from '../words'
import { notHere, orderRef } from './order-words'

type Replies = { orders: ReplyOf<'orders.list'>; pools: ReplyOf<'licenses.list'> }

const TONES: Record<Order['status'], Tone> = { pending_payment: 'warning', done: 'success', failed: 'danger', cancelled: 'neutral' }

const orderText = ({ plan, fromPlan, quantity, renewal }: Order, env: Env): string => {
  if (renewal) return env.t('orders.renewed', { count: quantity, plan: planText(plan, env) })
  if (fromPlan !== null) return env.t('orders.changed', { count: quantity, from: planText(fromPlan, env), to: planText(plan, env) })
  return env.t(quantity > 0 ? 'orders.more' : 'orders.fewer', { count: Math.abs(quantity), plan: planText(plan, env) })
}

/** To the payment provider's page, while it still waits there. */
const payRefs = ({ status, checkoutUrl }: Order, env: Env): ActionRef[] =>
  status === 'pending_payment' && checkoutUrl !== null && maySell(env) ? [{ action: 'order.pay', args: { url: checkoutUrl }, label: env.t('orders.pay'), tone: 'primary', enabled: true }] : []

const rowOf = (order: Order, env: Env): BlockOf<'table'>['rows'][number] => {
  const title = orderText(order, env)
  return {
    id: order.id, title, cells: [title, env.t.money(order.amountCents, order.currency)], badge: { text: env.t(`order_status.${order.status}`), tone: TONES[order.status] },
    sub: env.t('orders.when_and_who', { date: env.t.date(order.createdAt), name: order.by }),
  }
}

const listBlock = ({ items, next, total }: Replies['orders'], env: Env): Block =>
  items.length === 0
    ? { is: 'empty', title: env.t('orders.none_title'), text: env.t('orders.none_text') }
    : {
        is: 'table', icon: 'billing', label: env.t('orders.title'), page: { next, total }, rows: items.map((order) => rowOf(order, env)),
        columns: [{ id: 'what', label: env.t('orders.what'), rank: 1 }, { id: 'amount', label: env.t('orders.amount'), rank: 1, end: true }],
      }

/** Orders that wait for their payment stand first: nothing changes before it. */
const waitingBlocks = (orders: readonly Order[], env: Env): Block[] =>
  orders.filter(({ status }) => status === 'pending_payment' && maySell(env)).map((order) => {
    const params = { order: orderText(order, env) }
    const actions = payRefs(order, env)
    // A provider that is away for a moment is asked again.
    return actions.length === 0 ? { is: 'notice', tone: 'warning', text: env.t('orders.page_comes', params) } : { is: 'notice', tone: 'info', text: env.t('orders.waits', params), actions }
  })

/** Buying stands at the foot of the screen, so no meter repeats it. */
const meters = (pools: Replies['pools']['items'], env: Env): Block[] =>
  pools.length === 0 ? [] : [{ is: 'section', title: env.t('licenses.title'), blocks: [
    ...pools.map((pool) => ({ ...poolMeter(pool, env), action: undefined })),
    ...(maySell(env) ? [{ is: 'actions' as const, items: [orderRef('reduce', env), orderRef('change', env)] }] : []),
  ] }]

/** What was ordered, what waits for its payment, and where to order more or less. */
export const ordersScreen = defineScreen<Partial<Replies>>({
  id: 'orders',
  parse: anyParams,
  needs: (params, env) => (env.can.purchase ? { orders: call('orders.list', { query: { cursor: params['cursor'], limit: String(env.can.pageSize) } }), pools: call('licenses.list', {}) } : {}),
  optional: ['pools'],
  shape: ['meter', 'table'],
  cache: { forS: 30, tags: ['orders', 'licenses'] },
  watch: { topics: ['orders', 'licenses'] },
  view: ({ orders, pools }, _params, _draft, env) => {
    const title = env.t('orders.title')
    if (!env.can.purchase || !orders?.ok || orders.value === undefined) return { title, blocks: [notHere(env)] }
    return {
      title,
      blocks: [...waitingBlocks(orders.value.items, env), ...meters(pools?.ok ? pools.value?.items ?? [] : [], env), listBlock(orders.value, env)],
      ...(maySell(env) ? { primary: orderRef('buy', env) } : {}),
    }
  },
})
