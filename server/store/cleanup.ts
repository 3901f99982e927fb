import type { Tx } from './bulk'
import { giveUpExhausted } from './queue'

const FINISHED_JOBS_DAYS = 30
const COUNTERS_HOURS = 24
/** The provider repeats a notice for days, never for months. */
const PAYMENT_EVENTS_DAYS = 90

/** Drops what has served its time: stored replies, download tickets, files that were made beforehand, finished jobs, old counters. Runs as a system job. */
export async function cleanUp(db: Tx, now: Date): Promise<void> {
  const before = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000)
  await db.deleteFrom('idempotency_keys').where('expires_at', '<', now).execute()
  await db.deleteFrom('downloads').where('expires_at', '<', before(24)).execute()
  await db.deleteFrom('exports').where('expires_at', '<', now).execute()
  await db.deleteFrom('jobs').where('state', '<>', 'queued').where('finished_at', '<', before(24 * FINISHED_JOBS_DAYS)).execute()
  await db.deleteFrom('payment_events').where('received_at', '<', before(24 * PAYMENT_EVENTS_DAYS)).execute()
  await db.deleteFrom('limit_counters').where('window_start', '<', before(COUNTERS_HOURS)).execute()
  await giveUpExhausted(db, 'jobs', now)
  await giveUpExhausted(db, 'outbox', now)
}
