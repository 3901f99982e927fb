import { PERMISSIONS, type Permission } from '../../shared/access/permissions'
import { permissionsOf } from '../../shared/access/roles'
import { localeOf, type Locale } from '../../shared/kit/locale'
import type { Membership } from './memberships'

/** The signed-in, active user of one organization, as rules need them; read anew for every request. */
export type Viewer = {
  id: string
  organizationId: string
  email: string
  name: string
  /** A built-in role, or a custom role's id. */
  role: string
  permissions: readonly Permission[]
  language: Locale
}

/** A person's name for reading; empty where none is known. */
export const nameOf = (person: { firstName: string; lastName: string }): string => `${person.firstName} ${person.lastName}`.trim()

/** The viewer that a membership makes, with what their role grants today. */
export function viewerOf(membership: Membership): Viewer {
  const { customRoleId, customPermissions } = membership
  const granted = PERMISSIONS.filter((permission) => customPermissions?.includes(permission) === true)
  const customRoles = customRoleId === null ? [] : [{ id: customRoleId, name: '', permissions: granted }]
  const role = customRoleId ?? membership.role
  return {
    id: membership.userId,
    organizationId: membership.organizationId,
    email: membership.email,
    name: nameOf(membership),
    role,
    permissions: permissionsOf(role, customRoles),
    language: localeOf(membership.language),
  }
}
