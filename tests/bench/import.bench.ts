import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { migrate } from '../../server/store/migrations/migrate'
import { createImportReader } from '../../server/imports/reader'
import { insertMany } from '../../server/store/bulk'
import { newId } from '../../server/store/ids'
import { refreshStatistics } from '../../server/store/database'
import { startPostgres } from '../../server/store/postgres/supervisor'
import { addImportingOrganization, csvOf, importerOf, runImports } from '../doubles/imports'
import { openTestServer, type TestServer } from '../doubles/server'
import { NOW } from '../doubles/store'

type Series = { name: string; unit: string; samples: number[] }

/** The built thread, beside this built file. */
const WORKER = join(import.meta.dirname, 'import.worker.js')
const ROWS = 50_000
const THERE_ALREADY = 20_000
const IDLE_READS = 150
const ROUNDS = 1
const MB = 1024 * 1024

/** 50,000 people of every kind that a personnel department has, a tenth of them with a license. */
const fileOf = (domain: string): Buffer => csvOf(...Array.from({ length: ROWS }, (_, index) =>
  `new${index}@${domain},Ana ${index},"Ruiz, Díaz",member,${index % 2 === 0 ? 'eco' : ''},${index % 5 === 0 ? 'Sales;Legal' : ''},${['en', 'fr', 'es'][index % 3]},+34 600 000 000`))

/** An organization that has many users already, as those who import lists do. */
async function addOrganizationWithUsers({ store }: TestServer, domain: string): Promise<string> {
  const { id } = await addImportingOrganization(store, domain, { eco: 40_000, pro: 10_000 })
  for (let from = 0; from < THERE_ALREADY; from += 5_000) {
    await store.system((db) => insertMany(db, 'users', Array.from({ length: 5_000 }, (_, index) => ({
      organization_id: id, id: newId(), email: `old${from + index}@${domain}`, email_key: `old${from + index}@${domain}`, domain, first_name: 'Old', last_name: `Hand ${from + index}`,
      role: 'member', custom_role_id: null, status: 'active', previous_status: null, language: 'en', time_zone: 'UTC', mobile: '', sms_country: '', second_factor: false, protected_replies: false,
      version: 1, invited_by: null, created_at: NOW, activated_at: NOW, last_active_at: NOW, removed_at: null, removed_state: null,
    }))))
  }
  await store.system(refreshStatistics)
  return id
}

const timed = async <T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> => {
  const began = performance.now()
  const value = await work()
  return { ms: performance.now() - began, value }
}

/** Another administrator, who reads the list and edits somebody again and again until told to stop. */
async function otherAdmin(server: TestServer, email: string, isOver: () => boolean, times: { reads: number[]; writes: number[] }): Promise<void> {
  const { call } = importerOf(server, email)
  const [user] = (await call('GET', '/v1/users?q=maria&limit=1')).json().items
  for (let version = user.version; !isOver(); version += 1) {
    times.reads.push((await timed(() => call('GET', '/v1/users?limit=50'))).ms)
    const edit = await timed(async () => {
      const { app, tokenFor } = server
      return app.inject({ method: 'PATCH', url: `/v1/users/${user.id}`, headers: { authorization: `Bearer ${await tokenFor(email)}`, 'content-type': 'application/json', 'if-match': `"${version}"` }, payload: { firstName: `Maria ${version}` } })
    })
    if (edit.value.statusCode !== 200) throw new Error(`${edit.value.body} after ${edit.ms} ms\n${server.log().split('\n').filter((line) => line.includes('"error"')).slice(-3).join('\n')}`)
    times.writes.push(edit.ms)
    await sleep(10)
  }
}

/** Peak of this process's memory while `work` goes on, above what it held before. */
async function memoryGrowthOf<T>(work: () => Promise<T>): Promise<{ growthMb: number; value: T }> {
  const before = process.memoryUsage.rss()
  let peak = before
  const timer = setInterval(() => { peak = Math.max(peak, process.memoryUsage.rss()) }, 20)
  const value = await work()
  clearInterval(timer)
  return { growthMb: (peak - before) / MB, value }
}

