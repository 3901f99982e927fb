/** Every kind of line that a log may hold: what happened to messages, what admins and the system did, who came in. */

export const ACTIVITY_KINDS = ['sent', 'delivered', 'opened', 'downloaded', 'replied', 'signed', 'failed', 'expired', 'revoked'] as const
export type ActivityKind = (typeof ACTIVITY_KINDS)[number]

/** What admins and the system do. `target` says to what. */
export const AUDIT_KINDS = [
  'organization.created', 'organization.edited', 'organization.deleted',
  'user.added', 'user.edited', 'user.role_changed', 'user.suspended', 'user.restored', 'user.removed', 'user.unremoved', 'user.left', 'user.workspaces_changed', 'user.erased',
  'user_import.started', 'user_import.finished', 'user_import.failed',
  'license.assigned', 'license.changed', 'license.removed', 'license.transferred', 'license.activated',
  'activation.sent', 'activation.code_sent', 'activation.redeemed',
  'domain.added', 'domain.checked', 'domain.approved', 'domain.refused', 'domain.failed', 'domain.contested', 'domain.removed', 'domain.record_missing',
  'workspace.added', 'workspace.edited', 'workspace.removed', 'contact.added', 'contact.edited', 'contact.removed', 'contacts.reassigned',
  'role.added', 'role.edited', 'role.removed',
  'order.placed', 'order.paid', 'order.failed', 'order.cancelled', 'order.repeated', 'billing.edited',
  'identity.linked', 'identity_link.added', 'identity_link.removed', 'service_key.created', 'service_key.revoked',
  'message.revoke_requested', 'message.revoke_confirmed', 'log.exported', 'log.purge_requested', 'log.purge_refused', 'log.purged', 'file.downloaded', 'access.refused',
] as const
export type AuditKind = (typeof AUDIT_KINDS)[number]
export const SIGN_IN_KINDS = ['signed_in', 'sign_in_refused'] as const
export type SignInKind = (typeof SIGN_IN_KINDS)[number]
export const EVENT_KINDS = [...ACTIVITY_KINDS, ...AUDIT_KINDS, ...SIGN_IN_KINDS] as const
export type EventKind = ActivityKind | AuditKind | SignInKind
