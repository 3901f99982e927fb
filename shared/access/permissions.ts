/** Every ability that a role can grant: a closed list. */
export const PERMISSIONS = [
  'organization.view', 'organization.manage', 'organization.delete',
  'users.view', 'users.manage_members', 'users.manage_all', 'roles.assign', 'roles.manage',
  'workspaces.view', 'workspaces.manage',
  'licenses.view', 'licenses.assign', 'activation.send',
  'subscription.manage', 'billing.view', 'billing.manage',
  'domains.view', 'domains.manage',
  'logs.view_users', 'logs.view_admins', 'logs.export',
  'messages.revoke_any', 'settings.manage',
] as const
export type Permission = (typeof PERMISSIONS)[number]
