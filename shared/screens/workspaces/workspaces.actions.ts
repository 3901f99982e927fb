import { call, dryRun } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { defineAction } from '../define'
import { typed } from '../forms'
import type { Params } from '../vocabulary'

const workspaceId = (args: Params) => ({ workspaceId: args['workspaceId'] ?? '' })
const membership = (args: Params) => ({ ...workspaceId(args), userId: args['userId'] ?? '' })

/** Adding, renaming and removing workspaces, and who is in them. */
export const workspacesActions = {
  'workspace.add': defineAction<ReplyOf<'workspaces.add'>>({
    check: (_args, draft) => (typed(draft, 'name', '').trim() === '' ? [{ code: 'field.required', path: 'name' }] : []),
    confirm: 'never',
    request: (_args, draft) => call('workspaces.add', { body: { name: typed(draft, 'name', '') } }),
    then: (workspace, _args, _draft, env) => [
      { do: 'notify', tone: 'success', text: env.t('workspaces.was_added', { name: workspace.name }) },
      { do: 'open', to: { screen: 'workspace', params: { workspaceId: workspace.id } } },
    ],
    changes: ['workspaces'],
  }),
  'workspace.rename': defineAction<ReplyOf<'workspaces.edit'>>({
    check: (_args, draft) => (draft.values['name'] !== undefined && typed(draft, 'name', '').trim() === '' ? [{ code: 'field.required', path: 'name' }] : []),
    confirm: 'never',
    request: (args, draft) => call('workspaces.edit', { params: workspaceId(args), body: draft.values['name'] === undefined ? {} : { name: typed(draft, 'name', '') }, version: Number(args['version'] ?? 1) }),
    then: (workspace, _args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('workspaces.was_renamed', { name: workspace.name }) }],
    changes: ['workspaces', 'contacts'],
  }),
  'workspace.remove': defineAction<ReplyOf<'workspaces.remove'>>({
    plan: (args) => dryRun('workspaces.remove', { params: workspaceId(args) }),
    confirm: 'always',
    request: (args, _draft, digest) => call('workspaces.remove', { params: workspaceId(args), digest }),
    then: (_reply, args, _draft, env) => [
      { do: 'notify', tone: 'success', text: env.t('workspaces.was_removed', { name: args['name'] ?? '' }) },
      { do: 'replace', to: { screen: 'workspaces', params: {} } },
    ],
    changes: ['workspaces', 'contacts', 'users', 'mail'],
  }),
  'workspace.add_member': defineAction<ReplyOf<'workspaces.add_member'>>({
    confirm: 'never',
    request: (args) => call('workspaces.add_member', { params: membership(args) }),
    then: (_workspace, args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('workspaces.has_joined', { name: args['name'] ?? '', workspace: args['workspace'] ?? '' }) }],
    undo: (_workspace, args, env) => ({ action: 'workspace.remove_member', args, label: env.t('common.undo'), enabled: true }),
    changes: ['workspaces', 'users'],
  }),
  'workspace.remove_member': defineAction<ReplyOf<'workspaces.remove_member'>>({
    confirm: 'always',
    question: (args, _draft, env) => env.t('workspaces.remove_member_question', { name: args['name'] ?? '', workspace: args['workspace'] ?? '' }),
    request: (args) => call('workspaces.remove_member', { params: membership(args) }),
    then: (_workspace, args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('workspaces.has_left', { name: args['name'] ?? '', workspace: args['workspace'] ?? '' }) }],
    changes: ['workspaces', 'contacts', 'users', 'mail'],
  }),
}
