import type { Logger } from 'pino'
import { describeError } from '../http/logger'
import { completeJob, failJob, queueJobs, takeJobs, type Job } from '../store/jobs'
import { LEASE_MS, whileHeld } from '../store/leases'
import type { Store } from '../store/store'

/**
 * Does one kind of work. It may be run again after a crash, so it either changes nothing twice or
 * completes its job in the transaction of its own change and answers `completed`.
 */
export type JobHandler = (job: Job) => Promise<'done' | 'completed'>

/** Handlers by kind; a kind without one is left for a server that knows it. */
export type JobHandlers = Record<string, JobHandler>

/** A kind of job that is queued again and again. */
export type Schedule = { kind: string; everyMs: number }

/** What the queue needs. */
export type JobsDeps = { store: Store; handlers: JobHandlers; clock: () => Date; newId: () => string; logger: Logger }

const BATCH = 8

/** Takes due jobs and does them, one batch; answers how many there were. */
export async function runJobs(deps: JobsDeps): Promise<number> {
  const { store, clock } = deps
  const kinds = Object.keys(deps.handlers)
  const jobs = await store.system((db) => takeJobs(db, { now: clock(), limit: BATCH, leaseMs: LEASE_MS, lease: deps.newId(), kinds }))
  if (jobs.length > 0) await whileHeld(deps, 'jobs', jobs, () => Promise.all(jobs.map((job) => runJob(deps, job))))
  return jobs.length
}

async function runJob({ store, handlers, clock, logger }: JobsDeps, job: Job): Promise<void> {
  try {
    const outcome = await handlers[job.kind]?.(job)
    if (outcome === 'done') await store.system((db) => completeJob(db, job, clock()))
  } catch (error) {
    const { name, code } = describeError(error)
    logger.error({ job: job.id, kind: job.kind, attempts: job.attempts, error: describeError(error) }, 'job failed')
    await store.system((db) => failJob(db, job, code ?? name, clock()))
  }
}

/** Queues each schedule's job where none waits. With several servers one is queued all the same. */
export async function queueSchedules(deps: Pick<JobsDeps, 'store' | 'clock' | 'newId'>, schedules: readonly Schedule[], lastRun: Map<string, number>): Promise<void> {
  const now = deps.clock()
  const due = schedules.filter(({ kind, everyMs }) => now.getTime() - (lastRun.get(kind) ?? 0) >= everyMs)
  if (due.length === 0) return
  await deps.store.system((db) => queueJobs(db, null, due.map(({ kind }) => ({ kind, payload: {}, dedupeKey: `schedule ${kind}` })), now, deps.newId))
  for (const { kind } of due) lastRun.set(kind, now.getTime())
}
