import { fullName } from '../../kit/text'
import { call, dryRun } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { defineAction } from '../define'
import type { ActionDef } from '../vocabulary'
import { planText } from '../words'

const userId = (args: Record<string, string>) => ({ userId: args['userId'] ?? '' })
const chosen = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? '') : (value ?? ''))
const planOf = (args: Record<string, string>, values: Record<string, string | string[]>): string => args['plan'] ?? chosen(values['plan'])

/** What assigning a license and changing its plan have in common. */
const assigning = {
  check: (args, draft) => (planOf(args, draft.values) === '' ? [{ code: 'field.required', path: 'plan' }] : []),
  plan: (args, draft) => dryRun('licenses.assign', { params: userId(args), body: { plan: planOf(args, draft.values) } }),
  request: (args, draft, digest) => call('licenses.assign', { params: userId(args), body: { plan: planOf(args, draft.values) }, digest }),
  then: (user, _args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('license.was_assigned', { name: fullName(user), plan: planText(user.plan ?? '', env) }) }],
  changes: ['licenses', 'users', 'mail', 'events', 'me'],
} satisfies Partial<ActionDef<ReplyOf<'licenses.assign'>>>

/** Assigning, changing and removing licenses, and the activation link. */
export const licensesActions = {
  /** Assigns a license, whose form says what that means; the plan is an argument or chosen there. */
  'license.assign': defineAction<ReplyOf<'licenses.assign'>>({
    ...assigning,
    confirm: 'if_consequences',
    undo: (user, _args, env) => ({ action: 'license.remove', args: { userId: user.id }, label: env.t('common.undo'), enabled: true }),
  }),
  /** Gives another plan for the one that `from` names. */
  'license.change': defineAction<ReplyOf<'licenses.assign'>>({
    ...assigning,
    confirm: 'always',
    undo: (user, args, env) => ({ action: 'license.change', args: { userId: user.id, plan: args['from'] ?? '', from: user.plan ?? '' }, label: env.t('common.undo'), enabled: true }),
  }),
  'license.remove': defineAction<ReplyOf<'licenses.remove'>>({
    plan: (args) => dryRun('licenses.remove', { params: userId(args) }),
    confirm: 'always',
    request: (args, _draft, digest) => call('licenses.remove', { params: userId(args), digest }),
    then: (user, _args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('license.was_removed', { name: fullName(user) }) }],
    changes: ['licenses', 'users', 'mail', 'events', 'me'],
  }),
  'nav.license_transfer': defineAction({
    confirm: 'never',
    then: (_reply, args) => [{ do: 'open', to: { screen: 'license_transfer', params: userId(args) } }],
    changes: [],
  }),
  'license.transfer': defineAction<ReplyOf<'licenses.transfer'>>({
    plan: (args) => dryRun('licenses.transfer', { params: userId(args), body: { toUserId: args['toUserId'] ?? '' } }),
    confirm: 'always',
    request: (args, _draft, digest) => call('licenses.transfer', { params: userId(args), body: { toUserId: args['toUserId'] ?? '' }, digest }),
    then: ({ from, to }, _args, _draft, env) => [
      { do: 'replace', to: { screen: 'user', params: { userId: to.id } } },
      { do: 'notify', tone: 'success', text: env.t('license.was_transferred', { from: fullName(from), to: fullName(to) }) },
    ],
    changes: ['licenses', 'users', 'mail', 'events', 'me'],
  }),
  /** Sends the activation link, or a new one that replaces it. */
  'activation.send': defineAction<ReplyOf<'activation.send'>>({
    confirm: 'never',
    request: (args) => call('activation.send', { params: userId(args) }),
    then: (reply, args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('activation.sent', { name: args['name'] ?? '', date: env.t.date(reply.expiresAt) }) }],
    changes: ['users', 'mail', 'events'],
  }),
}
