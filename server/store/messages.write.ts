import { sql } from 'kysely'
import { insertOf, type PlainRow, type Tx } from './bulk'
import { kept } from './kept'

const MESSAGE_COLUMNS = [
  'organization_id', 'id', 'reference', 'subject', 'type', 'sender_email', 'sender_key', 'sender_id', 'sender_name', 'files', 'openings', 'activities', 'sent_at', 'last_activity_at', 'expires_at', 'status', 'revoked_at',
]
const RECIPIENT_COLUMNS = ['organization_id', 'message_id', 'email_key', 'email', 'state', 'at']

/** Of these ids of the messaging service, those that were never seen; they are remembered from now on. */
export async function claimEventIds(db: Tx, organizationId: string, ids: readonly string[], now: Date): Promise<Set<string>> {
  const { rows } = await sql<{ event_id: string }>`
    insert into ingested_event_ids (organization_id, event_id, recorded_at) select ${organizationId}, id, ${now} from unnest(${[...ids]}::text[]) as id
    on conflict do nothing returning event_id`.execute(kept(db))
  return new Set(rows.map(({ event_id: id }) => id))
}

/** Writes messages and recipients as they now are. All rows hold every column. */
export async function putMessages(db: Tx, messages: readonly PlainRow[], recipients: readonly PlainRow[]): Promise<void> {
  await put(db, 'messages', MESSAGE_COLUMNS, ['organization_id', 'id'], messages)
  await put(db, 'message_recipients', RECIPIENT_COLUMNS, ['organization_id', 'message_id', 'email_key'], recipients)
}

async function put(db: Tx, table: 'messages' | 'message_recipients', columns: readonly string[], key: readonly string[], rows: readonly PlainRow[]): Promise<void> {
  if (rows.length === 0) return
  const updates = sql.join(columns.filter((name) => !key.includes(name)).map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`))
  await sql`${insertOf(table, rows)} on conflict (${sql.join(key.map((name) => sql.ref(name)))}) do update set ${updates}`.execute(kept(db))
}
