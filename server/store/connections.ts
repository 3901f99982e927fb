import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type CompiledQuery, type DatabaseConnection, type Dialect, type QueryResult } from 'kysely'
import { Pool, type PoolClient, type PoolConfig, type QueryResult as PgResult } from 'pg'
import type { Tx } from './bulk'
import { keptName } from './kept'
import { codeOf } from './postgres/problems'
import type { Database } from './tables'

/** One connection, for one piece of work at a time. */
export type Held = {
  /** What is asked at once is sent at once, and answered in order. */
  tx: Tx
  /** Begins a transaction with statements that take no parameters. */
  begin: (text: string) => Promise<void>
  /**
   * Ends it; what its work still asks is refused, for by then the connection may be somebody else's. Fails where the
   * database rolls back what was to be committed: a statement before it has failed.
   */
  end: (how: 'commit' | 'rollback') => Promise<void>
  /** Ends a transaction that only read: with the begin of the next, or a moment later. Release it then. */
  leave: () => void
  /** Gives it back; one that is of no more use is thrown away, as one that broke is by itself. */
  release: (isUseless: boolean) => void
}

/** Connections to a database, a few and kept. */
export type Connections = { hold: () => Promise<Held>; close: () => Promise<void> }

/** `say` answers what the last statement of the text turned out to be. */
type Own = { connect: (isOver: () => boolean) => Tx; say: (text: string) => Promise<string>; leave: () => void }

/** How long a transaction that only read may stay open. */
const LEAVE_MS = 5

/** Connections of a pool; `onError` hears of those that died while idle. */
export function openConnections(config: PoolConfig, onError: (error: Error) => void): Connections {
  const pool = new Pool({ ...config, pipeline: true })
  pool.on('error', onError)
  // A connection that dies while in use fails its query too; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const owns = new WeakMap<PoolClient, Own>()
  const hold = async (): Promise<Held> => {
    const client = await pool.connect()
    const own = owns.get(client) ?? ownOf(client)
    owns.set(client, own)
    let isOver = false
    const tx = own.connect(() => isOver)
    const over = (): void => { isOver = true }
    return {
      tx,
      begin: async (text) => { await own.say(text) },
      end: async (how) => {
        over()
        if (await own.say(how) !== how.toUpperCase()) throw new Error('the database took the change back')
      },
      leave: () => { over(); own.leave() },
      release: (isUseless) => { over(); client.release(isUseless) },
    }
  }
  return { hold, close: () => pool.end() }
}

/** Query builders that speak over one connection alone: Kysely's own for a pool sends each statement only after the last one's answer. */
function ownOf(client: PoolClient): Own {
  const { gather, flush } = gathering(client)
  const connectionFor = (isOver: () => boolean): DatabaseConnection => {
    const reasoned = reasoning()
    return {
      executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
        if (isOver()) throw new Error('the transaction is over')
        gather()
        const name = keptName(query)
        const answer = client.query({ text: query.sql, values: [...query.parameters], ...(name === undefined ? {} : { name }) })
        if (isLarge(query)) flush()
        const { command, rowCount, rows } = await reasoned(answer)
        return { rows: rows ?? [], ...(CHANGES.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) }
      },
      streamQuery: () => { throw new Error('rows are read in pages') },
    }
  }
  let left: NodeJS.Timeout | null = null
  const say = async (text: string): Promise<string> => {
    const before = left === null ? '' : 'commit; '
    if (left !== null) clearTimeout(left)
    left = null
    gather()
    const results: Pick<PgResult, 'command'> | Pick<PgResult, 'command'>[] = await client.query(before + text)
    return (Array.isArray(results) ? results.at(-1) : results)?.command ?? ''
  }
  // Under load somebody else begins at once, and one message does for both.
  const leave = (): void => {
    left = setTimeout(() => {
      left = null
      client.query('commit').catch(() => undefined)
    }, LEAVE_MS)
  }
  return { connect: (isOver) => new Kysely<Database>({ dialect: dialectOf(connectionFor(isOver)) }), say, leave }
}

/** After a statement that failed the database refuses all others of a transaction; they fail for the reason of the first. */
function reasoning(): <T>(statement: Promise<T>) => Promise<T> {
  let reason: unknown = null
  return async (statement) => {
    try {
      return await statement
    } catch (error) {
      reason ??= error
      throw codeOf(error) === IN_FAILED_TRANSACTION ? reason : error
    }
  }
}

/** Letters or bytes of a parameter. */
const LARGE = 8_192
const IN_FAILED_TRANSACTION = '25P02'
const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/** What takes the database a while: it begins at once, and whatever is prepared next is prepared meanwhile. */
const isLarge = ({ parameters }: CompiledQuery): boolean => parameters.some((value) => (typeof value === 'string' || Buffer.isBuffer(value)) && value.length > LARGE)

/** Sends together what is asked without waiting in between, until it is flushed: each write to the socket wakes the database up. */
function gathering(client: PoolClient): { gather: () => void; flush: () => void } {
  const { stream } = client.connection
  let isGathering = false
  const flush = (): void => {
    if (isGathering) stream.uncork()
    isGathering = false
  }
  const gather = (): void => {
    if (isGathering) return
    isGathering = true
    stream.cork()
    process.nextTick(flush)
  }
  return { gather, flush }
}

const dialectOf = (connection: DatabaseConnection): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createDriver: () => ({
    init: nothing,
    acquireConnection: async () => connection,
    releaseConnection: nothing,
    beginTransaction: refuseTransaction,
    commitTransaction: refuseTransaction,
    rollbackTransaction: refuseTransaction,
    destroy: nothing,
  }),
})

const nothing = async (): Promise<void> => undefined

async function refuseTransaction(): Promise<void> {
  throw new Error('the store begins and ends transactions')
}
