import * as v from 'valibot'
import { abilitiesSchema } from '../access/abilities'
import { count, id, instant, line, nullable, oneOf, paging, queryText, requiredLine, text } from '../kit/schema'
import { ACTIVITY_KINDS, type EventKind } from './kinds.model'

export const EVENT_CATEGORIES = ['activity', 'audit', 'sign_in'] as const
export type EventCategory = (typeof EVENT_CATEGORIES)[number]
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

export const contextMessageSchema = v.object({ message: messageSchema, events: v.array(eventSchema) })
export const recordId = id
