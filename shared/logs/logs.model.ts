import * as v from 'valibot'
import { abilitiesSchema } from '../access/abilities'
import { count, id, instant, line, nullable, oneOf, paging, queryText, requiredLine, text } from '../kit/schema'

export const EVENT_CATEGORIES = ['activity', 'audit', 'sign_in'] as const
export type EventCategory = (typeof EVENT_CATEGORIES)[number]
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

export const CLIENTS = ['outlook', 'gmail', 'web', 'import', 'provisioning', 'command', 'system', 'service'] as const
export type Client = (typeof CLIENTS)[number]

/**
 * Every word that `changes` of an event may hold, `quantity.<plan>` beside them: fields of records, then what a run
 * came to, then the filters of files. A setting of the organization begins with `settings.`.
 */
export const CHANGED_FIELDS = [
  'name', 'email', 'firstName', 'lastName', 'mobile', 'smsCountry', 'timeZone', 'language', 'secondFactor', 'protectedReplies', 'role', 'status', 'license', 'state', 'holder', 'expiresAt',
  'workspaces', 'workspace', 'members', 'contacts', 'assignedTo', 'permissions', 'purpose', 'users', 'warning', 'outcome', 'reason', 'amountCents', 'currency', 'renewsOn', 'company', 'address', 'country', 'vat', 'contactEmail',
  'settings.allowPublicDomains', 'settings.sendActivationOnAssign', 'settings.defaultLanguage', 'settings.requireSecondFactor', 'settings.protectedReplies', 'settings.retentionMonths',
  'total', 'applied', 'rejected', 'lines', 'firstSequence', 'lastSequence', 'problem',
  'format', 'q', 'from', 'to', 'category', 'kind', 'user', 'actor', 'ip', 'after', 'through', 'mine', 'plan', 'domain', 'never_activated', 'sort', 'importId', 'exportId',
] as const
export type ChangedField = (typeof CHANGED_FIELDS)[number]

const person = v.object({ id: nullable(text), email: text, name: text })

/** One line of the log. `changes` maps a field to what it was and what it is. */
export const eventSchema = v.object({
  id: text,
  sequence: count,
  at: text,
  recordedAt: text,
  category: oneOf(EVENT_CATEGORIES),
  kind: v.pipe(text, v.transform((kind) => kind as EventKind)),
  actor: person,
  subjects: v.array(person),
  target: nullable(v.object({ type: text, id: nullable(text), label: text })),
  changes: v.record(v.string(), v.object({ from: v.unknown(), to: v.unknown() })),
  ip: nullable(text),
  client: text,
  /** The text of the line was erased with a person: of addresses, names and changes nothing is left. */
  erased: v.optional(v.boolean()),
})
export type LogEvent = v.InferOutput<typeof eventSchema>

export const eventFilter = {
  from: v.optional(instant), to: v.optional(instant), kind: v.optional(queryText), category: v.optional(oneOf(EVENT_CATEGORIES)),
  user: v.optional(queryText), actor: v.optional(queryText), ip: v.optional(line(64)), q: v.optional(queryText),
}
export const eventsQuerySchema = v.strictObject({ ...eventFilter, ...paging })

export const STATISTICS_BY = ['day', 'week', 'month', 'user', 'plan'] as const
export const statisticsSchema = v.object({ by: oneOf(STATISTICS_BY), points: v.array(v.object({ key: text, label: text, sent: count, opened: count, signed: count })), totals: v.object({ sent: count, opened: count, signed: count }) })

export const MESSAGE_STATUSES = ['live', 'expired', 'revoke_requested', 'revoked', 'failed'] as const
export const messageSchema = v.object({
  id: text,
  reference: text,
  subject: text,
  sender: person,
  recipients: v.array(v.object({ email: text, state: text, at: nullable(text) })),
  files: count,
  openings: count,
  activities: count,
  type: text,
  sentAt: text,
  lastActivityAt: nullable(text),
  expiresAt: nullable(text),
  status: oneOf(MESSAGE_STATUSES),
  abilities: abilitiesSchema,
})
export type Message = v.InferOutput<typeof messageSchema>
export const messagesQuerySchema = v.strictObject({ mine: v.optional(oneOf(['true', 'false'])), user: v.optional(queryText), status: v.optional(oneOf(MESSAGE_STATUSES)), q: v.optional(queryText), from: v.optional(instant), to: v.optional(instant), ...paging })

