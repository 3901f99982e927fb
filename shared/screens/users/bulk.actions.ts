import { call, dryRun } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { BULK_ACTIONS, MAX_CHOSEN, type BulkAction, type UsersBulk } from '../../users/users.model'
import { compact, defineAction } from '../define'
import type { Draft, Params, Tag } from '../vocabulary'
import { typed } from './fields'

const CHANGES: Tag[] = ['users', 'licenses', 'workspaces', 'contacts', 'mail', 'events', 'me']
const FILTER = ['q', 'status', 'role', 'plan', 'domain', 'workspace'] as const

const actionOf = (args: Params): BulkAction => BULK_ACTIONS.find((action) => action === args['action']) ?? 'send_activation'

/** Everybody whom the list's own filters find, as the server reads them. */
const filterOf = (params: Params): NonNullable<UsersBulk['filter']> => ({
  ...(compact(Object.fromEntries(FILTER.map((name) => [name, params[name]]))) as Partial<Record<(typeof FILTER)[number], never>>),
  ...(params['never_activated'] === 'true' ? { never_activated: true } : {}),
})

/** The body of one action on those who are chosen. */
export const bulkBody = (args: Params, draft: Draft): UsersBulk => {
  const action = actionOf(args)
  return {
    action,
    ...(Array.isArray(draft.selected) ? { userIds: draft.selected } : { filter: filterOf(draft.selected.allMatching) }),
    ...(action === 'assign_license' ? { plan: typed(draft, 'plan', args['plan']) } : {}),
    ...(action === 'change_role' ? { role: typed(draft, 'role', 'member') } : {}),
  }
}

const isNobody = (draft: Draft): boolean => Array.isArray(draft.selected) && draft.selected.length === 0

/** Who was refused stays chosen, so that something else can be done about them. */
const leftOut = ({ outcomes }: ReplyOf<'users.bulk'>): string[] => outcomes.flatMap(({ userId, outcome }) => (outcome === 'refused' ? [userId] : [])).slice(0, MAX_CHOSEN)

/** Actions on many users at once; the plan of all of them is shown first. */
export const bulkActions = {
  /** To the screen where what to give is chosen; who gets it goes along. */
  'users.bulk_choose': defineAction({
    check: (_args, draft) => (isNobody(draft) ? [{ code: 'field.required', path: 'userIds' }] : []),
    confirm: 'never',
    then: (_reply, args, draft, env) => {
      const count = Array.isArray(draft.selected) ? draft.selected.length : Number(args['total'] ?? 0)
      return [{ do: 'open', keepDraft: true, to: { screen: 'users_bulk', params: { action: actionOf(args), count: String(count), at: env.now } } }]
    },
    changes: [],
  }),
  'users.bulk': defineAction<ReplyOf<'users.bulk'>>({
    check: (args, draft) => [
      ...(isNobody(draft) ? [{ code: 'field.required' as const, path: 'userIds' }] : []),
      ...(actionOf(args) === 'assign_license' && bulkBody(args, draft).plan === '' ? [{ code: 'field.required' as const, path: 'plan' }] : []),
    ],
    plan: (args, draft) => dryRun('users.bulk', { body: bulkBody(args, draft) }),
    confirm: 'always',
    request: (args, draft, digest) => call('users.bulk', { body: bulkBody(args, draft), digest }),
    then: (reply, args, _draft, env) => [
      { do: 'notify', tone: reply.refused === 0 ? 'success' : 'warning', text: [env.t('users.bulk_done', { count: reply.done }), ...(reply.refused === 0 ? [] : [env.t('users.bulk_refused', { count: reply.refused })])].join(' ') },
      ...(args['from'] === 'form' ? [{ do: 'back' as const, to: 'users' as const }] : []),
      { do: 'select', on: 'users', ids: leftOut(reply) },
    ],
    changes: CHANGES,
  }),
}
