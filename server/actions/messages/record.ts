import { holds, type Viewer } from '../../../shared/access/access.policy'
import type { LogEvent, Message } from '../../../shared/logs/logs.model'
import { revokeAbility } from '../../../shared/logs/revoke.plan'
import type { Tx } from '../../store/bulk'
import { readEvents, type EventReader } from '../../store/events.read'
import { findMessage, readRecipients, type MessageRow, type RecipientRow } from '../../store/messages.read'
import { readerOf, showTo } from '../events/query'

const EVENTS_SHOWN = 50
const RECIPIENTS_SHOWN = 200
const RECIPIENTS_LISTED = 20

/** Whose messages this viewer may know of: one's own, those of whose log one may read, any for who may revoke any. */
export const messageReaderOf = (viewer: Viewer): EventReader => {
  const reader = readerOf(viewer)
  return holds(viewer, 'messages.revoke_any') ? { ...reader, members: true, admins: true } : reader
}

/** One message with its newest events; null where there is none that the viewer may know of. */
export async function readMessage(db: Tx, viewer: Viewer, messageId: string, now: Date): Promise<{ message: Message; events: LogEvent[] } | null> {
  const reader = readerOf(viewer)
  const row = await findMessage(db, messageReaderOf(viewer), messageId, now)
  if (row === undefined) return null
  const recipients = await readRecipients(db, viewer.organizationId, [messageId], RECIPIENTS_SHOWN)
  // Of one's own message everything; of somebody else's what one may read of the log.
  const lines = await readEvents(db, row.sender_id === viewer.userId ? { ...reader, members: true, admins: true } : reader, { messageId }, null, EVENTS_SHOWN)
  return { message: toMessage(row, recipients, viewer), events: lines.map((line) => showTo(reader, line)) }
}

/** The messages of these rows as they leave the server, each with its first recipients. */
export async function toMessages(db: Tx, viewer: Viewer, rows: readonly MessageRow[]): Promise<Message[]> {
  const recipients = await readRecipients(db, viewer.organizationId, rows.map(({ id }) => id), RECIPIENTS_LISTED)
  const recipientsByMessageId = new Map<string, RecipientRow[]>()
  for (const recipient of recipients) recipientsByMessageId.set(recipient.message_id, [...(recipientsByMessageId.get(recipient.message_id) ?? []), recipient])
  return rows.map((row) => toMessage(row, recipientsByMessageId.get(row.id) ?? [], viewer))
}

function toMessage(row: MessageRow, recipients: readonly RecipientRow[], viewer: Viewer): Message {
  return {
    id: row.id,
    reference: row.reference,
    subject: row.subject,
    sender: { id: row.sender_id, email: row.sender_email, name: row.sender_name },
    recipients: recipients.map(({ email, state, at }) => ({ email, state, at: at?.toISOString() ?? null })),
    files: row.files,
    openings: row.openings,
    activities: row.activities,
    type: row.type,
    sentAt: row.sent_at.toISOString(),
    lastActivityAt: row.last_activity_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    status: row.status,
    abilities: { 'message.view': true, 'message.revoke': revokeAbility({ senderId: row.sender_id, status: row.status }, viewer) },
  }
}
