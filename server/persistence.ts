import { prepareDatabase, type StoreConnection } from './store/database'
import { newId } from './store/ids'
import { describeProblem } from './store/postgres/problems'
import { startPostgres } from './store/postgres/supervisor'
import { openStore, type Store } from './store/store'
import type { Settings } from './settings'

/** Why the server cannot start; `detail` is one line for the operator's terminal. */
export type PersistenceProblem = { code: string; detail: string }

/** The store, ready for use, with the PostgreSQL behind it where that is our own. */
export type Persistence = { ok: true; store: Store; connection: StoreConnection; close: () => Promise<void> } | { ok: false; problem: PersistenceProblem }

/** `running`: a PostgreSQL of somebody else's to use, and to leave running. */
type Options = { settings: Pick<Settings, 'dataDir' | 'databaseUrl'>; clock: () => Date; onLost: (problem: string) => void; onError: () => void; running?: StoreConnection }
/** A database that answers, and how to let it go. */
export type Connected = { ok: true; connection: StoreConnection; stop: () => Promise<void> } | { ok: false; problem: PersistenceProblem }

/** Starts our own PostgreSQL or uses the one configured, brings its schema up to date and opens the store. */
export async function openPersistence(options: Options): Promise<Persistence> {
  const connected = await connect(options)
  if (!connected.ok) return connected
  const { connection, stop } = connected
  try {
    const migrated = await prepareDatabase(connection, options.clock())
    if (!migrated.ok) {
      await stop()
      return { ok: false, problem: { code: migrated.code, detail: `the database does not fit this version (${migrated.migration}): start the version that wrote it, or a newer one` } }
    }
    const store = await openStore({ connection, newId, now: options.clock(), onError: options.onError })
    const close = async (): Promise<void> => {
      await store.close()
      await stop()
    }
    return { ok: true, store, connection, close }
  } catch (error) {
    await stop()
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return { ok: false, problem: { code: 'store.unreachable', detail: `the database cannot be used (${code})` } }
  }
}

async function connect({ settings, onLost, running }: Options): Promise<Connected> {
  if (running !== undefined) return { ok: true, connection: running, stop: async () => undefined }
  return startDatabase({ settings, onLost })
}

/** Starts our own PostgreSQL or names the one configured, without looking at what is in it. */
export async function startDatabase({ settings, onLost }: Pick<Options, 'settings' | 'onLost'>): Promise<Connected> {
  if (settings.databaseUrl !== null) return { ok: true, connection: { connectionString: settings.databaseUrl }, stop: async () => undefined }
  const started = await startPostgres({ dataDir: settings.dataDir, onLost: (problem) => onLost(describeProblem(problem)) })
  if (!started.ok) return { ok: false, problem: started.problem }
  return { ok: true, connection: started.value.connection, stop: started.value.stop }
}
