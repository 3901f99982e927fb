import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { RoleRecord } from '../../access/organization.model'
import { isBuiltInRole } from '../../access/roles'
import { anyParams, defineScreen } from '../define'
import { roleName } from '../users/fields'
import type { Env, Row } from '../vocabulary'

type Replies = { roles: ReplyOf<'roles.list'> }

const row = (role: RoleRecord, env: Env): Row => ({
  id: role.id,
  title: roleName(role, env),
  // What a built-in role is for is a sentence with its own full stop.
  sub: isBuiltInRole(role.id)
    ? `${env.t(`role.${role.id}_explained`)} ${env.t('roles.users', { count: role.users })}`
    : [env.t('roles.permissions', { count: role.permissions.length }), env.t('roles.users', { count: role.users })].join(' · '),
  ...(role.builtIn ? { badge: { text: env.t('roles.built_in'), tone: 'neutral' as const } } : {}),
  open: { screen: 'role', params: { roleId: role.id } },
})

/** The built-in roles and those of the organization. */
export const rolesScreen = defineScreen<Replies>({
  id: 'roles',
  parse: anyParams,
  needs: () => ({ roles: call('roles.list', {}) }),
  shape: ['people'],
  cache: { forS: 60, tags: ['roles', 'users'] },
  watch: { topics: ['roles'] },
  view: ({ roles }, _params, _draft, env) => {
    const title = env.t('roles.title')
    if (!roles.ok) return { title, blocks: [] }
    const { items } = roles.value
    return {
      title,
      blocks: [
        items.length === 0
          ? { is: 'empty', title: env.t('roles.none_title'), text: env.t('roles.none_text') }
          : { is: 'people', icon: 'role', label: title, rows: items.map((role) => row(role, env)), page: { next: null, total: items.length } },
        ...(env.viewer?.abilities['roles.manage'] === true ? [{ is: 'links' as const, items: [{ label: env.t('roles.add'), icon: 'role' as const, open: { screen: 'role_add' as const, params: {} } }] }] : []),
      ],
    }
  },
})