const serviceId = requiredLine(200)
export const ingestEventSchema = v.strictObject({
  id: serviceId,
  at: instant,
  kind: oneOf(ACTIVITY_KINDS),
  message: v.strictObject({
    id: serviceId,
    reference: v.optional(line(200)),
    subject: v.optional(line(998)),
    sender: v.optional(requiredLine(320)),
    recipients: v.optional(v.pipe(v.array(requiredLine(320)), v.maxLength(1000, 'field.too_many'))),
    files: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    expiresAt: v.optional(v.nullable(instant)),
    type: v.optional(line(40)),
  }),
  recipient: v.optional(line(320)),
  ip: v.optional(line(64)),
  client: v.optional(line(200)),
})
export type IngestEvent = v.InferOutput<typeof ingestEventSchema>
export const INGEST_MAX = 1000
/** Items are judged one by one, so that one bad event does not hold back the others. */
export const ingestSchema = v.strictObject({ events: v.pipe(v.array(v.unknown()), v.maxLength(INGEST_MAX, 'field.too_many')) })
export const INGEST_OUTCOMES = ['stored', 'duplicate', 'invalid'] as const

export const EXPORT_STATUSES = ['queued', 'running', 'done', 'failed'] as const
/** `prepared` is a file that was made beforehand; its filter names it by `exportId`. */
export const DOWNLOAD_RESOURCES = ['events', 'users', 'user_import_template', 'user_import_rejected', 'messages', 'prepared'] as const
export const DOWNLOAD_FORMATS = ['csv', 'xlsx', 'pdf'] as const
/** At once as a link, by mail once it is made, or whichever suits how many rows there are. */
export const DELIVERIES = ['link', 'mail', 'auto'] as const
export const downloadRequestSchema = v.strictObject({ resource: oneOf(DOWNLOAD_RESOURCES), format: oneOf(DOWNLOAD_FORMATS), filter: v.optional(v.record(v.string(), v.string())), deliver: v.optional(oneOf(DELIVERIES)) })
/** A link, or where a file that is still to be made will be mailed to. */
export const ticketSchema = v.object({ url: nullable(text), expiresAt: nullable(text), mailedTo: v.optional(nullable(text)), exportId: v.optional(nullable(text)) })
export type Ticket = v.InferOutput<typeof ticketSchema>
export const DOWNLOAD_MINUTES = 5
/** Files of more rows than these are made in the background, and kept for so many days. */
export const MAILED_FROM_ROWS = 100_000
export const MAILED_DAYS = 3

export const exportSchema = v.object({
  id: text, name: text, format: oneOf(DOWNLOAD_FORMATS), status: oneOf(EXPORT_STATUSES), total: count, written: count, failure: nullable(text),
  createdAt: text, finishedAt: nullable(text), expiresAt: nullable(text),
})
export type Export = v.InferOutput<typeof exportSchema>

/** What of the log lies beyond the retention, what was taken out, and the newest file that holds all that would go. */
export const retentionSchema = v.object({
  retentionMonths: nullable(count),
  months: v.array(v.object({ month: text, lines: count })),
  lines: count,
  through: count,
  exported: nullable(v.object({ at: text, by: text })),
  purging: v.boolean(),
  sealed: v.array(v.object({ month: text, lines: count, sealedAt: text })),
  abilities: abilitiesSchema,
})
export type Retention = v.InferOutput<typeof retentionSchema>

export const contextMessageSchema = v.object({ message: messageSchema, events: v.array(eventSchema) })
export const recordId = id
