import type { RefusalCode } from '../errors'
import { VIEWER_ABILITIES, type Ability, type ViewerAbilities, type ViewerAbility } from './abilities'
import type { Permission } from './permissions'

/** Who asks: `permissions` are those of `role` at this moment. */
export type Viewer = { userId: string; role: string; permissions: readonly Permission[]; organizationId: string }

/** A person as policies see them: `permissions` are those of their role. */
export type Person = { id: string; role: string; permissions: readonly Permission[] }

/** A role that somebody could be given. */
export type Grantable = { role: string; permissions: readonly Permission[] }

/** Whether the viewer holds a permission. */
export const holds = (viewer: Viewer, permission: Permission): boolean => viewer.permissions.includes(permission)
/** Whether the person is the viewer. */
export const isOwn = (viewer: Viewer, person: Person): boolean => person.id === viewer.userId
/** Whether a person's role lets them do more than mind their own things: their log is an administrator's. */
export const isAdministrator = (person: Pick<Person, 'permissions'>): boolean => person.permissions.length > 0
/** Whether the viewer may manage anybody at all. */
export const managesSome = (viewer: Viewer): boolean => holds(viewer, 'users.manage_all') || holds(viewer, 'users.manage_members')
/** Whether each permission of a role is one that the viewer holds. */
export const coversRole = (viewer: Viewer, role: Pick<Grantable, 'permissions'>): boolean => role.permissions.every((permission) => holds(viewer, permission))

/** Whether the viewer may manage this person: everybody, members only, or nobody. */
export const mayManage = (viewer: Viewer, person: Person): Ability => {
  if (holds(viewer, 'users.manage_all')) return true
  if (!holds(viewer, 'users.manage_members')) return 'access.denied'
  return person.role === 'member' ? true : 'access.members_only'
}

/** Whether the viewer may do what `permission` allows to the people whom they may manage. */
export const mayManageWith = (viewer: Viewer, person: Person, permission: Permission): Ability =>
  holds(viewer, permission) ? mayManage(viewer, person) : 'access.denied'

/**
 * Whether the viewer may give this role to a person who is added or whose role changes: without
 * `roles.assign` only `member`, and never a permission that they do not hold themselves.
 */
export const canGrantRole = (viewer: Viewer, role: Grantable): Ability => {
  if (!coversRole(viewer, role)) return 'access.grant_beyond_own'
  if (holds(viewer, 'roles.assign')) return true
  return role.role === 'member' && managesSome(viewer) ? true : 'access.denied'
}

/** Whether the viewer may make or edit a custom role with these permissions. */
export const canDefineRole = (viewer: Viewer, permissions: readonly Permission[]): Ability => {
  if (!holds(viewer, 'roles.manage')) return 'access.denied'
  return coversRole(viewer, { permissions }) ? true : 'access.grant_beyond_own'
}

type Condition = (viewer: Viewer) => boolean
const needs = (permission: Permission): Condition => (viewer) => holds(viewer, permission)

/** What each ability takes. */
const CONDITIONS = {
  'users.view': needs('users.view'),
  'users.add': managesSome,
  'users.import': managesSome,
  'licenses.view': needs('licenses.view'),
  'orders.view': (viewer) => holds(viewer, 'subscription.manage') || holds(viewer, 'billing.view'),
  'orders.add': needs('subscription.manage'),
  'billing.view': needs('billing.view'),
  'billing.manage': needs('billing.manage'),
  'domains.view': needs('domains.view'),
  'domains.add': needs('domains.manage'),
  'logs.view_users': needs('logs.view_users'),
  'logs.view_admins': needs('logs.view_admins'),
  'logs.export': needs('logs.export'),
  'messages.revoke_any': needs('messages.revoke_any'),
  'workspaces.view': needs('workspaces.view'),
  'workspaces.add': needs('workspaces.manage'),
  'contacts.add': needs('workspaces.manage'),
  'roles.view': (viewer) => holds(viewer, 'users.view') || holds(viewer, 'roles.assign') || holds(viewer, 'roles.manage'),
  'roles.manage': needs('roles.manage'),
  'roles.assign': needs('roles.assign'),
  'licenses.assign': (viewer) => holds(viewer, 'licenses.assign') && managesSome(viewer),
  'activation.send': (viewer) => holds(viewer, 'activation.send') && managesSome(viewer),
  'organization.view': needs('organization.view'),
  'organization.manage': needs('organization.manage'),
  'organization.delete': needs('organization.delete'),
  'settings.manage': needs('settings.manage'),
  'identity_links.manage': needs('settings.manage'),
} as const satisfies Record<ViewerAbility, Condition>

const DENIED: RefusalCode = 'access.denied'

/** What the viewer may do in the organization at all. */
export const viewerAbilities = (viewer: Viewer): ViewerAbilities =>
  Object.fromEntries(VIEWER_ABILITIES.map((ability) => [ability, CONDITIONS[ability](viewer) || DENIED])) as ViewerAbilities
