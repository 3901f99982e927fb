import { sql } from 'kysely'
import { toRecordset, type Tx } from '../store/bulk'
import { chainEvents, EMPTY_CHAIN, SALT_BYTES, type OpenEvent } from '../store/events.chain'
import { bytes, type Random } from './seed.random'

const CHUNK = 5_000

/** Writes a whole log at once: chained as the store chains, in batches, its head at the end. */
export async function appendOpenEvents(db: Tx, organizationId: string, events: Iterable<OpenEvent>, random: Random): Promise<void> {
  let head = EMPTY_CHAIN
  let recordedAt = new Date(0)
  // The database writes one batch while the next is being chained.
  let writing: Promise<void> = Promise.resolve()
  const write = async (lines: string, people: string): Promise<void> => {
    await sql`insert into events select * from json_populate_recordset(null::events, ${lines}::json)`.execute(db)
    await sql`insert into event_people select * from json_populate_recordset(null::event_people, ${people}::json)`.execute(db)
  }
  const append = async (batch: OpenEvent[]): Promise<void> => {
    const chained = chainEvents(head, batch, () => bytes(random, SALT_BYTES))
    const people = batch.flatMap((event) => [...new Set([event.actor_id, ...event.subjects.map(({ id }) => id)])].filter((id) => id !== null).map((userId) => ({ organization_id: organizationId, user_id: userId, sequence: event.sequence })))
    const recordsets = [toRecordset(chained.rows), toRecordset(people)] as const
    await writing
    writing = write(...recordsets)
    head = chained.head
    recordedAt = batch.at(-1)?.recorded_at ?? recordedAt
  }
  let batch: OpenEvent[] = []
  for (const event of events) {
    batch.push(event)
    if (batch.length < CHUNK) continue
    await append(batch)
    batch = []
  }
  if (batch.length > 0) await append(batch)
  await writing
  if (head.sequence > 0) await db.insertInto('chain_heads').values({ organization_id: organizationId, sequence: head.sequence, hash: head.hash, recorded_at: recordedAt }).execute()
}
