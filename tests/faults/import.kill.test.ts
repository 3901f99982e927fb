import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { migrate } from '../../server/store/migrations/migrate'
import { startPostgres, type RunningPostgres } from '../../server/store/postgres/supervisor'
import { addImportingOrganization, csvOf, importerOf } from '../doubles/imports'
import { openTestServer, type TestServer } from '../doubles/server'
import { countOf } from './counts'

jest.setTimeout(600_000)

const ROUNDS = countOf(6, 60)
const ROWS = 600
/** After this long at most, a process finds the work of one that was killed at any moment free. */
const LEASE_OVER_MS = 30_000
const NEVER_MS = 300_000

let dataDir: string
let postgres: RunningPostgres
let server: TestServer

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'orgdesk-import-'))
  const started = await startPostgres({ dataDir, database: 'orgdesk_template' })
  if (!started.ok) throw new Error(started.problem.detail)
  postgres = started.value
  const client = new Client(postgres.connection)
  await client.connect()
  await migrate(client)
  await client.end()
  process.env['ORGDESK_TEST_POSTGRES'] = JSON.stringify(postgres.connection)
  server = await openTestServer()
})
afterAll(async () => {
  await server.close()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Lets a process work on the waiting import for some milliseconds after it took it, then kills it. True when it was done before. */
async function killedAfter(ms: number, aheadMs: number): Promise<boolean> {
  const runner = [join(__dirname, '../doubles/run.cjs'), join(__dirname, '../doubles/import.runner.ts')]
  const child = spawn(process.execPath, [...runner, JSON.stringify(server.store.connection), String(aheadMs)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), ended])
  await Promise.race([sleep(ms, undefined, { ref: false }), ended])
  const isDone = child.exitCode !== null
  child.kill('SIGKILL')
  await ended
  return isDone
}

test('an import whose server is killed again and again loses no row and does none twice', async () => {
  let killedMidway = 0
  for (let round = 0, attempt = 0; killedMidway < ROUNDS; round += 1) {
    const domain = `round${round}.example`
    const { id: organizationId } = await addImportingOrganization(server.store, domain, { eco: 250 })
    const owner = importerOf(server, `owner@${domain}`)
    const file = csvOf(...Array.from({ length: ROWS }, (_, index) => `p${index}@${index % 10 === 3 ? 'elsewhere.example' : domain},,,,${index % 2 === 0 ? 'eco' : ''},Sales,,`))
    const preview = await owner.preview(file, '?limit=0')
    const { id } = await owner.start(file, '', { 'plan-digest': preview.digest })
    let aheadMs = 0
    const ready = preview.counts['ready'] ?? 0
    for (let isDone = false; !isDone; aheadMs += LEASE_OVER_MS, attempt += 1) {
      isDone = await killedAfter(killedMidway < ROUNDS ? (attempt * 37) % 250 : NEVER_MS, aheadMs)
      const { applied, status } = await owner.get(id)
      if (!isDone && applied > 0 && status === 'running') killedMidway += 1
    }
    expect(await owner.get(id)).toMatchObject({ status: 'done', applied: ready, rejected: ROWS - ready })
    const [counts] = await server.store.asOwner(`select
        (select count(*)::int from users where organization_id = $1 and invited_by is not null) as users,
        (select count(distinct email_key)::int from users where organization_id = $1 and invited_by is not null) as addresses,
        (select count(*)::int from events where organization_id = $1 and kind = 'user.added') as events,
        (select count(*)::int from outbox where organization_id = $1 and kind = 'activation') as mails,
        (select count(*)::int from activation_links where organization_id = $1) as links,
        (select count(*)::int from outbox where organization_id = $1 and kind = 'import_finished') as finished,
        (select count(*)::int from user_import_rows where organization_id = $1 and outcome = 'applied' and user_id is not null) as rows`, [organizationId])
    expect(counts).toEqual({ users: ready, addresses: ready, events: ready, mails: ready, links: ready, finished: 1, rows: ready })
    const seats = await server.store.asOwner('select assigned, (select count(*)::int from licenses l where l.organization_id = p.organization_id and l.plan = p.plan) as held from license_pools p where organization_id = $1 and plan = $2', [organizationId, 'eco'])
    expect(seats).toEqual([{ assigned: 250, held: 250 }])
    const gaps = await server.store.asOwner('select sequence from (select sequence, row_number() over (order by sequence) as n from events where organization_id = $1) as numbered where sequence <> n', [organizationId])
    expect(gaps).toEqual([])
  }
})
