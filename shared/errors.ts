/**
 * Every code that a caller can meet. A code is the API's value and the phrase's key at once, so a
 * sentence is never made here and a forgotten translation does not compile.
 */

/** Whole-request failures → HTTP status (RFC 9457 problem documents carry the code). */
export const ERROR_STATUS = {
  'request.invalid': 400,
  'request.too_deep': 400,
  'auth.required': 401,
  'auth.invalid': 401,
  'auth.expired': 401,
  'auth.unknown_identity': 401,
  'auth.suspended': 403,
  'access.denied': 403,
  'access.own_row': 403,
  'access.members_only': 403,
  'access.grant_beyond_own': 403,
  'activation.wrong_person': 403,
  'activation.proof_required': 403,
  'activation.code_wrong': 403,
  'not_found': 404,
  'method.unsupported': 405,
  'user.exists': 409,
  'user.restorable': 409,
  'user.last_admin': 409,
  'user.not_pending': 409,
  'user.not_suspended': 409,
  'user.not_removed': 409,
  'user.already_licensed': 409,
  'user.removed': 409,
  'user.suspended': 409,
  'domain.not_approved': 409,
  'domain.exists': 409,
  'domain.public_mailbox': 409,
  'domain.public_suffix': 409,
  'domain.reserved': 409,
  'domain.in_use': 409,
  'domain.refused': 409,
  'license.none_left': 409,
  'license.absent': 409,
  'license.same_plan': 409,
  'license.already_active': 409,
  'order.below_assigned': 409,
  'order.payment_failed': 409,
  'order.renewal_not_due': 409,
  'order.renewal_waits': 409,
  'role.in_use': 409,
  'role.built_in': 409,
  'role.exists': 409,
  'workspace.exists': 409,
  'contact.exists': 409,
  'message.not_live': 409,
  'log.export_required': 409,
  'log.nothing_to_purge': 409,
  'log.purging': 409,
  'import.not_ready': 409,
  'import.interrupted': 500,
  'identity_link.exists': 409,
  'idempotency.mismatch': 409,
  'idempotency.in_flight': 409,
  'plan.changed': 409,
  'activation.expired': 410,
  'activation.used': 410,
  'activation.replaced': 410,
  'download.expired': 410,
  'version.conflict': 412,
  'request.too_large': 413,
  'request.media_type': 415,
  'plan.refused': 422,
  'file.unreadable': 422,
  'file.too_many_rows': 422,
  'file.no_email_column': 422,
  'file.empty': 422,
  'version.required': 428,
  'limit.reached': 429,
  'server.failed': 500,
  'server.not_available': 501,
  'server.busy': 503,
} as const

export type ServerErrorCode = keyof typeof ERROR_STATUS

/** Failures that only a front can meet: nothing answered, or something that isn't the contract. */
export const FRONT_ERRORS = ['network.unreachable', 'network.timeout', 'reply.unreadable', 'screen.unknown', 'screen.broken', 'host.refused', 'auth.cancelled', 'auth.popup_blocked'] as const
export type FrontErrorCode = (typeof FRONT_ERRORS)[number]

export type ErrorCode = ServerErrorCode | FrontErrorCode

/** What can be wrong with one field; `path` says which, `params` fill the sentence. */
export const ISSUE_CODES = [
  'field.required', 'field.invalid', 'field.unknown', 'field.too_long', 'field.too_short', 'field.too_many',
  'field.too_small', 'field.too_large', 'field.not_an_option', 'field.control_characters', 'field.duplicate_key',
  'email.malformed', 'email.too_long', 'email.many', 'domain.malformed', 'domain.mixed_scripts', 'date.malformed',
  'cursor.invalid', 'name.too_long', 'mobile.malformed', 'time_zone.unknown', 'quantity.zero',
  'role.unknown', 'role.not_allowed', 'plan.unknown', 'workspace.unknown', 'permission.unknown', 'confirm.mismatch',
  'security.only_tighten', 'file.too_large', 'file.kind',
  'row.malformed', 'row.no_email', 'row.control_characters', 'row.unknown_language', 'row.duplicate_in_file', 'row.already_user', 'row.restorable', 'row.already_invited', 'row.domain_not_approved',
  'row.unknown_role', 'row.role_not_allowed', 'row.unknown_license', 'row.unknown_workspace', 'row.no_license_left',
] as const
export type IssueCode = (typeof ISSUE_CODES)[number]

/** Failures of a whole request that are about what stands in one field, with the name of that field: they are shown beside it. */
export const FIELD_OF = {
  'domain.exists': 'name', 'domain.public_mailbox': 'name', 'domain.public_suffix': 'name', 'domain.reserved': 'name', 'workspace.exists': 'name', 'role.exists': 'name', 'contact.exists': 'email',
} as const satisfies Partial<Record<ServerErrorCode, string>>
export type FieldErrorCode = keyof typeof FIELD_OF
export const FIELD_ERRORS = Object.keys(FIELD_OF) as FieldErrorCode[]

/** Why an address can't be given to somebody new: shown beside the field that it was typed into, where there is one. */
export const ADDRESS_ERRORS = ['user.exists', 'domain.not_approved'] as const satisfies readonly ServerErrorCode[]
export type AddressErrorCode = (typeof ADDRESS_ERRORS)[number]

/** Every code that an issue can have. */
export const ALL_ISSUE_CODES: readonly Issue['code'][] = [...ISSUE_CODES, ...FIELD_ERRORS, ...ADDRESS_ERRORS]

/** One problem with one part of the input. `path` is dotted (`rows.3.email`), empty for the whole. */
export type Issue = { code: IssueCode | FieldErrorCode | AddressErrorCode; path: string; params?: Record<string, string | number> }

/** Why something can't be done now, by this viewer, to this thing. A subset of the error codes. */
export const REFUSALS = [
  'access.denied', 'access.own_row', 'access.members_only', 'access.grant_beyond_own',
  'user.last_admin', 'user.not_pending', 'user.not_suspended', 'user.not_removed', 'user.already_licensed', 'user.removed', 'user.suspended', 'user.exists', 'user.restorable',
  'domain.not_approved', 'domain.exists', 'domain.public_mailbox', 'domain.public_suffix', 'domain.reserved', 'domain.in_use', 'domain.refused', 'license.none_left', 'license.absent', 'license.same_plan', 'license.already_active', 'order.below_assigned', 'order.renewal_not_due', 'order.renewal_waits',
  'role.in_use', 'role.built_in', 'message.not_live', 'log.export_required', 'log.nothing_to_purge', 'log.purging', 'limit.reached',
] as const satisfies readonly ServerErrorCode[]
export type RefusalCode = (typeof REFUSALS)[number]

/** What a screen is told when a call did not bring its value. */
export type Failure = { code: ErrorCode; issues: Issue[]; requestId?: string; retryAfterS?: number; extra?: unknown }

/** A failure without field issues. */
export const failure = (code: ErrorCode, issues: Issue[] = []): Failure => ({ code, issues })
