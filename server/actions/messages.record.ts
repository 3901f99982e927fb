import type { Viewer } from '../../shared/access/access.policy'
import type { Ability } from '../../shared/access/abilities'
import type { LogEvent, Message } from '../../shared/logs/logs.model'
import type { Tx } from '../store/bulk'
import type { Row } from '../store/tables'
import { toEvent } from './events.record'

const EVENTS_SHOWN = 50

/** Whether the viewer may know of a message: its sender, or who reads the logs of such senders. */
const maySee = (viewer: Viewer, message: Row<'messages'>, isAdminsMessage: boolean): boolean =>
  message.sender_id === viewer.userId || viewer.permissions.includes(isAdminsMessage ? 'logs.view_admins' : 'logs.view_users')

function revokeAbility(viewer: Viewer, message: Row<'messages'>): Ability {
  if (message.sender_id !== viewer.userId && !viewer.permissions.includes('messages.revoke_any')) return 'access.denied'
  return message.status === 'live' ? true : 'message.not_live'
}

/** One message with its newest events; null where there is none that the viewer may know of. */
export async function readMessage(db: Tx, viewer: Viewer, messageId: string): Promise<{ message: Message; events: LogEvent[] } | null> {
  const row = await db.selectFrom('messages').selectAll().where('organization_id', '=', viewer.organizationId).where('id', '=', messageId).executeTakeFirst()
  if (row === undefined) return null
  const events = await db.selectFrom('events').selectAll()
    .where('organization_id', '=', viewer.organizationId).where('message_id', '=', messageId).orderBy('sequence', 'desc').limit(EVENTS_SHOWN).execute()
  if (!maySee(viewer, row, events.some((event) => event.of_admin))) return null
  const recipients = await db.selectFrom('message_recipients').select(['email', 'state', 'at'])
    .where('organization_id', '=', viewer.organizationId).where('message_id', '=', messageId).orderBy('email_key').limit(200).execute()
  return { message: toMessage(row, recipients, viewer), events: events.map(toEvent) }
}

type Recipient = Pick<Row<'message_recipients'>, 'email' | 'state' | 'at'>

function toMessage(row: Row<'messages'>, recipients: readonly Recipient[], viewer: Viewer): Message {
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
    abilities: { 'message.view': true, 'message.revoke': revokeAbility(viewer, row) },
  }
}
