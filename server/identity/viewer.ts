import type { Viewer as PolicyViewer } from '../../shared/access/access.policy'
import { PERMISSIONS, type Permission } from '../../shared/access/permissions'
import { permissionsOf } from '../../shared/access/roles'
import { localeOf, type Locale } from '../../shared/kit/locale'
import type { Membership } from './memberships'

/** The signed-in, active user of one organization: what rules need and the log remembers, read anew for every request. */
export type Viewer = PolicyViewer & { email: string; name: string; /** null until they have chosen one. */ language: Locale | null }

/** A person's name for reading; empty where none is known. */
export const nameOf = (person: { firstName: string; lastName: string }): string => `${person.firstName} ${person.lastName}`.trim()

/** What a user's role grants: the built-in role's permissions, or those of the custom role's row. */
export function permissionsOfUser(user: { role: string; customRoleId: string | null; customPermissions: readonly string[] | null }): readonly Permission[] {
  if (user.customRoleId === null) return permissionsOf(user.role, [])
  return PERMISSIONS.filter((permission) => user.customPermissions?.includes(permission) === true)
}

/** The viewer that a membership makes, with what their role grants today. */
export function viewerOf(membership: Membership): Viewer {
  const { customRoleId, customPermissions } = membership
  const role = customRoleId ?? membership.role
  return {
    userId: membership.userId,
    organizationId: membership.organizationId,
    email: membership.email,
    name: nameOf(membership),
    role,
    permissions: permissionsOfUser({ role: membership.role, customRoleId, customPermissions }),
    language: membership.language === null ? null : localeOf(membership.language),
  }
}
