import { insertMany, type Tx } from './bulk'
import type { Json } from '../../shared/kit/result'
import { fixed, kept } from './kept'
import { giveBack, holdsLease, takeDue, type Leased, type TakeOptions } from './queue'
import type { Row } from './tables'

/** Work for later. With a `dedupeKey`, only one such job waits at a time. */
export type NewJob = { kind: string; payload: Json; runAt?: Date; dedupeKey?: string; maxAttempts?: number; id?: string }
export type Job = Row<'jobs'>

const MAX_ATTEMPTS = 10

/** Queues jobs of one organization, or of the server itself (null, in a system transaction). */
export async function queueJobs(db: Tx, organizationId: string | null, jobs: readonly NewJob[], now: Date, newId: () => string): Promise<void> {
  await insertMany(db, 'jobs', jobs.map((job) => ({
    id: job.id ?? newId(), organization_id: organizationId, kind: job.kind, payload: job.payload, dedupe_key: job.dedupeKey ?? null,
    state: 'queued', run_at: job.runAt ?? now, attempts: 0, max_attempts: job.maxAttempts ?? MAX_ATTEMPTS, lease: null,
    last_error: null, created_at: now, finished_at: null,
  })), 'ignore')
}

/** Takes due jobs under a lease. */
export function takeJobs(db: Tx, options: TakeOptions): Promise<Job[]> {
  return takeDue<Job>(db, 'jobs', options)
}

/**
 * Marks a job done; false when its lease was lost. Called in the transaction of the job's own change,
 * it makes that change happen exactly once.
 */
export async function completeJob(db: Tx, job: Leased, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('jobs').set({ state: 'done', finished_at: now, lease: null })
    .where('id', '=', job.id).where('lease', '=', job.lease).where('state', '=', 'queued').executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Prolongs the lease of a job that has got on: attempts count from here. False when it was lost; to be called in the transaction of its progress. */
export async function renewJob(db: Tx, job: Leased, until: Date): Promise<boolean> {
  const { numUpdatedRows } = await kept(db).updateTable('jobs').set({ run_at: until, attempts: 1, last_error: null })
    .where('id', '=', job.id).where('lease', '=', job.lease).where('state', '=', 'queued').executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Whether a job is one's own at this moment: for whoever looks again before anything comes of it. */
export async function seesJob(db: Tx, job: Leased): Promise<boolean> {
  const row = await kept(db).selectFrom('jobs').select('id').where('id', '=', job.id).where('lease', '=', job.lease).where('state', '=', fixed('queued')).executeTakeFirst()
  return row !== undefined
}

/** Whether a job is still one's own, and stays so until the transaction ends. */
export function holdsJob(db: Tx, job: Leased): Promise<boolean> {
  return holdsLease(db, 'jobs', job)
}

/**
 * Puts a long job back to go on with it in its turn; progress makes it whole again, so no attempt is counted.
 * False when its lease was lost.
 */
export async function continueJob(db: Tx, job: Leased, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('jobs').set({ run_at: now, attempts: 0, lease: null })
    .where('id', '=', job.id).where('lease', '=', job.lease).where('state', '=', 'queued').executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Puts a failed job back, or gives up after its last attempt. */
export function failJob(db: Tx, job: Leased, reason: string, now: Date): Promise<boolean> {
  return giveBack(db, 'jobs', job, reason, now)
}
