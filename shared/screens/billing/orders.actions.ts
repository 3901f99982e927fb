import { call, dryRun } from '../../api/call'
import type { BodyIn, ReplyOf } from '../../api/contract'
import type { Issue } from '../../errors'
import { compact, defineAction } from '../define'
import { typed } from '../forms'
import type { Draft, Effect, Env, Params } from '../vocabulary'
import { kindOf } from './order-words'

const quantityOf = (args: Params, draft: Draft): string => typed(draft, 'quantity', args['quantity']).trim()

/** An order as the wire takes it: a reduction is a negative quantity. */
export const orderBody = (args: Params, draft: Draft): BodyIn<'orders.add'> => {
  const kind = kindOf(args['kind'])
  const count = Number(quantityOf(args, draft))
  return { plan: typed(draft, 'plan', args['plan']), quantity: kind === 'reduce' ? -count : count, ...(kind === 'change' ? { fromPlan: typed(draft, 'fromPlan', args['from']) } : {}) }
}

const issuesOf = (args: Params, draft: Draft): Issue[] => {
  const quantity = quantityOf(args, draft)
  return [
    ...(orderBody(args, draft).plan === '' ? [{ code: 'field.required' as const, path: 'plan' }] : []),
    ...(quantity === '' ? [{ code: 'quantity.zero' as const, path: 'quantity' }] : !/^\d{1,6}$/.test(quantity) ? [{ code: 'field.invalid' as const, path: 'quantity' }] : Number(quantity) === 0 ? [{ code: 'quantity.zero' as const, path: 'quantity' }] : []),
  ]
}

/** Where an order leads: back to whoever missed licenses, or to the orders, where the one that waits for payment stands first. */
const afterOrder = ({ status }: ReplyOf<'orders.add'>, env: Env): Effect[] =>
  status === 'pending_payment'
    ? [{ do: 'notify', tone: 'info', text: env.t('orders.was_placed') }, { do: 'replace', to: { screen: 'orders', params: {} } }]
    : [{ do: 'notify', tone: 'success', text: env.t('orders.was_done') }, { do: 'back' }]

/** Ordering licenses, and paying for them. */
export const ordersActions = {
  'nav.order': defineAction({ confirm: 'never', then: (_reply, args) => [{ do: 'open', to: { screen: 'order', params: compact({ kind: args['kind'], plan: args['plan'], quantity: args['quantity'] }) } }], changes: [] }),
  'nav.unused': defineAction({ confirm: 'never', then: (_reply, args) => [{ do: 'replace', to: { screen: 'licenses_unused', params: compact({ days: args['days'] }) } }], changes: [] }),
  'order.add': defineAction<ReplyOf<'orders.add'>>({
    check: issuesOf,
    plan: (args, draft) => dryRun('orders.add', { body: orderBody(args, draft) }),
    confirm: 'always',
    request: (args, draft, digest) => call('orders.add', { body: orderBody(args, draft), digest }),
    then: (order, _args, _draft, env) => afterOrder(order, env),
    changes: ['orders', 'licenses', 'events', 'mail', 'me'],
  }),
  /** All licenses of a plan for another year; nothing is typed. */
  'order.renew': defineAction<ReplyOf<'orders.renew'>>({
    plan: (args) => dryRun('orders.renew', { body: { plan: args['plan'] ?? '' } }),
    confirm: 'always',
    request: (args, _draft, digest) => call('orders.renew', { body: { plan: args['plan'] ?? '' }, digest }),
    then: (order, _args, _draft, env) => afterOrder(order, env),
    changes: ['orders', 'licenses', 'events', 'me'],
  }),
  /** Opens the payment provider's own page: nothing about cards is typed here. */
  'order.pay': defineAction({ confirm: 'never', then: (_reply, args) => (args['url'] ? [{ do: 'link', url: args['url'] }] : []), changes: [] }),
}
