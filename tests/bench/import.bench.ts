import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { createLogger } from '../../server/http/logger'
import { startBackgroundThread, type BackgroundThread } from '../../server/jobs/background.thread'
import { wakeAfterChanges } from '../../server/jobs/waking'
import { keepMemoryFlat } from '../../server/memory'
import { parseSettings } from '../../server/settings'
import { insertMany } from '../../server/store/bulk'
import { newId } from '../../server/store/ids'
import { refreshStatistics } from '../../server/store/database'
import { collectSeries, startBenchPostgres, type AddSamples, type Series } from '../doubles/bench'
import { addImportingOrganization, csvOf, importerOf } from '../doubles/imports'
import { openTestServer, type TestServer } from '../doubles/server'
import { NOW } from '../doubles/store'
import { percentileOf, timed } from './bench-server'

/** The built threads, beside this built file. */
const WORKER = join(import.meta.dirname, 'import.worker.js')
const BACKGROUND = join(import.meta.dirname, 'background.worker.js')
const RELAY = 'relay'
/** What a relay takes for a mail. */
const RELAY_MS = 50
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

/** Waits for the import that the background does. */
async function untilDone({ store }: TestServer, importId: string): Promise<void> {
  for (;;) {
    const { status, applied } = await store.system((db) => db.selectFrom('user_imports').select(['status', 'applied']).where('id', '=', importId).executeTakeFirstOrThrow())
    if (status === 'done' && applied === ROWS) return
    if (status === 'done' || status === 'failed') throw new Error(`the import is ${status} with ${applied} rows`)
    await sleep(50)
  }
}

async function round(server: TestServer, number: number, add: AddSamples): Promise<void> {
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
    const applied = await timed(() => untilDone(server, started.value.id))
    add('start', 'ms', started.ms)
    add('apply of 50,000 rows', 'ms', applied.ms)
    add('apply with start: seconds ÷ 30', '×', (started.ms + applied.ms) / 30_000)
  })
  isOver = true
  await others
  loop.disable()
  const p95 = (samples: number[]): number => percentileOf(samples, 0.95)
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

/** A relay in a process of its own takes the mails, at the pace of one. */
async function startRelay(): Promise<{ url: string; stop: () => void }> {
  const relay = fork(join(import.meta.dirname, 'import.js'), [RELAY])
  const [port] = await once(relay, 'message')
  return { url: `smtp://127.0.0.1:${port}`, stop: () => relay.kill() }
}

function answerMails(): void {
  const relay = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (mail, _session, done) => { mail.on('end', () => setTimeout(done, RELAY_MS)).resume() },
  })
  relay.listen(0, '127.0.0.1', () => process.send?.((relay.server.address() as AddressInfo).port))
}

/** The background of a server, as it runs beside the requests. */
function startBackground({ store, traffic, streams }: TestServer, smtpUrl: string): BackgroundThread {
  const parsed = parseSettings({ LOG_LEVEL: 'error', DATA_DIR: join(import.meta.dirname, 'data') })
  if (!parsed.ok) throw new Error(parsed.problems.join(', '))
  return startBackgroundThread({
    workerFile: BACKGROUND, start: { settings: parsed.settings, smtpUrl, connection: store.connection, waiting: traffic.waiting },
    publish: streams.publish, onLost: (problem) => { throw new Error(problem) }, logger: createLogger('error'),
  })
}

/**
 * Imports 50,000 people into an organization of 20,000 while another administrator of it goes on working, and the
 * mails of those who are in already go out. A ratio of at most 1 keeps its target.
 */
export async function run(): Promise<Series[]> {
  keepMemoryFlat()
  const { add, all } = collectSeries()
  const postgres = await startBenchPostgres()
  const relay = await startRelay()
  try {
    let wake: BackgroundThread['wake'] = () => undefined
    const server = await openTestServer({ importWorker: WORKER, poolSize: 8, guard: (store) => wakeAfterChanges(store, (waking) => wake(waking)) })
    const background = startBackground(server, relay.url)
    wake = background.wake
    for (let number = 0; number < ROUNDS; number += 1) await round(server, number, add)
    await background.stop()
    await server.close()
  } finally {
    relay.stop()
    await postgres.stop()
  }
  return all()
}

if (process.argv[2] === RELAY) answerMails()
