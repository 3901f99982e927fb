import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { defineAction } from '../define'
import { touched, typed } from '../forms'
import type { Draft, Params } from '../vocabulary'
import { GROUPS, groupField } from './permissions'
import { ticked } from './role-form'

const roleId = (args: Params) => ({ roleId: args['roleId'] ?? '' })

const wanted = (draft: Draft, stored: readonly string[]): string[] => GROUPS.flatMap((group) => ticked(draft, group, stored))

/** What of a role was touched; the whole set of permissions as soon as one group was. */
const editOf = (args: Params, draft: Draft) => {
  const stored = (args['permissions'] ?? '').split(' ').filter(Boolean)
  const isTouched = GROUPS.some((group) => draft.values[groupField(group)] !== undefined)
  return { name: touched(draft, 'name'), ...(isTouched ? { permissions: wanted(draft, stored) } : {}) }
}

/** Adding, editing and removing custom roles. */
export const rolesActions = {
  'role.add': defineAction<ReplyOf<'roles.add'>>({
    check: (_args, draft) => (typed(draft, 'name', '').trim() === '' ? [{ code: 'field.required', path: 'name' }] : []),
    confirm: 'never',
    request: (_args, draft) => call('roles.add', { body: { name: typed(draft, 'name', ''), permissions: wanted(draft, []) } }),
    then: (role, _args, _draft, env) => [
      { do: 'notify', tone: 'success', text: env.t('roles.was_added', { name: role.name }) },
      { do: 'replace', to: { screen: 'role', params: { roleId: role.id } } },
    ],
    changes: ['roles'],
  }),
  'role.save': defineAction<ReplyOf<'roles.edit'>>({
    check: (_args, draft) => (touched(draft, 'name')?.trim() === '' ? [{ code: 'field.required', path: 'name' }] : []),
    confirm: 'never',
    request: (args, draft) => call('roles.edit', { params: roleId(args), body: editOf(args, draft), version: Number(args['version'] ?? 1) }),
    then: (role, _args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('roles.was_saved', { name: role.name }) }],
    changes: ['roles', 'users', 'me'],
  }),
  'role.remove': defineAction<ReplyOf<'roles.remove'>>({
    confirm: 'always',
    question: (args, _draft, env) => env.t('roles.remove_question', { name: args['name'] ?? '' }),
    request: (args) => call('roles.remove', { params: roleId(args) }),
    then: (_reply, args, _draft, env) => [
      { do: 'notify', tone: 'success', text: env.t('roles.was_removed', { name: args['name'] ?? '' }) },
      { do: 'replace', to: { screen: 'roles', params: {} } },
    ],
    changes: ['roles'],
  }),
}
