import { createHash } from 'node:crypto'
import type { ClientBase } from 'pg'
import { MIGRATIONS, type Migration } from './index'

/** What a migration run came to: the names applied now, or why the database cannot be used by this version. */
export type Migrated = { ok: true; applied: string[] } | { ok: false; code: 'store.changed_migration' | 'store.newer_schema'; migration: string }

// "orgdesk" in ASCII and one more: servers that start together take turns.
const MIGRATION_LOCK = 0x6f726765

/**
 * Brings the schema up to date, each step in a transaction of its own, on a connection of the owner.
 * A database that a newer version has touched, or whose steps differ from ours, is refused and left alone.
 */
export async function migrate(client: ClientBase, migrations: readonly Migration[] = MIGRATIONS): Promise<Migrated> {
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
  try {
    return await migrateLocked(client, migrations)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
  }
}

async function migrateLocked(client: ClientBase, migrations: readonly Migration[]): Promise<Migrated> {
  await client.query(`create table if not exists migrations (
    id integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`)
  const { rows } = await client.query<{ id: number; name: string; checksum: string }>('select id, name, checksum from migrations order by id')
  for (const row of rows) {
    const ours = migrations.find((migration) => migration.id === row.id)
    if (ours === undefined) return { ok: false, code: 'store.newer_schema', migration: row.name }
    if (checksumOf(ours) !== row.checksum) return { ok: false, code: 'store.changed_migration', migration: row.name }
  }
  const done = new Set(rows.map((row) => row.id))
  const missing = migrations.filter((migration) => !done.has(migration.id))
  for (const migration of missing) await applyMigration(client, migration)
  return { ok: true, applied: missing.map((migration) => migration.name) }
}

async function applyMigration(client: ClientBase, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into migrations (id, name, checksum) values ($1, $2, $3)', [migration.id, migration.name, checksumOf(migration)])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Stands for the text of a step, so that one that was changed afterwards is found. */
export function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex')
}
