import { keepLeases, type Leased, type QueueTable } from './queue'
import type { Store } from './store'

/** A worker that dies is missed after this long: what it had taken is due again. */
export const LEASE_MS = 20_000
const BEAT_MS = LEASE_MS / 4

/**
 * Does work on taken rows and keeps them taken for as long as it lasts, so that a lease says nothing about how
 * long work may take, only how soon a dead worker's is taken up. A beat that fails is made up for by the next.
 */
export async function whileHeld<T>({ store, clock }: { store: Store; clock: () => Date }, table: QueueTable, rows: readonly Leased[], work: () => Promise<T>): Promise<T> {
  let beat: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    beat = store.system((db) => keepLeases(db, table, rows, new Date(clock().getTime() + LEASE_MS))).catch(() => undefined)
  }, BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    // Whoever closes the store after the work must not close it under a beat.
    await beat
  }
}
