import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { Billing } from '../../billing/billing.model'
import { anyParams, compact, defineScreen } from '../define'
import { conflictsOf, theirsSince, typed } from '../forms'
import type { Block, Draft, Env, Field } from '../vocabulary'

type Replies = { billing: ReplyOf<'billing.get'> }

/** What stands on invoices, in the order of the form. */
export const BILLING_FIELDS = ['company', 'address', 'country', 'vat', 'email'] as const satisfies readonly (keyof Billing)[]

const fieldOf = (name: (typeof BILLING_FIELDS)[number], stored: Billing, draft: Draft, env: Env): Field => ({
  as: name === 'email' ? 'email' : 'text', name, label: env.t(`billing.${name}`), value: typed(draft, name, stored[name]),
  ...(name === 'company' ? { required: true } : {}), ...(name === 'country' || name === 'email' ? { hint: env.t(`billing.${name}_hint`) } : {}),
})

const formBlocks = (stored: Billing, draft: Draft, env: Env): Block[] => {
  const theirs = theirsSince(draft, stored)
  const billing: Billing = { ...stored, ...theirs }
  const conflict = theirs === null ? [] : conflictsOf(draft, BILLING_FIELDS.map((field) => ({ field, label: env.t(`billing.${field}`), theirs: billing[field] })))
  return [
    ...(theirs !== null && conflict.length === 0 ? [{ is: 'notice' as const, tone: 'warning' as const, text: env.t('billing.changed_meanwhile') }] : []),
    {
      is: 'form', id: 'billing', version: billing.version, issues: draft.issues ?? [], ...(conflict.length > 0 ? { conflict } : {}),
      fields: BILLING_FIELDS.map((name) => fieldOf(name, billing, draft, env)),
      // The whole record is sent: what nobody touched goes along as it was seen, under its version.
      submit: { action: 'billing.save', args: compact({ ...Object.fromEntries(BILLING_FIELDS.map((name) => [name, billing[name]])), version: String(billing.version) }), label: env.t('common.save'), tone: 'primary', enabled: true },
    },
  ]
}

const factsBlock = (billing: Billing, env: Env): Block => {
  const items = BILLING_FIELDS.flatMap((name) => (billing[name] === '' ? [] : [{ label: env.t(`billing.${name}`), value: billing[name] }]))
  return items.length === 0 ? { is: 'empty', title: env.t('billing.none_title'), text: env.t('billing.none_text') } : { is: 'facts', items }
}

/** Whom invoices are made out to: to read, and to edit for who may. */
export const billingScreen = defineScreen<Replies>({
  id: 'billing',
  parse: anyParams,
  needs: () => ({ billing: call('billing.get', {}) }),
  shape: ['form'],
  cache: { forS: 60, tags: ['orders'] },
  view: ({ billing }, _params, draft, env) => {
    const title = env.t('billing.title')
    if (!billing.ok) return { title, blocks: [] }
    return { title, blocks: env.viewer?.abilities['billing.manage'] === true ? formBlocks(billing.value, draft, env) : [factsBlock(billing.value, env)] }
  },
})
