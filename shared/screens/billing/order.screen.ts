import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { POOL_WARNS_AT, type LicensePool } from '../../licenses/licenses.model'
import { compact, defineScreen } from '../define'
import { option, typed } from '../forms'
import type { Block, Draft, Env, Field, Option, Params, ScreenDef } from '../vocabulary'
import { planText } from '../words'
import { kindOf, notHere, ORDER_KINDS, type OrderKind } from './order-words'

type Replies = { plans: ReplyOf<'plans.list'>; pools: ReplyOf<'licenses.list'> }
type Known = { [K in keyof Replies]: Replies[K]['items'] }
/** What the form holds: for a change, `from` gives up what `plan` gets. */
type Choice = { kind: OrderKind; plan: string; from: string; quantity: string }

const parse: ScreenDef<Replies>['parse'] = ({ kind, plan, quantity }) => {
  if (kind !== undefined && !(ORDER_KINDS as readonly string[]).includes(kind)) return { ok: false, issues: [{ code: 'field.not_an_option', path: 'kind' }] }
  if (quantity !== undefined && !/^\d{1,6}$/.test(quantity)) return { ok: false, issues: [{ code: 'field.invalid', path: 'quantity' }] }
  return { ok: true, params: compact({ kind, plan, quantity }) }
}

const choiceOf = (known: Known, params: Params, draft: Draft): Choice => {
  const kind = kindOf(params['kind'])
  const free = (known.pools.find(({ available }) => available > 0) ?? known.pools.find(({ quantity }) => quantity > 0))?.plan
  const from = kind === 'change' ? typed(draft, 'fromPlan', params['plan'] ?? free) : ''
  const first = kind === 'reduce' ? free : known.plans.find(({ id }) => id !== from)?.id
  return { kind, from, plan: typed(draft, 'plan', (kind === 'change' ? undefined : params['plan']) ?? first), quantity: typed(draft, 'quantity', params['quantity'] ?? '') }
}

const priced = (known: Known, without: string, env: Env): Option[] =>
  known.plans.filter(({ id }) => id !== without).map(({ id, priceCents, currency }) => ({ ...option(id, planText(id, env)), note: env.t('orders.each', { price: env.t.money(priceCents, currency) }) }))

/** Only what nobody holds can be given up. */
const held = (known: Known, env: Env): Option[] =>
  known.pools.filter(({ quantity }) => quantity > 0).map(({ plan, available }) => ({ ...option(plan, planText(plan, env)), note: env.t('license.available', { count: available }) }))

const fieldsOf = (known: Known, choice: Choice, env: Env): Field[] => {
  const { kind, plan, from, quantity } = choice
  return [
    ...(kind === 'change' ? [{ as: 'one' as const, name: 'fromPlan', label: env.t('orders.from_plan'), required: true, redraws: true, options: held(known, env), value: [from] }] : []),
    { as: 'one', name: 'plan', label: env.t(kind === 'change' ? 'orders.to_plan' : 'license.plan'), required: true, redraws: true, options: kind === 'reduce' ? held(known, env) : priced(known, from, env), value: [plan] },
    { as: 'number', name: 'quantity', label: env.t(`orders.${kind}_count`), required: true, redraws: true, value: quantity },
  ]
}

/** How full a pool will be once the order is carried out. */
const meterAfter = (plan: string, pools: readonly LicensePool[], change: number, env: Env): Block => {
  const pool = pools.find((candidate) => candidate.plan === plan)
  const used = pool?.assigned ?? 0
  const total = Math.max(0, (pool?.quantity ?? 0) + change)
  return { is: 'meter', label: planText(plan, env), used, total, warnAt: POOL_WARNS_AT, text: env.t(change === 0 ? 'pool.meter' : 'orders.meter_after', { used, total, plan: planText(plan, env) }) }
}

const countOf = (quantity: string): number => (/^\d{1,6}$/.test(quantity.trim()) ? Number(quantity) : 0)

const meters = (known: Known, { kind, plan, from, quantity }: Choice, env: Env): Block[] => {
  const count = countOf(quantity)
  return [...(from === '' ? [] : [meterAfter(from, known.pools, -count, env)]), ...(plan === '' ? [] : [meterAfter(plan, known.pools, kind === 'reduce' ? -count : count, env)])]
}

const formBlock = (known: Known, choice: Choice, draft: Draft, env: Env): Block => ({
  is: 'form', id: 'order', issues: draft.issues ?? [], fields: fieldsOf(known, choice, env),
  // What is chosen before anybody has touched the form goes along.
  submit: { action: 'order.add', args: compact(choice), label: env.t(`orders.${choice.kind}`), tone: 'primary', enabled: true },
})

/** One order: which plan, how many, how full its pool will be; what it costs is asked of the server and shown before it is placed. */
export const orderScreen = defineScreen<Partial<Replies>>({
  id: 'order',
  parse,
  needs: (_params, env) => (env.can.purchase ? { plans: call('plans.list', {}), pools: call('licenses.list', {}) } : {}),
  optional: ['pools'],
  shape: ['meter', 'form'],
  cache: { forS: 30, tags: ['licenses'] },
  view: ({ plans, pools }, params, draft, env) => {
    const kind = kindOf(params['kind'])
    const title = env.t(`orders.${kind}`)
    if (!env.can.purchase || !plans?.ok || plans.value === undefined) return { title, blocks: [notHere(env)] }
    if (env.viewer?.abilities['orders.add'] !== true) return { title, blocks: [{ is: 'empty', title: env.t('orders.denied_title'), text: env.t.code('access.denied') }] }
    const known: Known = { plans: plans.value.items, pools: pools?.ok ? pools.value?.items ?? [] : [] }
    if (kind !== 'buy' && held(known, env).length === 0) return { title, blocks: [{ is: 'empty', title: env.t('licenses.none_title'), text: env.t('licenses.none_text') }] }
    const choice = choiceOf(known, params, draft)
    return { title, blocks: [{ is: 'notice', tone: 'info', text: env.t(`orders.${kind}_explained`) }, ...meters(known, choice, env), formBlock(known, choice, draft, env)] }
  },
})
