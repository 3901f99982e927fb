import { sql, type RawBuilder } from 'kysely'
import type { MessageStatus } from './tables/columns'
import type { Tx } from './bulk'
import type { EventReader } from './events.read'
import type { Row } from './tables'

/** A message as it stands at a moment; `of_admin`: its sender is an administrator. */
export type MessageRow = Omit<Row<'messages'>, 'search'> & { of_admin: boolean }
export type RecipientRow = Pick<Row<'message_recipients'>, 'message_id' | 'email' | 'state' | 'at'>

/** What messages are asked for; what is missing leaves everything. `from` and `to` are about when it was sent. */
export type MessageFilter = { sender?: { ids: readonly string[]; email: string }; status?: MessageStatus; words?: readonly string[]; from?: Date; to?: Date }

/** Where a page ends: when its last message was sent, and its id. */
export type MessagePosition = { sentAt: Date; id: string }

/** The messages after a position that the reader may know of and the filter leaves, newest first. */
export async function readMessages(db: Tx, reader: EventReader, filter: MessageFilter, page: { after: MessagePosition | null; limit: number; now: Date }): Promise<MessageRow[]> {
  const { after, limit, now } = page
  const conditions = [...grantConditions(reader), ...filterConditions(filter, now)]
  if (after !== null) conditions.push(sql`messages.sent_at <= ${after.sentAt} and (messages.sent_at < ${after.sentAt} or messages.id > ${after.id})`)
  const { rows } = await sql<MessageRow>`${selection(reader.organizationId, now)} ${and(conditions)} order by messages.sent_at desc, messages.id limit ${limit}`.execute(db)
  return rows
}

/** One message; undefined where there is none that the reader may know of. */
export async function findMessage(db: Tx, reader: EventReader, messageId: string, now: Date): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`${selection(reader.organizationId, now)} ${and([sql`messages.id = ${messageId}`, ...grantConditions(reader)])}`.execute(db)
  return rows[0]
}

/** The recipients of these messages, so many of each, in the order of their addresses. */
export async function readRecipients(db: Tx, organizationId: string, messageIds: readonly string[], limitEach: number): Promise<RecipientRow[]> {
  if (messageIds.length === 0) return []
  const { rows } = await sql<RecipientRow>`
    select recipient.message_id, recipient.email, recipient.state, recipient.at from unnest(${[...messageIds]}::text[]) as wanted (id)
    cross join lateral (select * from message_recipients where organization_id = ${organizationId} and message_id = wanted.id order by email_key limit ${limitEach}) as recipient`.execute(db)
  return rows
}

const and = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => (conditions.length === 0 ? sql`` : sql`and ${sql.join(conditions, sql` and `)}`)

/** A live message ends by itself at its hour, whether or not the messaging service has said so yet. */
const hasRunOut = (now: Date): RawBuilder<boolean> => sql`(messages.status = 'live' and messages.expires_at is not null and messages.expires_at <= ${now})`
const IS_ADMIN = sql`coalesce(users.role <> 'member' and (users.role <> 'custom' or cardinality(roles.permissions) > 0), false)`

const selection = (organizationId: string, now: Date): RawBuilder<unknown> => sql`
  select messages.organization_id, messages.id, messages.reference, messages.subject, messages.type, messages.sender_email, messages.sender_key, messages.sender_id, messages.sender_name,
    messages.files, messages.openings, messages.activities, messages.sent_at, messages.last_activity_at, messages.expires_at,
    case when ${hasRunOut(now)} then 'expired' else messages.status end as status,
    messages.revoke_requested_at, messages.revoke_requested_by, messages.revoked_at, ${IS_ADMIN} as of_admin
  from messages
  left join users on users.organization_id = messages.organization_id and users.id = messages.sender_id
  left join roles on roles.organization_id = users.organization_id and roles.id = users.custom_role_id
  where messages.organization_id = ${organizationId}`

function grantConditions({ userId, members, admins }: EventReader): RawBuilder<unknown>[] {
  if (members && admins) return []
  if (!members && !admins) return [sql`messages.sender_id = ${userId}`]
  return [sql`(messages.sender_id = ${userId} or ${IS_ADMIN} = ${admins})`]
}

function filterConditions({ sender, status, words = [], from, to }: MessageFilter, now: Date): RawBuilder<unknown>[] {
  const conditions = words.map((word) => sql`messages.search like fold(${`%${word.replace(/[\\%_]/g, (char) => `\\${char}`)}%`})`)
  if (sender !== undefined) conditions.push(sql`(messages.sender_id = any(${[...sender.ids]}::uuid[]) or (messages.sender_key = ${sender.email} and messages.sender_key <> ''))`)
  if (status === 'live') conditions.push(sql`messages.status = 'live'`, sql`not ${hasRunOut(now)}`)
  else if (status === 'expired') conditions.push(sql`(messages.status = 'expired' or ${hasRunOut(now)})`)
  else if (status !== undefined) conditions.push(sql`messages.status = ${status}`)
  if (from !== undefined) conditions.push(sql`messages.sent_at >= ${from}`)
  if (to !== undefined) conditions.push(sql`messages.sent_at < ${to}`)
  return conditions
}