async function round(server: TestServer, number: number, add: (name: string, unit: string, ...samples: number[]) => void): Promise<void> {
  const domain = `acme${number}.example`
  await addOrganizationWithUsers(server, domain)
  const owner = importerOf(server, `owner@${domain}`)
  const file = fileOf(domain)
  const idle: { reads: number[]; writes: number[] } = { reads: [], writes: [] }
  await otherAdmin(server, `owner@${domain}`, () => idle.reads.length >= IDLE_READS, idle)
  const busy: typeof idle = { reads: [], writes: [] }
  let isOver = false
  const loop = monitorEventLoopDelay({ resolution: 1 })
  const others = otherAdmin(server, `owner@${domain}`, () => isOver, busy)
  loop.enable()
  const { growthMb } = await memoryGrowthOf(async () => {
    const previewed = await timed(() => owner.preview(file, '?limit=50'))
    add('preview of 50,000 rows', 'ms', previewed.ms)
    add('preview: seconds ÷ 3', '×', previewed.ms / 3_000)
    const started = await timed(() => owner.start(file, '', { 'plan-digest': previewed.value.digest }))
    const applied = await timed(() => runImports(server.store, { reader: createImportReader(WORKER), clock: () => new Date(), breathe: server.traffic.breathe }))
    const { status, applied: count } = await owner.get(started.value.id)
    if (status !== 'done' || count !== ROWS) throw new Error(`the import is ${status} with ${count} rows`)
    add('start', 'ms', started.ms)
    add('apply of 50,000 rows', 'ms', applied.ms)
    add('apply with start: seconds ÷ 30', '×', (started.ms + applied.ms) / 30_000)
  })
  isOver = true
  await others
  loop.disable()
  const p95 = (samples: number[]): number => samples.toSorted((a, b) => a - b)[Math.floor(samples.length * 0.95)] ?? 0
  add('memory growth of the process', 'MB', growthMb)
  add('memory growth ÷ 200 MB', '×', growthMb / 200)
  add('event loop blocked', 'ms', loop.percentile(99) / 1e6, loop.max / 1e6)
  add('reads of others, idle', 'ms', ...idle.reads)
  add('reads of others, meanwhile', 'ms', ...busy.reads)
  add('reads: p95 meanwhile ÷ 2 × idle p95', '×', p95(busy.reads) / (2 * p95(idle.reads)))
  add('writes of others, idle', 'ms', ...idle.writes)
  add('writes of others, meanwhile', 'ms', ...busy.writes)
  add('writes: p95 meanwhile ÷ 250 ms', '×', p95(busy.writes) / 250)
}

/**
 * Imports 50,000 people into an organization of 20,000 while another administrator of it goes on working.
 * A ratio of at most 1 keeps its target.
 */
export async function run(): Promise<Series[]> {
  const series = new Map<string, Series>()
  const add = (name: string, unit: string, ...samples: number[]): void => {
    const found = series.get(name) ?? { name, unit, samples: [] }
    found.samples.push(...samples)
    series.set(name, found)
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'orgdesk-bench-'))
  const postgres = await startPostgres({ dataDir, database: 'orgdesk_template' })
  if (!postgres.ok) throw new Error(postgres.problem.detail)
  try {
    const client = new Client(postgres.value.connection)
    await client.connect()
    await migrate(client)
    await client.query("select ensure_event_partitions('2026-01-01', 36)")
    await client.end()
    process.env['ORGDESK_TEST_POSTGRES'] = JSON.stringify(postgres.value.connection)
    const server = await openTestServer({ importWorker: WORKER, poolSize: 12 })
    for (let number = 0; number < ROUNDS; number += 1) await round(server, number, add)
    await server.close()
  } finally {
    await postgres.value.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return [...series.values()]
}
