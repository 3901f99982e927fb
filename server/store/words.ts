import { sql } from 'kysely'
import { Client } from 'pg'
import type { Tx } from './bulk'
import type { StoreConnection } from './database'
import { kept } from './kept'

/** As migration 5 makes it; `if not exists`, so that a load that was cut brings it back at the next start. */
const ENSURE_INDEX = `create index if not exists events_by_words on events using gin
  (organization_id, event_words(actor_email, actor_name, subjects, target_label, message_id, changes, ip))`

async function asOwner(connection: StoreConnection, work: (owner: Client) => Promise<void>): Promise<void> {
  const owner = new Client(connection)
  owner.on('error', () => undefined)
  await owner.connect()
  try {
    await work(owner)
  } finally {
    await owner.end()
  }
}

/**
 * Runs a load of a whole log while the index of its words is away, and builds the index afterwards,
 * with the cores there are: a third of the work of adding a million lines to it one by one. Owner's
 * work, and for an empty log only: nothing is searched meanwhile.
 */
export async function loadWithoutWords(connection: StoreConnection, load: () => Promise<void>): Promise<void> {
  await asOwner(connection, async (owner) => {
    await owner.query('drop index if exists events_by_words')
    try {
      await load()
    } finally {
      await owner.query("set maintenance_work_mem = '256MB'")
      await owner.query(ENSURE_INDEX)
    }
  })
}

/** Brings the index of words back where a load was cut before it could. */
export async function ensureWords(connection: StoreConnection): Promise<void> {
  await asOwner(connection, async (owner) => void await owner.query(ENSURE_INDEX))
}

/**
 * Sorts into the indexes of all searches what was added to them lately; answers how many pages that were. Searches find
 * it before, too. To be done every now and then, beside the writes: see `SEARCH_LISTS` in database.ts.
 */
export async function mergeSearchLists(db: Tx): Promise<number> {
  const { rows } = await sql<{ pages: number }>`select merge_search_lists() as pages`.execute(kept(db))
  return rows[0]?.pages ?? 0
}
