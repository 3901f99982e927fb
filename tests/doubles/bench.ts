import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { migrate } from '../../server/store/migrations/migrate'
import { startPostgres } from '../../server/store/postgres/supervisor'
import { newId } from '../../server/store/ids'
import { NOW } from './store'

/** Samples of one kind of work. */
export type Series = { name: string; unit: string; samples: number[] }

/** Adds samples to the series of a name. */
export type AddSamples = (name: string, unit: string, ...samples: number[]) => void

/** Gathers what a benchmark measures, in the order in which its names first come. */
export function collectSeries(): { add: AddSamples; all: () => Series[] } {
  const series = new Map<string, Series>()
  const add: AddSamples = (name, unit, ...samples) => {
    const found = series.get(name) ?? { name, unit, samples: [] }
    found.samples.push(...samples)
    series.set(name, found)
  }
  return { add, all: () => [...series.values()] }
}

/** Notes how long each piece of work takes, by name. */
export const createStopwatch = () => {
  const samples = new Map<string, number[]>()
  return {
    note: async (name: string, work: () => Promise<unknown>): Promise<void> => {
      const began = performance.now()
      await work()
      samples.set(name, [...(samples.get(name) ?? []), performance.now() - began])
    },
    series: (): Series[] => [...samples].map(([name, taken]) => ({ name, unit: 'ms', samples: taken })),
  }
}

/** Starts a PostgreSQL that keeps what it acknowledges, as in service, with the template that test stores copy. */
export async function startBenchPostgres(): Promise<{ stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'orgdesk-bench-'))
  const started = await startPostgres({ dataDir, database: 'orgdesk_template' })
  if (!started.ok) throw new Error(started.problem.detail)
  const client = new Client(started.value.connection)
  await client.connect()
  await migrate(client)
  await client.query("select ensure_event_partitions('2026-01-01', 36)")
  await client.end()
  process.env['ORGDESK_TEST_POSTGRES'] = JSON.stringify(started.value.connection)
  return {
    stop: async () => {
      await started.value.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Rows of many members of an organization. */
export const memberRows = (organizationId: string, count: number, status: 'pending' | 'active') => Array.from({ length: count }, (_, n) => ({
  organization_id: organizationId, id: newId(), email: `u${n}@acme.example`, email_key: `u${n}@acme.example`, domain: 'acme.example', first_name: '', last_name: '', role: 'member', custom_role_id: null,
  status, previous_status: null, language: 'en', time_zone: 'UTC', mobile: '', sms_country: '', second_factor: false, protected_replies: false, version: 1, invited_by: null, created_at: NOW,
  activated_at: status === 'active' ? NOW : null, last_active_at: null, removed_at: null, removed_state: null,
}))
