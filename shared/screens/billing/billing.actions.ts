import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { defineAction } from '../define'
import { typed } from '../forms'
import type { Draft, Params } from '../vocabulary'

const valueOf = (name: string, args: Params, draft: Draft): string => typed(draft, name, args[name]).trim()

/** Editing the billing information. */
export const billingActions = {
  'billing.save': defineAction<ReplyOf<'billing.edit'>>({
    check: (args, draft) => (valueOf('company', args, draft) === '' ? [{ code: 'field.required', path: 'company' }] : []),
    confirm: 'never',
    request: (args, draft) => {
      const value = (name: string) => valueOf(name, args, draft)
      return call('billing.edit', { version: Number(args['version'] ?? 1), body: { company: value('company'), address: value('address'), country: value('country').toUpperCase(), vat: value('vat'), email: value('email') } })
    },
    then: (_billing, _args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('billing.was_saved') }],
    changes: ['orders', 'events'],
  }),
}
