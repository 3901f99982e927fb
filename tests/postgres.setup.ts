import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { migrate } from '../server/store/migrations/migrate'
import { startPostgres, type RunningPostgres } from '../server/store/postgres/supervisor'

/** What the teardown stops. */
export type TestPostgres = { server: RunningPostgres; dataDir: string }

declare global {
  var orgdeskTestPostgres: TestPostgres | undefined
}

/** Starts one throw-away PostgreSQL for the run, with a migrated database that test files copy; several runs may share one that was started before them. */
export default async function setup(): Promise<void> {
  if (process.env['ORGDESK_TEST_POSTGRES'] !== undefined) return
  const dataDir = mkdtempSync(join(tmpdir(), 'orgdesk-test-'))
  const started = await startPostgres({ dataDir, database: 'orgdesk_template', durable: false })
  if (!started.ok) throw new Error(started.problem.detail)
  const server = started.value
  const client = new Client(server.connection)
  await client.connect()
  const migrated = await migrate(client)
  if (!migrated.ok) throw new Error(migrated.code)
  await client.query("select ensure_event_partitions('2026-01-01', 36)")
  await client.end()
  process.env['ORGDESK_TEST_POSTGRES'] = JSON.stringify(server.connection)
  globalThis.orgdeskTestPostgres = { server, dataDir }
}
