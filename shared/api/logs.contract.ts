import * as v from 'valibot'
import { eventFilter, eventSchema, eventsQuerySchema, INGEST_OUTCOMES, ingestSchema, messageSchema, messagesQuerySchema } from '../logs/logs.model'
import { downloadRequestSchema, exportSchema, DOWNLOAD_FORMATS, retentionSchema, STATISTICS_BY, statisticsSchema, ticketSchema } from '../logs/reports.model'
import { count, oneOf, pageOf, queryNumber } from '../kit/schema'
import { endpoint } from './endpoint'

/** Events, messages, exports and what the messaging service sends. */
export const logsContract = {
  'events.list': endpoint({ method: 'GET', path: '/v1/events', who: 'user', summary: 'The log, newest first', query: eventsQuerySchema, reply: pageOf(eventSchema), errors: ['access.denied'] }),
  'events.statistics': endpoint({ method: 'GET', path: '/v1/events/statistics', who: 'user', summary: 'Messages, openings and signatures over time', query: v.strictObject({ ...eventFilter, by: v.optional(oneOf(STATISTICS_BY)) }), reply: statisticsSchema, errors: ['access.denied'] }),
  'events.export': endpoint({ method: 'GET', path: '/v1/events/export', who: 'user', summary: 'The log as a file', query: v.strictObject({ ...eventFilter, format: v.optional(oneOf(DOWNLOAD_FORMATS)), after: v.optional(queryNumber(0, 999_999_999)), through: v.optional(queryNumber(0, 999_999_999)) }), reply: 'file', errors: ['access.denied', 'request.too_large'] }),
  'events.retention': endpoint({ method: 'GET', path: '/v1/events/retention', who: 'user', summary: 'What of the log lies beyond the retention, and what was purged', reply: retentionSchema, errors: ['access.denied'] }),
  'events.purge': endpoint({ method: 'POST', path: '/v1/events/purge', who: 'user', summary: 'Take the months beyond the retention out of the log, once they were exported', reply: retentionSchema, status: 202, planned: true, errors: ['access.denied', 'log.export_required', 'log.nothing_to_purge', 'log.purging', 'plan.changed'] }),
  'downloads.add': endpoint({ method: 'POST', path: '/v1/downloads', who: 'user', summary: 'A single-use link to a file, valid 5 minutes; a large one is made first, and its link is mailed', body: downloadRequestSchema, reply: ticketSchema, status: 201, planned: true, errors: ['access.denied', 'not_found', 'plan.changed'] }),
  'exports.list': endpoint({ method: 'GET', path: '/v1/exports', who: 'user', summary: 'Own files that are made in the background', reply: v.object({ items: v.array(exportSchema) }), errors: [] }),
  'messages.list': endpoint({ method: 'GET', path: '/v1/messages', who: 'user', summary: 'Messages, newest first', query: messagesQuerySchema, reply: pageOf(messageSchema), errors: ['access.denied'] }),
  'messages.get': endpoint({ method: 'GET', path: '/v1/messages/{messageId}', who: 'user', summary: 'One message and its events', reply: v.object({ message: messageSchema, events: v.array(eventSchema) }), errors: ['not_found'] }),
  'messages.revoke': endpoint({ method: 'POST', path: '/v1/messages/{messageId}/revoke', who: 'user', summary: 'Revoke before expiry', reply: messageSchema, planned: true, errors: ['access.denied', 'not_found', 'message.not_live', 'plan.changed'] }),
  'ingest.events': endpoint({ method: 'POST', path: '/v1/ingest/events', who: 'service_key', summary: 'What happened to messages: at least once, duplicates ignored', body: ingestSchema, reply: v.object({ stored: count, duplicates: count, invalid: count, outcomes: v.array(v.object({ id: v.nullable(v.string()), outcome: v.picklist(INGEST_OUTCOMES), issues: v.optional(v.array(v.object({ code: v.string(), path: v.string() }))) })) }), errors: [] }),
} as const
