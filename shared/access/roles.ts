import { PERMISSIONS, type Permission } from './permissions'

/** The built-in roles. Custom roles are rows of the organization, named by their id. */
export const BUILT_IN_ROLES = ['org_admin', 'billing_admin', 'user_admin', 'member'] as const
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number]

/** What each built-in role grants. Everybody may see and edit their own; that needs no permission. */
export const ROLE_PERMISSIONS = {
  org_admin: PERMISSIONS,
  billing_admin: ['organization.view', 'users.view', 'workspaces.view', 'licenses.view', 'subscription.manage', 'billing.view', 'billing.manage', 'domains.view'],
  user_admin: ['organization.view', 'users.view', 'users.manage_members', 'workspaces.view', 'workspaces.manage', 'licenses.view', 'licenses.assign', 'activation.send', 'domains.view'],
  member: [],
} as const satisfies Record<BuiltInRole, readonly Permission[]>

/** Whether `role` is one of the four that can't be edited or deleted. */
export const isBuiltInRole = (role: string): role is BuiltInRole => (BUILT_IN_ROLES as readonly string[]).includes(role)

/** A custom role of an organization: a name and a set of permissions. */
export type CustomRole = { id: string; name: string; permissions: readonly Permission[] }

/** The permissions of a role word: a built-in one, a custom one by id, or none for an unknown word. */
export const permissionsOf = (role: string, customRoles: readonly CustomRole[]): readonly Permission[] =>
  isBuiltInRole(role) ? ROLE_PERMISSIONS[role] : (customRoles.find((r) => r.id === role)?.permissions ?? [])
