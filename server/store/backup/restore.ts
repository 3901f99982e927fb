import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { StoreConnection } from '../database'
import { MIGRATIONS } from '../migrations'
import { checksumOf, migrate } from '../migrations/migrate'
import { loadWithoutWords } from '../words'
import { hashOfFile } from './backup'
import { fileOfTable, MANIFEST_FILE, parseManifest, type Manifest } from './manifest'
import { columnList, orderTables } from './tables'

/** Where a backup is brought back to: a database and a folder of heads in which nothing is yet. */
export type RestoreOptions = { connection: StoreConnection; headsFolder: string; folder: string }

/** Why a backup was not restored; nothing was changed. */
export type RestoreProblem = 'backup.unreadable' | 'backup.newer' | 'backup.changed_schema' | 'backup.damaged' | 'restore.not_empty'
export type Restored = { ok: true; manifest: Manifest } | { ok: false; problem: RestoreProblem; detail: string }

const refuse = (problem: RestoreProblem, detail: string): Restored => ({ ok: false, problem, detail })

/** Brings a backup back, all of it or nothing; then brings its schema up to date with this version. */
export async function restoreBackup({ connection, headsFolder, folder }: RestoreOptions): Promise<Restored> {
  const manifest = parseManifest(await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => ''))
  if (manifest === null) return refuse('backup.unreadable', folder)
  const steps = stepsOf(manifest)
  if (!steps.ok) return steps.refusal
  for (const { file, sha256 } of manifest.heads) {
    if (await hashOfFile(join(folder, 'heads', file)).catch(() => '') !== sha256) return refuse('backup.damaged', file)
  }
  if ((await readdir(headsFolder).catch(() => [])).length > 0) return refuse('restore.not_empty', headsFolder)
  const client = new Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows: [found] } = await client.query<{ taken: string | null }>("select to_regclass('public.organizations')::text as taken")
    const isFresh = found?.taken == null
    if (!isFresh && (await client.query('select from organizations limit 1')).rowCount !== 0) return refuse('restore.not_empty', 'organizations')
    const migrated = await migrate(client, isFresh ? MIGRATIONS.slice(0, steps.count) : MIGRATIONS)
    // Rows of an older schema go into that schema: a database that is further already is not taken back.
    if (!migrated.ok || (!isFresh && steps.count !== MIGRATIONS.length)) return refuse('restore.not_empty', 'migrations')
    const damaged = await loadAll(connection, client, folder, manifest)
    if (damaged !== null) return refuse('backup.damaged', damaged)
    await migrate(client)
    await copyHeads(folder, headsFolder, manifest)
    return { ok: true, manifest }
  } finally {
    await client.end()
  }
}

/** How many of our steps the backup's schema has taken. */
function stepsOf(manifest: Manifest): { ok: true; count: number } | { ok: false; refusal: Restored } {
  for (const [index, { id, checksum }] of manifest.migrations.entries()) {
    const ours = MIGRATIONS[index]
    if (ours === undefined) return { ok: false, refusal: refuse('backup.newer', String(id)) }
    if (ours.id !== id || checksumOf(ours) !== checksum) return { ok: false, refusal: refuse('backup.changed_schema', ours.name) }
  }
  return { ok: true, count: manifest.migrations.length }
}

/** Loads every table in one transaction; answers the table whose rows are not those that were written, or null. */
async function loadAll(connection: StoreConnection, client: Client, folder: string, manifest: Manifest): Promise<string | null> {
  let damaged: string | null = null
  const load = async (): Promise<void> => {
    await client.query("begin; select set_config('app.system', 'on', true); set local statement_timeout = 0")
    if (manifest.months !== null) {
      const [first, last] = [new Date(manifest.months.first), new Date(manifest.months.last)]
      const months = (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth() + 1
      await client.query('select ensure_event_partitions($1, $2)', [manifest.months.first, months])
    }
    damaged = await loadTables(client, folder, manifest)
    await client.query(damaged === null ? 'commit' : 'rollback')
  }
  await loadWithoutWords(connection, load)
  return damaged
}

async function loadTables(client: Client, folder: string, manifest: Manifest): Promise<string | null> {
  const names = await orderTables(client, manifest.tables.map(({ name }) => name))
  // COPY knows no row-level security, and triggers judge changes, not what was judged before.
  for (const name of names) await client.query(`alter table "${name}" no force row level security; alter table "${name}" disable trigger user`)
  // What every new database holds comes with the backup, too.
  await client.query('delete from plans; delete from server_keys')
  for (const name of names) {
    const table = manifest.tables.find((one) => one.name === name)
    if (table === undefined || !(await loadTable(client, folder, table))) return name
  }
  const { rows } = await client.query<{ relname: string }>("select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace and relname = any($1)", [names])
  for (const name of names) await client.query(`alter table "${name}" enable trigger user`)
  for (const { relname } of rows) await client.query(`alter table "${relname}" force row level security`)
  return null
}

async function loadTable(client: Client, folder: string, { name, columns, rows, sha256 }: Manifest['tables'][number]): Promise<boolean> {
  const hash = createHash('sha256')
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const stream = client.query(copyFrom(`copy "${name}" (${columnList(columns)}) from stdin`))
  try {
    await pipeline(createReadStream(join(folder, fileOfTable(name))), createGunzip(), hashed, stream)
  } catch {
    return false
  }
  return stream.rowCount === rows && hash.digest('hex') === sha256
}

async function copyHeads(folder: string, headsFolder: string, { heads }: Manifest): Promise<void> {
  await mkdir(headsFolder, { recursive: true, mode: 0o700 })
  for (const { file } of heads) await copyFile(join(folder, 'heads', file), join(headsFolder, file))
}
