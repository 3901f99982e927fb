/** Ids of all screens: deep links and Gmail parameters carry them. */
export const SCREEN_IDS = [
  'home', 'me', 'mail', 'users', 'user', 'user_add', 'user_edit', 'user_leave', 'users_bulk', 'people_add', 'licenses', 'license_transfer', 'identity_links', 'domains', 'domain', 'domain_add', 'log', 'retention', 'exports', 'statistics', 'messages', 'message', 'imports', 'import', 'import_progress', 'activations', 'activation_code',
  'workspaces', 'workspace', 'workspace_people', 'contacts', 'contact', 'contact_add', 'contacts_reassign', 'roles', 'role', 'role_add', 'organization', 'orders', 'order', 'billing', 'invoices', 'licenses_unused',
] as const
export type ScreenId = (typeof SCREEN_IDS)[number]

/** Ids of all actions. */
export const ACTION_IDS = [
  'screen.retry', 'session.sign_in', 'session.sign_out', 'session.support', 'session.change_organization', 'account.save',
  'nav.users', 'nav.imports', 'nav.statistics', 'nav.exports', 'nav.messages', 'nav.retention',
  'import.preview', 'import.without_license', 'import.start', 'import.template', 'import.download_rejected',
  'nav.user_add', 'nav.user_edit', 'nav.user_leave', 'nav.removed_users', 'nav.people_add', 'user_add.check', 'user_add.step',
  'users.add', 'users.add_many', 'users.bulk_choose', 'users.bulk', 'user.save', 'user.suspend', 'user.restore', 'user.remove', 'user.leave',
  'log.export', 'log.purge', 'export.download', 'message.revoke',
  'nav.domain_add', 'domain.add', 'domain.check', 'domain.remove',
  'nav.license_transfer', 'license.transfer', 'identity_link.add', 'identity_link.remove',
  'license.assign', 'license.change', 'license.remove', 'activation.send', 'activation.redeem', 'activation.request_code',
  'workspace.add', 'workspace.rename', 'workspace.remove', 'workspace.add_member', 'workspace.remove_member',
  'contact.start', 'contact.add', 'contact.edit', 'contact.assign', 'contact.remove', 'contacts.reassign',
  'nav.order', 'nav.unused', 'order.add', 'order.renew', 'order.pay', 'billing.save',
  'role.add', 'role.save', 'role.remove', 'organization.save', 'organization.delete',
] as const
export type ActionId = (typeof ACTION_IDS)[number]
