import type { Permission } from '../../access/permissions'

/** How the permissions stand together on a form; each once. */
export const PERMISSION_GROUPS = {
  organization: ['organization.view', 'organization.manage', 'settings.manage', 'organization.delete'],
  users: ['users.view', 'users.manage_members', 'users.manage_all', 'roles.assign', 'roles.manage'],
  workspaces: ['workspaces.view', 'workspaces.manage'],
  licenses: ['licenses.view', 'licenses.assign', 'activation.send'],
  billing: ['subscription.manage', 'billing.view', 'billing.manage'],
  domains: ['domains.view', 'domains.manage'],
  logs: ['logs.view_users', 'logs.view_admins', 'logs.export', 'messages.revoke_any'],
} as const satisfies Record<string, readonly Permission[]>

export type PermissionGroup = keyof typeof PERMISSION_GROUPS

/** The groups in the order of the form. */
export const GROUPS = Object.keys(PERMISSION_GROUPS) as PermissionGroup[]

/** The name of a group's field. */
export const groupField = (group: PermissionGroup): string => `permissions_${group}`
