import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { compact, defineAction } from '../define'
import type { Link } from '../vocabulary'
import { planText } from '../words'

const codeOf = (value: string | string[] | undefined): string => (typeof value === 'string' ? value.replace(/\s/g, '') : '')

/** Who has just accepted an invitation begins in their first workspace, where somebody gave them one. */
const beginning = ({ user, workspaceId }: ReplyOf<'activations.redeem'>): Link =>
  (user === null || workspaceId === null ? { screen: 'home', params: {} } : { screen: 'workspace', params: { workspaceId } })

/** Activating one's own license: one click where the identity proves the address, a mailed code elsewhere. */
export const activationActions = {
  'activation.redeem': defineAction<ReplyOf<'activations.redeem'>>({
    check: (args, draft) => (args['withCode'] !== undefined && !/^\d{6}$/.test(codeOf(draft.values['code'])) ? [{ code: 'field.invalid', path: 'code' }] : []),
    confirm: 'never',
    request: (args, draft) => call('activations.redeem', { body: compact({ token: args['token'], activationId: args['activationId'], code: args['withCode'] === undefined ? undefined : codeOf(draft.values['code']) }) }),
    then: (reply, _args, _draft, env) => [
      { do: 'replace', to: beginning(reply) },
      { do: 'notify', tone: 'success', text: reply.plan === null ? env.t('activation.done_without_license', { organization: reply.organization }) : env.t('activation.done', { plan: planText(reply.plan, env), organization: reply.organization }) },
    ],
    changes: ['me', 'mail', 'activations', 'users', 'licenses', 'events'],
  }),
  /** Mails a code to the owner of the link; says the same whether or not there is one. */
  'activation.request_code': defineAction({
    confirm: 'never',
    request: (args) => call('activations.code', { body: { token: args['token'] ?? '' } }),
    then: (_reply, args, _draft, env) => [
      { do: 'open', to: { screen: 'activation_code', params: compact({ token: args['token'] }) } },
      { do: 'notify', tone: 'info', text: env.t('activation.code_sent') },
    ],
    changes: [],
  }),
}
