import { sql } from 'kysely'
import type { Tx } from './bulk'

/** Lets the messages of an organization say of themselves what its log says of them: openings, activities, the last one. */
export async function countMessageLines(db: Tx, organizationId: string): Promise<void> {
  const counts = sql`select message_id, count(*) filter (where kind = 'opened') as openings, count(*) as activities, max(at) as last from events where organization_id = ${organizationId} and message_id is not null group by message_id`
  await sql`update messages m set openings = c.openings, activities = c.activities, last_activity_at = c.last from (${counts}) c where m.organization_id = ${organizationId} and m.id = c.message_id`.execute(db)
}
