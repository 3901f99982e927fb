import { sql } from 'kysely'
import { Client, types, type PoolConfig } from 'pg'
import type { Tx } from './bulk'
import { openConnections, type Connections } from './connections'
import { migrate, type Migrated } from './migrations/migrate'
import { codeOf, messageOf } from './postgres/problems'

/** A PostgreSQL to talk to: the embedded one's socket, or a server's URL. */
export type StoreConnection = { host: string; port: number; user: string; database: string } | { connectionString: string }

const STATEMENT_TIMEOUT_MS = 15_000
const LOCK_TIMEOUT_MS = 10_000
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000
const CONNECT_TIMEOUT_MS = 5_000
const POOL_SIZE = 8
const PARTITION_MONTHS = 13

const INT8_OID = 20
const DATE_OID = 1082

// Sequences stay far below 2^53, and a date has no time zone to be moved by.
const parsers: PoolConfig['types'] = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8_OID) return Number
    if (oid === DATE_OID) return String
    return types.getTypeParser(oid, format)
  },
}

/** Applies missing migrations and creates the log's partitions for the coming year; runs as the owner. */
export async function prepareDatabase(connection: StoreConnection, now: Date): Promise<Migrated> {
  const client = new Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    const migrated = await migrate(client)
    if (migrated.ok) await client.query('select ensure_event_partitions($1, $2)', [now, PARTITION_MONTHS])
    return migrated
  } finally {
    await client.end()
  }
}

/**
 * A table is never read from end to end where an index leads to an organization's rows. Plans that are kept, those that
 * check foreign keys among them, would do so for good if they were made while the table was all but empty.
 */
const BY_INDEX = 'enable_seqscan=off'

/**
 * How much new text may wait to be sorted into an index before a write has to do it: several times what comes between
 * two turns of the background (see `mergeSearchLists`), and little enough for a search to look through.
 */
const SEARCH_LISTS = 'gin_pending_list_limit=16MB'

/** Opens connections that work as the lesser role; `onError` hears of those that died while idle. */
export function openDatabase(connection: StoreConnection, poolSize: number = POOL_SIZE, onError: (error: Error) => void = () => undefined): Connections {
  return openConnections({
    ...connection,
    types: parsers,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    options: [
      'role=orgdesk_app', `statement_timeout=${STATEMENT_TIMEOUT_MS}`, `lock_timeout=${LOCK_TIMEOUT_MS}`,
      `idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_TIMEOUT_MS}`, 'timezone=UTC', BY_INDEX, SEARCH_LISTS,
    ].map((setting) => `-c ${setting}`).join(' '),
  }, onError)
}

/**
 * Creates the monthly partitions of the log from `from` on. Called at the start and by a job,
 * so that no insert ever waits for one.
 */
export async function ensurePartitions(db: Tx, from: Date, months: number = PARTITION_MONTHS): Promise<void> {
  await sql`select ensure_event_partitions((${from}::timestamptz at time zone 'UTC')::date, ${months})`.execute(db)
}

/** Brings the planner's statistics up to date; call it after a bulk load. */
export async function refreshStatistics(db: Tx): Promise<void> {
  // Longer than any request may take: it reads a sample of each month of the log.
  await sql`set local statement_timeout = '10min'`.execute(db)
  await sql`select refresh_statistics()`.execute(db)
}

/**
 * As `refreshStatistics`, of what a list of people fills. Statements by key that a connection planned while there were
 * few people join whole tables with each other, until new statistics let them be planned again.
 */
export async function refreshPeopleStatistics(db: Tx): Promise<void> {
  await sql`set local statement_timeout = '10min'`.execute(db)
  await sql`select refresh_people_statistics()`.execute(db)
}

/** Whether an error means that the database cannot be reached or is out of room just now: worth a later retry. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error)
  if (/^(08|53|57P|58)/.test(code) || UNAVAILABLE_CODES.has(code)) return true
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(messageOf(error))
}

const UNAVAILABLE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', '55P03', '57014', '25P03'])
