import * as v from 'valibot'
import { abilitiesSchema } from '../access/abilities'
import { count, nullable, oneOf, text } from '../kit/schema'

/** What is made of a log: statistics, files to take away, and what lies beyond its retention. */

export const STATISTICS_BY = ['day', 'week', 'month', 'user', 'plan'] as const
export const statisticsSchema = v.object({ by: oneOf(STATISTICS_BY), points: v.array(v.object({ key: text, label: text, sent: count, opened: count, signed: count })), totals: v.object({ sent: count, opened: count, signed: count }) })

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
