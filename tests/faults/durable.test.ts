import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDatabase } from '../../server/store/database'
import { newId } from '../../server/store/ids'
import { startPostgres } from '../../server/store/postgres/supervisor'
import { openStore } from '../../server/store/store'
import { addOrganization, changeScope, NOW } from '../doubles/store'
import { openQuery } from './world'

/*
 * What only a power cut would show: a killed process loses nothing that its operating system holds, so kills
 * are blind to a database that never asks for its data to be on the disk. Here it is counted instead.
 */

const COMMITS = 40
jest.setTimeout(180_000)

test('every acknowledged change has been asked onto the disk', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'orgdesk-durable-'))
  const started = await startPostgres({ dataDir })
  if (!started.ok) throw new Error(started.problem.detail)
  const { connection, stop } = started.value
  await prepareDatabase(connection, NOW)
  const store = await openStore({ connection, newId, now: NOW, poolSize: 1 })
  const database = openQuery(connection)
  // What a connection has counted is there once it has ended.
  const syncs = async () => Number((await database.query("select coalesce(sum(fsyncs), 0)::int as fsyncs from pg_stat_io where object = 'wal' and backend_type = 'client backend'"))[0]?.['fsyncs'])
  const organizationId = await addOrganization(store)
  const before = await syncs()
  for (let n = 0; n < COMMITS; n += 1) {
    await store.change(changeScope(organizationId), async ({ record }) => {
      record({ category: 'audit', kind: 'organization.edited', ofAdmin: false })
      return { ok: true, value: null }
    })
  }
  await store.close()
  const settings = await database.query("select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') order by name")
  while ((await database.query("select 1 from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()")).length > 0);
  const after = await syncs()
  await database.close()
  await stop()
  rmSync(dataDir, { recursive: true, force: true })
  expect(settings.map(({ name, setting }) => `${String(name)} ${String(setting)}`)).toEqual(['fsync on', 'full_page_writes on', 'synchronous_commit on'])
  expect(after - before).toBeGreaterThanOrEqual(COMMITS)
})
