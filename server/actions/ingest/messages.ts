import { applyMessageEvent, type MessageEvent, type MessageState, type RecipientState } from '../../../shared/logs/messages.derive'
import type { IngestEvent } from '../../../shared/logs/logs.model'
import type { PlainRow, Tx } from '../../store/bulk'
import type { KeyOf, People } from './people'

/** An event ready to be applied, with what only the log needs of it. */
export type ServiceEvent = MessageEvent & { ip: string | null; client: string }

/** The messages that a batch tells of, as they are after it. */
export type Known = { stateOf: (messageId: string) => MessageState; all: () => [string, MessageState][]; senders: (keyOf: KeyOf) => string[]; isLoaded: (recipient: RecipientState) => boolean }

type Named = { key: string; email: string }

/** An ingested event with its moment in UTC and keys for its people. */
export const toMessageEvent = (event: IngestEvent, keyOf: KeyOf): ServiceEvent => ({
  kind: event.kind,
  at: new Date(event.at).toISOString(),
  message: event.message,
  recipient: event.recipient === undefined || event.recipient === '' ? null : named(event.recipient, keyOf),
  recipients: (event.message.recipients ?? []).map((email) => named(email, keyOf)),
  ip: event.ip === undefined || event.ip === '' ? null : event.ip,
  client: event.client === undefined || event.client === '' ? 'service' : event.client,
})

const named = (email: string, keyOf: KeyOf): Named => ({ key: keyOf(email), email })

/** Reads the messages that these events are about and applies the events to them, in their order. */
export async function loadMessages(db: Tx, organizationId: string, events: readonly ServiceEvent[]): Promise<Known> {
  const ids = [...new Set(events.map(({ message }) => message.id))]
  const rows = await db.selectFrom('messages').selectAll().where('organization_id', '=', organizationId).where(({ eb, val }) => eb('id', '=', eb.fn.any(val(ids)))).execute()
  const recipients = rows.length === 0 ? [] : await db.selectFrom('message_recipients').selectAll()
    .where('organization_id', '=', organizationId).where(({ eb, val }) => eb('message_id', '=', eb.fn.any(val(rows.map(({ id }) => id))))).execute()
  const states = new Map<string, MessageState>(rows.map((row) => [row.id, {
    reference: row.reference, subject: row.subject, type: row.type, sender: row.sender_email, files: row.files, openings: row.openings, activities: row.activities,
    sentAt: row.sent_at.toISOString(), lastActivityAt: (row.last_activity_at ?? row.sent_at).toISOString(), expiresAt: row.expires_at?.toISOString() ?? null,
    status: row.status, revokedAt: row.revoked_at?.toISOString() ?? null, recipients: {},
  }]))
  const loaded = new Set<RecipientState>()
  for (const { message_id: id, email_key: key, email, state, at } of recipients) {
    const message = states.get(id)
    if (message === undefined) continue
    const recipient = { email, state, at: at?.toISOString() ?? message.sentAt }
    loaded.add(recipient)
    message.recipients[key] = recipient
  }
  for (const event of events) states.set(event.message.id, applyMessageEvent(states.get(event.message.id) ?? null, event))
  return {
    stateOf: (messageId) => {
      const state = states.get(messageId)
      if (state === undefined) throw new Error('an event is about a message that was not loaded')
      return state
    },
    all: () => [...states],
    isLoaded: (recipient) => loaded.has(recipient),
    senders: (keyOf) => [...states.values()].map(({ sender }) => keyOf(sender)),
  }
}

/** The rows of `messages`. */
export const messageRows = (organizationId: string, known: Known, people: People, keyOf: KeyOf): PlainRow[] => known.all().map(([id, state]) => {
  const key = keyOf(state.sender)
  const sender = people.get(key)?.person
  return {
    organization_id: organizationId, id, reference: state.reference, subject: state.subject, type: state.type, sender_email: state.sender, sender_key: key, sender_id: sender?.id ?? null, sender_name: sender?.name ?? '',
    files: state.files, openings: state.openings, activities: state.activities, sent_at: state.sentAt, last_activity_at: state.lastActivityAt, expires_at: state.expiresAt, status: state.status, revoked_at: state.revokedAt,
  }
})

/** The rows of `message_recipients` that changed. */
export const recipientRows = (organizationId: string, known: Known): PlainRow[] => known.all().flatMap(([id, state]) =>
  Object.entries(state.recipients).filter(([, recipient]) => !known.isLoaded(recipient)).map(([key, { email, state: word, at }]) => ({ organization_id: organizationId, message_id: id, email_key: key, email, state: word, at })))
