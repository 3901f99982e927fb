import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { commandFor, giveTo, type Account } from './account'
import { moveOnce, type Binaries } from './binaries'
import { codeOf, messageOf, refuse, type Attempt } from './problems'

/** The database user that owns everything; the server itself works as a lesser role. */
export const OWNER = 'orgdesk'

/** Folders of one embedded installation, all below `DATA_DIR/postgres`. */
export type Folders = { home: string; cluster: string; log: string; socket: string }

/** A postmaster as its pid file describes it. */
export type Postmaster = { pid: number; socket: string }

/** A postmaster of ours: `exited` turns true when it is gone. */
export type Child = { exited: boolean }

// 107 bytes is what the kernel takes for the path of a socket.
const SOCKET_PATH_MAX_BYTES = 107
const SOCKET_NAME = '.s.PGSQL.5432'
const LOG_MAX_BYTES = 10_000_000

// A small server: most of the cache is left to the operating system. fsync and its kin keep their defaults: on.
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '768MB',
  wal_compression: 'on',
  huge_pages: 'off',
  jit: 'off',
  io_method: 'sync',
  autovacuum_max_workers: '2',
  // What grows quickly is planned anew after seconds instead of a minute.
  autovacuum_naptime: '15s',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '1',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

// For throw-away databases only.
const VOLATILE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '120' }

/** Creates the folders; the socket goes to a short private folder when DATA_DIR is too long for one. */
export function ensureFolders(dataDir: string, shortRoot: string): Folders {
  const home = join(dataDir, 'postgres')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const near = join(realpathSync(home), 'socket')
  const fits = Buffer.byteLength(join(near, SOCKET_NAME)) <= SOCKET_PATH_MAX_BYTES
  const digest = createHash('sha256').update(near).digest('hex').slice(0, 16)
  const socket = fits ? near : join(shortRoot, `orgdesk-${digest}`)
  mkdirSync(socket, { recursive: true, mode: 0o700 })
  return { home, cluster: join(home, 'cluster'), log: join(home, 'postgres.log'), socket }
}

/** Makes the socket folder private to the account; a folder that somebody else put there is refused. */
export function ensurePrivateSocket(folders: Folders, account: Account): Attempt<null> {
  const found = lstatSync(folders.socket)
  const allowed = [process.getuid?.(), account.owner]
  if (!found.isDirectory() || !allowed.includes(found.uid)) {
    return refuse('store.not_started', `${folders.socket} belongs to somebody else`)
  }
  giveTo(folders.socket, account.owner)
  chmodSync(folders.socket, 0o700)
  return { ok: true, value: null }
}

/** Creates the cluster when there is none; a cut attempt leaves nothing that looks finished. */
export function ensureCluster(folders: Folders, binaries: Binaries, account: Account): Attempt<null> {
  if (existsSync(join(folders.cluster, 'PG_VERSION'))) {
    giveTo(folders.cluster, account.owner)
    return { ok: true, value: null }
  }
  const half = `${folders.cluster}.${process.pid}`
  rmSync(half, { recursive: true, force: true })
  const command = commandFor(account, binaries.initdb, [
    '-D', half, '-U', OWNER, '--auth=trust', '--encoding=UTF8',
    '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8',
  ])
  const done = spawnSync(command.file, command.args, { ...idsOf(command), cwd: '/', encoding: 'utf8' })
  if (done.status !== 0) return refuse('store.init_failed', (done.stderr || messageOf(done.error)).trim())
  moveOnce(half, folders.cluster)
  return { ok: true, value: null }
}

/** Starts a postmaster that outlives terminal signals; its output goes to the log file. */
export function spawnPostmaster(folders: Folders, binaries: Binaries, account: Account, durable: boolean): Child {
  const settings = Object.entries({ ...SETTINGS, ...(durable ? {} : VOLATILE) }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = commandFor(account, binaries.postgres, ['-D', folders.cluster, '-k', folders.socket, ...settings])
  const tooLong = (statSync(folders.log, { throwIfNoEntry: false })?.size ?? 0) > LOG_MAX_BYTES
  const log = openSync(folders.log, tooLong ? 'w' : 'a', 0o600)
  const child: Child = { exited: false }
  // Its own process group: Ctrl-C in a terminal must reach the server first.
  const started = spawn(command.file, command.args, { ...idsOf(command), cwd: '/', detached: true, stdio: ['ignore', log, log] })
  started.on('exit', () => { child.exited = true })
  started.on('error', () => { child.exited = true })
  started.unref()
  closeSync(log)
  return child
}

/** The postmaster that lives on the cluster, or null; the pid file of a dead one counts as none. */
export function findPostmaster(folders: Folders): Postmaster | null {
  const lines = readPidFile(folders)
  const pid = Number(lines[0])
  const socket = lines[4]
  if (!Number.isInteger(pid) || pid <= 0 || !isPostmaster(pid, folders)) return null
  return { pid, socket: socket === undefined || socket === '' ? folders.socket : socket }
}

/**
 * Drops a pid file whose number now belongs to another program (usual after a container restart),
 * because PostgreSQL would take that program for itself and refuse to start.
 */
export function dropStalePidFile(folders: Folders): void {
  if (readPidFile(folders).length > 0 && findPostmaster(folders) === null) {
    rmSync(join(folders.cluster, 'postmaster.pid'), { force: true })
  }
}

/** The last lines of PostgreSQL's own log, for the operator. */
export function tailOfLog(folders: Folders): string {
  if (!existsSync(folders.log)) return ''
  return readFileSync(folders.log, 'utf8').trimEnd().split('\n').slice(-5).join('\n')
}

function readPidFile(folders: Folders): string[] {
  try {
    return readFileSync(join(folders.cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

function isPostmaster(pid: number, folders: Folders): boolean {
  if (process.platform === 'linux') {
    try {
      // A zombie has an empty command line, and is as good as dead.
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folders.cluster)
    } catch {
      return false
    }
  }
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function idsOf(command: { uid?: number; gid?: number }): { uid?: number; gid?: number } {
  return command.uid === undefined ? {} : { uid: command.uid, gid: command.gid }
}
