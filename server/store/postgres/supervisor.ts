import { tmpdir } from 'node:os'
import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { chooseAccount, type RootAccount } from './account'
import { copyBinaries, ensureRunnable, findPackage } from './binaries'
import {
  dropStalePidFile, ensureCluster, ensureFolders, ensurePrivateSocket, findPostmaster, OWNER, spawnPostmaster, tailOfLog,
  type Child, type Folders,
} from './cluster'
import { codeOf, messageOf, refuse, type Attempt, type PostgresProblem } from './problems'

/** What `startPostgres` needs; `durable: false` is for throw-away databases of tests only. */
export type PostgresOptions = {
  dataDir: string
  /** The database to create when it is missing, and to connect to. */
  database?: string
  durable?: boolean
  /** Ways to leave root behind, in order of preference; see ROOT_ACCOUNTS. */
  rootAccounts?: readonly RootAccount[]
  /** PostgreSQL died and could not be brought back, or another owner took it. */
  onLost?: (problem: PostgresProblem) => void
}

/** A running PostgreSQL that this process owns until `stop`. */
export type RunningPostgres = {
  connection: { host: string; port: number; user: string; database: string }
  /** True when it was left behind by an owner that died. */
  adopted: boolean
  stop: () => Promise<void>
}

// "orgdesk" in ASCII, shortened to what an advisory lock takes.
const OWNER_LOCK = 0x6f726764
const PORT = 5432
const START_TIMEOUT_MS = 60_000
const LOCK_TIMEOUT_MS = 2_000
const STOP_TIMEOUT_MS = 8_000
const POLL_MS = 25
/** What a connection says whose PostgreSQL is not there yet, or no more; nothing where it is cut in silence. */
const GONE: ReadonlySet<string> = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', ''])

type Held = { client: Client; host: string; adopted: boolean }

/**
 * Starts the embedded PostgreSQL on `dataDir`, or adopts the one that a dead owner left there.
 * `store.in_use` when another live process owns it. While running, a PostgreSQL that dies is started again.
 */
export async function startPostgres(options: PostgresOptions): Promise<Attempt<RunningPostgres>> {
  const dataDir = resolve(options.dataDir)
  const database = options.database ?? 'orgdesk'
  const folders = ensureFolders(dataDir, tmpdir())
  const state = { stopping: false }
  const first = await own(folders, options, state)
  if (!first.ok) return first
  let held = first.value
  const guard = (): void => {
    held.client.once('end', () => {
      if (!state.stopping) void regain()
    })
  }
  const regain = async (): Promise<void> => {
    const again = await own(folders, options, state).catch((error) => refuse('store.not_started', messageOf(error)))
    if (state.stopping) return
    if (!again.ok) return options.onLost?.(again.problem)
    held = again.value
    guard()
  }
  guard()
  await ensureDatabase(held.client, database)
  const stop = async (): Promise<void> => {
    state.stopping = true
    await stopPostmaster(folders, held.client)
  }
  return { ok: true, value: { connection: { host: held.host, port: PORT, user: OWNER, database }, adopted: held.adopted, stop } }
}

async function own(folders: Folders, options: PostgresOptions, state: { stopping: boolean }): Promise<Attempt<Held>> {
  const deadline = Date.now() + START_TIMEOUT_MS
  let child: Child | null = null
  while (Date.now() < deadline && !state.stopping) {
    const living = findPostmaster(folders)
    const client = living === null ? null : await connect(living.socket)
    if (living !== null && client !== null) {
      const lock = await lockWithin(client, LOCK_TIMEOUT_MS)
      if (lock === 'ours') return { ok: true, value: { client, host: living.socket, adopted: child === null } }
      await client.end().catch(() => undefined)
      // It died between two words: it is started again like any that died.
      if (lock === 'gone') continue
      return refuse('store.in_use', `another server is running on ${folders.home} (PostgreSQL process ${living.pid}): stop it first, or choose another DATA_DIR`)
    }
    if (living === null && (child === null || child.exited)) {
      const spawned = launch(folders, options)
      if (!spawned.ok) return spawned
      child = spawned.value
    }
    await sleep(POLL_MS)
  }
  return refuse('store.not_started', `PostgreSQL did not start within ${START_TIMEOUT_MS / 1000} s: ${tailOfLog(folders)}`)
}

function launch(folders: Folders, options: PostgresOptions): Attempt<Child> {
  const found = findPackage([process.cwd(), dirname(process.argv[1] ?? '.')], `${process.platform}-${process.arch}`)
  if (!found.ok) return found
  const chosen = chooseAccount({
    isRoot: process.getuid?.() === 0,
    binaries: ensureRunnable(found.value, folders.home),
    dataFolder: folders.home,
    candidates: options.rootAccounts ?? ['namespace', 'capability', 'user'],
    copyPrograms: () => copyBinaries(found.value, folders.home),
  })
  if (!chosen.ok) return chosen
  const { account, binaries } = chosen.value
  const socket = ensurePrivateSocket(folders, account)
  if (!socket.ok) return socket
  const cluster = ensureCluster(folders, binaries, account)
  if (!cluster.ok) return cluster
  dropStalePidFile(folders)
  return { ok: true, value: spawnPostmaster(folders, binaries, account, options.durable ?? true) }
}

/** A connection, or null while PostgreSQL is not listening, recovering or shutting down. */
async function connect(host: string): Promise<Client | null> {
  const client = new Client({ host, port: PORT, user: OWNER, database: 'postgres' })
  // Without a listener a PostgreSQL that dies would take this process with it; 'end' follows and is acted upon.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    if (GONE.has(codeOf(error))) return null
    throw error
  }
}

/** The lock of a process that has just died is released a moment later, so it is asked for repeatedly. */
async function lockWithin(client: Client, timeoutMs: number): Promise<'ours' | 'theirs' | 'gone'> {
  const deadline = Date.now() + timeoutMs
  try {
    do {
      const { rows } = await client.query<{ owned: boolean }>('select pg_try_advisory_lock($1) as owned', [OWNER_LOCK])
      if (rows[0]?.owned === true) return 'ours'
      await sleep(POLL_MS)
    } while (Date.now() < deadline)
    return 'theirs'
  } catch (error) {
    if (!GONE.has(codeOf(error))) throw error
    return 'gone'
  }
}

async function ensureDatabase(client: Client, database: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
  if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`)
}

/** Fast shutdown: open transactions are rolled back, the data is checkpointed; immediate if that takes too long. */
async function stopPostmaster(folders: Folders, client: Client): Promise<void> {
  const living = findPostmaster(folders)
  // The signal goes first: a server that starts now must not adopt what is about to stop.
  if (living !== null) process.kill(living.pid, 'SIGINT')
  await client.end().catch(() => undefined)
  if (living === null) return
  const deadline = Date.now() + STOP_TIMEOUT_MS
  while (findPostmaster(folders) !== null) {
    // An immediate stop loses nothing: the next start recovers from the log.
    if (Date.now() > deadline) return void process.kill(living.pid, 'SIGQUIT')
    await sleep(POLL_MS)
  }
}
