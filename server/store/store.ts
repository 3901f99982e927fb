import { randomBytes } from 'node:crypto'
import type { Tx } from './bulk'
import type { Connections } from './connections'
import { createCursors, type Cursors } from './cursors'
import { ensurePartitions, openDatabase, type StoreConnection } from './database'
import { asSystem, changeIn, lookIn, readIn, type ChangeScope, type Outcome, type Work } from './transactions'

/** The one door to the data; everything that comes in or out goes through a transaction of one of four kinds. */
export type Store = {
  /** One consistent, read-only view of one organization. */
  read: <T>(organizationId: string, work: (db: Tx) => Promise<T>) => Promise<T>
  /** One change of one organization, under its lock; see Change. What `ask` reads is asked with the lock, and read under it. */
  change: <T, A = undefined>(scope: ChangeScope, work: Work<T, A>, ask?: (db: Tx) => Promise<A>) => Promise<Outcome<T>>
  /** As `read`, across organizations: who an identity is. Never with a caller's filter. */
  look: <T>(work: (db: Tx) => Promise<T>) => Promise<T>
  /** Across organizations: jobs, the operator's commands. Never with a caller's filter. */
  system: <T>(work: (db: Tx) => Promise<T>) => Promise<T>
  /** A key of 32 random bytes that all servers on this database share, made on first use. */
  key: (name: string) => Promise<Buffer>
  cursors: Cursors
  close: () => Promise<void>
}

/** What `openStore` needs; the schema must be up to date (`prepareDatabase`). */
export type StoreOptions = {
  connection: StoreConnection
  newId: () => string
  now: Date
  /** Connections for reading, and as many for writing. */
  poolSize?: number
  /** Hears of connections that died while idle. */
  onError?: (error: Error) => void
}

const KEY_BYTES = 32

/** Opens the store on a prepared database. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const open = (): Connections => openDatabase(options.connection, options.poolSize, options.onError)
  // Writes wait for locks and for the disk. They do so on connections of their own: nobody who reads stands behind them.
  const [reading, writing] = [open(), open()]
  const close = async (): Promise<void> => { await Promise.all([reading.close(), writing.close()]) }
  const ensuredMonths = new Set<string>()
  const ensureMonth = async (now: Date): Promise<void> => {
    const month = now.toISOString().slice(0, 7)
    if (ensuredMonths.has(month)) return
    await asSystem(writing, (tx) => ensurePartitions(tx, now))
    ensuredMonths.add(month)
  }
  const key = (name: string): Promise<Buffer> => asSystem(writing, (tx) => ensureKey(tx, name, options.now))
  try {
    await ensureMonth(options.now)
    const cursors = createCursors(await key('cursors'))
    return {
      read: (organizationId, work) => readIn(reading, organizationId, work),
      look: (work) => lookIn(reading, work),
      change: async (scope, work, ask) => {
        await ensureMonth(scope.now)
        return changeIn(writing, options.newId, scope, work, ask)
      },
      system: (work) => asSystem(writing, work),
      key,
      cursors,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function ensureKey(tx: Tx, name: string, now: Date): Promise<Buffer> {
  await tx.insertInto('server_keys').values({ name, value: randomBytes(KEY_BYTES), created_at: now })
    .onConflict((conflict) => conflict.doNothing()).execute()
  const { value } = await tx.selectFrom('server_keys').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  return value
}
