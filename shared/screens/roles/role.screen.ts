import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { RoleRecord } from '../../access/organization.model'
import { isBuiltInRole } from '../../access/roles'
import { anyParams, defineScreen, needParams, needsNothing } from '../define'
import { roleName } from '../users/fields'
import type { Block, Draft, Env } from '../vocabulary'
import { enabledBy } from '../words'
import { grantBlocks, roleForm } from './role-form'

type Replies = { role: ReplyOf<'roles.get'> }

const builtInNotice = (role: RoleRecord, env: Env): Block[] => (isBuiltInRole(role.id) ? [{ is: 'notice', tone: 'info', text: `${env.t(`role.${role.id}_explained`)} ${env.t('roles.built_in_explained')}` }] : [])

const editBlocks = (role: RoleRecord, draft: Draft, env: Env): Block[] => {
  if (role.abilities['role.edit'] !== true) {
    const reason: Block[] = role.abilities['role.edit'] === 'access.grant_beyond_own' ? [{ is: 'notice', tone: 'neutral', text: env.t('roles.beyond_own') }] : []
    return [...builtInNotice(role, env), ...reason, { is: 'section', title: env.t('roles.grants'), blocks: grantBlocks(role, env) }]
  }
  return roleForm(role, (permissions, version) => ({
    action: 'role.save', args: { roleId: role.id, version: String(version ?? role.version), permissions: permissions.join(' ') }, label: env.t('common.save'), tone: 'primary', enabled: true,
  }), draft, env)
}

/** Removing is offered where the role is the viewer's to remove; while people have it, the reason stands beside it. */
const removeBlocks = (role: RoleRecord, env: Env): Block[] => {
  const ability = role.abilities['role.remove']
  if (ability !== true && ability !== 'role.in_use') return []
  return [{ is: 'actions', items: [{ action: 'role.remove', args: { roleId: role.id, name: role.name }, label: env.t('roles.remove'), tone: 'danger', enabled: ability === true ? enabledBy(ability, env) : env.t('roles.in_use_by', { count: role.users }) }] }]
}

/** One role: who has it, what it grants; a custom one can be edited here. */
export const roleScreen = defineScreen<Replies>({
  id: 'role',
  parse: needParams('roleId'),
  needs: (params) => ({ role: call('roles.get', { params: { roleId: params['roleId'] ?? '' } }) }),
  shape: ['facts', 'form'],
  cache: { forS: 30, tags: ['roles', 'users'] },
  watch: { topics: ['roles'] },
  view: ({ role }, _params, draft, env) => {
    if (!role.ok) return { title: env.t('roles.one'), blocks: [] }
    const { value } = role
    return {
      title: roleName(value, env),
      blocks: [
        { is: 'links', items: [{ label: env.t('roles.users', { count: value.users }), icon: 'user', open: { screen: 'users', params: { role: value.id } } }] },
        ...editBlocks(value, draft, env),
        ...removeBlocks(value, env),
      ],
    }
  },
})

/** A new custom role. */
export const roleAddScreen = defineScreen<Record<never, never>>({
  id: 'role_add',
  parse: anyParams,
  needs: needsNothing,
  shape: ['form'],
  cache: { forS: 60, tags: ['roles'] },
  view: (_replies, _params, draft, env) => ({
    title: env.t('roles.add'),
    blocks: [
      { is: 'notice', tone: 'info', text: env.t('roles.add_explained') },
      ...roleForm({ name: '', permissions: [], version: 0 }, () => ({ action: 'role.add', args: {}, label: env.t('roles.add'), tone: 'primary', enabled: enabledBy(env.viewer?.abilities['roles.manage'], env) }), draft, env),
    ],
  }),
})
