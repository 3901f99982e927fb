import type { Tx } from '../store/bulk'
import { chainEvents, EMPTY_CHAIN, SALT_BYTES, type OpenEvent } from '../store/events.chain'
import { batchOf, writeBatch } from '../store/events.load'
import { bytes, type Random } from './seed.random'

const CHUNK = 5_000

/** Writes a whole log at once: chained as the store chains, in batches, its head at the end. */
export async function appendOpenEvents(db: Tx, organizationId: string, events: Iterable<OpenEvent>, random: Random): Promise<void> {
  let head = EMPTY_CHAIN
  let recordedAt = new Date(0)
  // The database writes one batch while the next is being chained.
  let writing: Promise<void> = Promise.resolve()
  const append = async (open: OpenEvent[]): Promise<void> => {
    const chained = chainEvents(head, open, () => bytes(random, SALT_BYTES))
    const batch = batchOf(chained.rows)
    await writing
    writing = writeBatch(db, batch)
    head = chained.head
    recordedAt = open.at(-1)?.recorded_at ?? recordedAt
  }
  let open: OpenEvent[] = []
  for (const event of events) {
    open.push(event)
    if (open.length < CHUNK) continue
    await append(open)
    open = []
  }
  if (open.length > 0) await append(open)
  await writing
  if (head.sequence > 0) await db.insertInto('chain_heads').values({ organization_id: organizationId, sequence: head.sequence, hash: head.hash, recorded_at: recordedAt }).execute()
}
