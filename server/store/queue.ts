import { sql, type RawBuilder } from 'kysely'
import type { Tx } from './bulk'
import { kept } from './kept'

/** A queue is a table whose rows are taken by lease: `run_at` is when a row is due, or when its lease runs out. */
export type QueueTable = 'jobs' | 'outbox'

/** A taken row as its worker names it when reporting back. */
export type Leased = { id: string; lease: string | null; attempts: number; max_attempts: number }

/** How rows are taken: by whom is known by `lease`, a fresh id per call. */
export type TakeOptions = { now: Date; limit: number; leaseMs: number; lease: string; kinds?: readonly string[] }

/** What is taken first of what is due. */
const ORDERS: Record<QueueTable, RawBuilder<unknown>> = { jobs: sql`run_at, id`, outbox: sql`is_bulk, run_at, id` }
const BACK_OFF_STEP_MS = 5_000
const BACK_OFF_MAX_MS = 3_600_000
const ERROR_MAX_LENGTH = 500

/** How long to wait after the n-th attempt failed: 10 s, 20 s, 40 s … at most an hour. */
export function backOffMs(attempts: number): number {
  return Math.min(BACK_OFF_STEP_MS * 2 ** Math.min(attempts, 20), BACK_OFF_MAX_MS)
}

/** Takes due rows; two workers never get the same one, and a worker that dies gives its own back by the lease's end. */
export async function takeDue<R>(db: Tx, table: QueueTable, options: TakeOptions): Promise<R[]> {
  const { now, lease } = options
  const kinds = options.kinds === undefined ? sql`` : sql`and kind = any(${[...options.kinds]}::text[])`
  const { rows } = await sql<R>`
    with due as (
      select id from ${sql.table(table)}
      where state = 'queued' and run_at <= ${now} and attempts < max_attempts ${kinds}
      order by ${ORDERS[table]} limit ${options.limit} for update skip locked
    )
    update ${sql.table(table)} as taken
    set run_at = ${new Date(now.getTime() + options.leaseMs)}, lease = ${lease}, attempts = attempts + 1
    from due where taken.id = due.id returning taken.*`.execute(kept(db))
  return rows
}

/** Prolongs the leases that are still held. A row that its own work has locked is passed over: its worker lives. */
export async function keepLeases(db: Tx, table: QueueTable, rows: readonly Leased[], until: Date): Promise<void> {
  const leases = [...new Set(rows.flatMap(({ lease }) => lease ?? []))]
  await sql`update ${sql.table(table)} set run_at = ${until} where id in (
    select id from ${sql.table(table)} where id = any(${rows.map(({ id }) => id)}::uuid[]) and lease = any(${leases}::uuid[]) and state = 'queued'
    for update skip locked)`.execute(db)
}

/** Whether a lease is still held; until the transaction ends nobody else can take the row. */
export async function holdsLease(db: Tx, table: QueueTable, row: Leased): Promise<boolean> {
  const { rows } = await sql`select from ${sql.table(table)} where id = ${row.id} and lease = ${row.lease} and state = 'queued' for share`.execute(kept(db))
  return rows.length === 1
}

/** Puts a failed row back with growing pauses, or gives up after its last attempt; false when the lease was lost. */
export async function giveBack(db: Tx, table: QueueTable, row: Leased, reason: string, now: Date): Promise<boolean> {
  const state = row.attempts >= row.max_attempts ? 'failed' : 'queued'
  const next = new Date(now.getTime() + backOffMs(row.attempts))
  return touched(db, sql`update ${sql.table(table)}
    set state = ${state}, run_at = ${next}, lease = null, last_error = ${reason.slice(0, ERROR_MAX_LENGTH)}
    where id = ${row.id} and lease = ${row.lease} and state = 'queued'`)
}

/** Gives up on rows whose workers died at every attempt. */
export async function giveUpExhausted(db: Tx, table: QueueTable, now: Date): Promise<void> {
  await sql`update ${sql.table(table)} set state = 'failed', lease = null
    where state = 'queued' and attempts >= max_attempts and run_at <= ${now}`.execute(db)
}

async function touched(db: Tx, statement: ReturnType<typeof sql>): Promise<boolean> {
  const { numAffectedRows } = await statement.execute(db)
  return numAffectedRows === 1n
}
