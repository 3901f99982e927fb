import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { seedDemo } from '../../server/demo/seed'
import { createLogger } from '../../server/http/logger'
import { searchLoop } from '../../server/jobs/background'
import { startWorker } from '../../server/jobs/worker'
import { keepMemoryFlat } from '../../server/memory'
import { refreshStatistics } from '../../server/store/database'
import { migrate } from '../../server/store/migrations/migrate'
import { startPostgres } from '../../server/store/postgres/supervisor'
import { collectSeries, type AddSamples, type Series } from '../doubles/bench'
import { openTestServer, type TestServer } from '../doubles/server'
import { NOW } from '../doubles/store'


/** How many lines the log of the benchmarks holds; `BENCH_EVENTS` makes it another number. */
export const BENCH_EVENTS = Number(process.env['BENCH_EVENTS'] ?? 1_000_000)

/** Runs a benchmark on a server over a real, durable PostgreSQL that holds the demo with a long log. */
export async function onBenchServer(events: number, work: (server: TestServer, add: AddSamples) => Promise<void>): Promise<Series[]> {
  keepMemoryFlat()
  const { add, all } = collectSeries()
  const dataDir = mkdtempSync(join(tmpdir(), 'orgdesk-bench-'))
  const postgres = await startPostgres({ dataDir, database: 'orgdesk_template' })
  if (!postgres.ok) throw new Error(postgres.problem.detail)
  try {
    const client = new Client(postgres.value.connection)
    await client.connect()
    await migrate(client)
    await client.query("select ensure_event_partitions('2025-11-01', 36)")
    await client.end()
    process.env['ORGDESK_TEST_POSTGRES'] = JSON.stringify(postgres.value.connection)
    const server = await openTestServer({ poolSize: 8 })
    await seedDemo(server.store, { users: 2_000, events }, NOW)
    await server.store.system(refreshStatistics)
    // What else the background does would be measured, too; this is part of every write.
    const upkeep = startWorker([searchLoop(server.store)], createLogger('error'))
    await work(server, add)
    await upkeep.stop()
    await server.close()
  } finally {
    await postgres.value.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return all()
}

/** Milliseconds that something took, and what it brought. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const began = performance.now()
  const value = await work()
  return { ms: performance.now() - began, value }
}

/** The sample below which the share `p` lies. */
export const percentileOf = (samples: readonly number[], p: number): number => samples.toSorted((a, b) => a - b)[Math.floor(samples.length * p)] ?? 0
