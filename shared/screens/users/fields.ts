import { canGrantRole, type Viewer } from '../../access/access.policy'
import type { RoleRecord } from '../../access/organization.model'
import { PERMISSIONS, type Permission } from '../../access/permissions'
import { isBuiltInRole, permissionsOf } from '../../access/roles'
import type { LicensePool } from '../../licenses/licenses.model'
import type { Env, Field, Option } from '../vocabulary'
import { enabledBy, planText } from '../words'

/** Fields that several screens about users ask for, worded and offered alike. */

export { chosen, typed } from '../forms'

/** The viewer as policies see them; null while nobody is signed in. */
const viewerIn = (env: Env): Viewer | null =>
  env.viewer?.user ? { userId: env.viewer.user.id, role: env.viewer.user.role, permissions: env.viewer.permissions, organizationId: env.viewer.organization?.id ?? '' } : null

const permissionsIn = (role: RoleRecord): readonly Permission[] => (isBuiltInRole(role.id) ? permissionsOf(role.id, []) : PERMISSIONS.filter((permission) => role.permissions.includes(permission)))

/** A role by its name: built-in ones in the reader's language. */
export const roleName = (role: Pick<RoleRecord, 'id' | 'name'>, env: Env): string => (isBuiltInRole(role.id) ? env.t(`role.${role.id}`) : role.name)

const roleOption = (role: RoleRecord, viewer: Viewer | null, env: Env): Option => ({
  value: role.id,
  label: roleName(role, env),
  ...(isBuiltInRole(role.id) ? { note: env.t(`role.${role.id}_explained`) } : {}),
  enabled: enabledBy(viewer === null ? undefined : canGrantRole(viewer, { role: role.id, permissions: permissionsIn(role) }), env),
})

const MEMBER: RoleRecord = { id: 'member', name: 'member', builtIn: true, permissions: [], users: 0, version: 1, abilities: {} }

/** Choosing a role: those that the viewer may give; the others say why not. */
export const roleField = (roles: readonly RoleRecord[], value: string, env: Env): Field => ({
  as: 'one', name: 'role', label: env.t('user.role'), required: true, value: [value],
  options: (roles.length === 0 ? [MEMBER] : roles).map((role) => roleOption(role, viewerIn(env), env)),
})

/** Choosing a license out of stock, or none unless it is required. */
export const planField = (pools: readonly LicensePool[], value: string, env: Env, required = false): Field => ({
  as: 'one', name: 'plan', label: env.t('user.license'), value: [value], redraws: true, ...(required ? { required } : {}),
  options: [
    ...(required ? [] : [{ value: '', label: env.t('license.none'), enabled: true as const }]),
    ...pools.map((pool): Option => ({ value: pool.plan, label: planText(pool.plan, env), note: env.t('license.available', { count: pool.available }), enabled: pool.available > 0 ? true : env.t.code('license.none_left') })),
  ],
})
