import { sql, type RawBuilder } from 'kysely'
import { insertOf, type Tx } from './bulk'
import type { Row } from './tables'

/** Lines that are chained already, and the users whom each concerns, ready to be written: made apart, because making them takes as long as writing. */
export type EventBatch = { lines: RawBuilder<unknown>; people: RawBuilder<unknown> }

/** The batch of these lines. */
export function batchOf(rows: readonly Row<'events'>[]): EventBatch {
  const people = rows.flatMap((row) => [...new Set([row.actor_id, ...row.subjects.map(({ id }) => id)])].filter((id) => id !== null)
    .map((userId) => ({ organization_id: row.organization_id, user_id: userId, sequence: row.sequence })))
  return { lines: insertOf('events', rows), people: insertOf('event_people', people) }
}

/** Writes a batch of a log that is loaded as a whole; the head of its chain is the caller's to store. */
export async function writeBatch(db: Tx, { lines, people }: EventBatch): Promise<void> {
  await lines.execute(db)
  await people.execute(db)
}

/** Until the transaction ends: time for a long load, and how many new words may wait for their index. */
export async function loadAtOnce(db: Tx, words: string): Promise<void> {
  await sql`select set_config('statement_timeout', '10min', true), set_config('work_mem', '64MB', true), set_config('gin_pending_list_limit', ${words}, true)`.execute(db)
}
