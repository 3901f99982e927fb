import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { StoreConnection } from '../database'
import { fileOfTable, MANIFEST_FILE, type Manifest } from './manifest'
import { columnList, readTables, type TableColumns } from './tables'

/** What a backup is made of: the owner's connection, the heads that are kept outside, a folder that does not exist yet. */
export type BackupOptions = { connection: StoreConnection; headsFolder: string; folder: string; now: Date }

/**
 * Writes all data, as it was at one moment, into a new folder while the server goes on. The manifest comes last:
 * a backup that was cut has none. Null where the folder exists already.
 */
export async function writeBackup({ connection, headsFolder, folder, now }: BackupOptions): Promise<Manifest | null> {
  const made = await mkdir(folder, { mode: 0o700 }).then(() => true, () => false)
  if (!made) return null
  const client = new Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    // Before the data: what a kept head says must be in it.
    const heads = await copyHeads(headsFolder, folder)
    // One snapshot for all tables; the owner reads across organizations.
    await client.query("begin isolation level repeatable read read only; select set_config('app.system', 'on', true); set local statement_timeout = 0")
    const manifest = await writeTables(client, folder, now)
    await client.query('commit')
    const whole: Manifest = { ...manifest, heads }
    await writeSafely(join(folder, MANIFEST_FILE), `${JSON.stringify(whole, null, 2)}\n`)
    return whole
  } finally {
    await client.end()
  }
}

async function writeTables(client: Client, folder: string, now: Date): Promise<Omit<Manifest, 'heads'>> {
  const { rows: migrations } = await client.query<{ id: number; checksum: string }>('select id, checksum from migrations order by id')
  const { rows: [span] } = await client.query<{ first: string | null; last: string | null }>("select to_char(min(recorded_at) at time zone 'UTC', 'YYYY-MM-01') as first, to_char(max(recorded_at) at time zone 'UTC', 'YYYY-MM-01') as last from events")
  const tables: Manifest['tables'] = []
  for (const table of await readTables(client)) tables.push(await writeTable(client, folder, table))
  const months = span?.first == null || span.last === null ? null : { first: span.first, last: span.last }
  return { format: 1, createdAt: now.toISOString(), migrations, months, tables }
}

async function writeTable(client: Client, folder: string, { name, columns }: TableColumns): Promise<Manifest['tables'][number]> {
  const path = join(folder, fileOfTable(name))
  const stream = client.query(copyTo(`copy (select ${columnList(columns)} from "${name}") to stdout`))
  const hash = createHash('sha256')
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(stream, hashed, createGzip({ level: constants.Z_BEST_SPEED }), createWriteStream(path, { mode: 0o600, flush: true }))
  return { name, columns, rows: stream.rowCount, sha256: hash.digest('hex') }
}

async function copyHeads(from: string, folder: string): Promise<Manifest['heads']> {
  const files = (await readdir(from).catch(() => [])).filter((name) => name.endsWith('.jsonl')).sort()
  if (files.length > 0) await mkdir(join(folder, 'heads'), { mode: 0o700 })
  const heads: Manifest['heads'] = []
  for (const file of files) {
    // A line that is being written is the next backup's.
    const text = await readFile(join(from, file), 'utf8')
    await writeSafely(join(folder, 'heads', file), text.slice(0, text.lastIndexOf('\n') + 1))
    heads.push({ file, sha256: await hashOfFile(join(folder, 'heads', file)) })
  }
  return heads
}

/** SHA-256 of a file, in hex. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}

async function writeSafely(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
