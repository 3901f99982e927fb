import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import pino from 'pino'
import { createImportReader } from '../imports/reader'
import { newId } from '../store/ids'
import { addImportingOrganization, csvOf, importerOf, runImports, type ImportingOrganization } from '../../tests/doubles/imports'
import { as } from '../../tests/doubles/app'
import { addUser, openTestServer, type TestServer } from '../../tests/doubles/server'
import { NOW } from '../../tests/doubles/store'
import { createImportJob } from './import.job'
import { takeJobs } from '../store/jobs'
import { IMPORT_JOB } from './import.kind'
import { runJobs } from './jobs'

jest.setTimeout(120_000)

let server: TestServer
let acme: ImportingOrganization
let owner: ReturnType<typeof importerOf>

beforeEach(async () => {
  server = await openTestServer()
  acme = await addImportingOrganization(server.store)
  owner = importerOf(server, 'owner@acme.example')
})
afterEach(() => server.close())

const addedEmails = async (): Promise<unknown[]> =>
  (await server.store.asOwner("select email from users where invited_by is not null order by email")).map(({ email }) => email)
const outcomesOf = async (importId: string): Promise<unknown[]> =>
  (await server.store.asOwner('select status from user_import_rows where import_id = $1 order by row', [importId])).map(({ status }) => status)
const people = (count: number, name: string, rest = ''): string[] => Array.from({ length: count }, (_, index) => `${name}${index}@acme.example${rest}`)

const WORDS = {
  email: fc.constantFrom('a', 'b', 'c', 'd', 'A', 'maria', 'nina').chain((local) => fc.constantFrom('@acme.example', '@ACME.example', '@sub.acme.example', '@else.example', '@gmail.com', '').map((domain) => local + domain)),
  role: fc.constantFrom('', 'member', 'utilisateur', 'org_admin', 'Help desk', 'emperor'),
  license: fc.constantFrom('', '', 'eco', 'pro', 'Pro', 'gold'),
  workspaces: fc.constantFrom('', 'Sales', 'sales;LEGAL', 'Mars'),
  language: fc.constantFrom('', 'fr', 'klingon'),
}
const line = fc.record(WORDS).map(({ email, role, license, workspaces, language }) => `${email},Ana,Ruiz,${role},${license},${workspaces},${language},`)

test('whatever stands in a file, the import does what the preview of the same state shows, in chunks of any size', async () => {
  await fc.assert(fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 14 }), fc.integer({ min: 1, max: 5 }), fc.boolean(), async (lines, chunkRows, withoutLicense) => {
    const query = `?without_license=${withoutLicense}`
    const before = await addedEmails()
    const preview = await owner.preview(csvOf(...lines), `${query}&limit=100`)
    const { id } = await owner.start(csvOf(...lines), query, { 'plan-digest': preview.digest })
    await runImports(server.store, { chunkRows })
    expect(await outcomesOf(id)).toEqual(preview.rows.map(({ status }) => status))
    const stored = await server.store.asOwner('select row, issues from user_import_rows where import_id = $1 order by row', [id])
    expect(stored).toEqual(preview.rows.map(({ row, issues }) => ({ row, issues })))
    const ready = preview.rows.filter(({ status }) => status === 'ready').map(({ user }) => user.email)
    expect(await addedEmails()).toEqual([...before, ...ready].sort())
    expect(await server.store.asOwner('select plan from license_pools p where assigned <> (select count(*) from licenses l where l.organization_id = p.organization_id and l.plan = p.plan) or assigned > quantity')).toEqual([])
    await server.store.asOwner("delete from users where invited_by is not null; update license_pools set assigned = 0, warned_percent = 0")
  }), { numRuns: 25 })
})

test('the invitations of a list let the mails of others go first, those of a few people do not', async () => {
  const bulk = async () => (await server.store.asOwner('select kind, is_bulk, count(*)::int as n from outbox group by 1, 2 order by 1, 2')).map(({ kind, is_bulk: isBulk, n }) => [kind, isBulk, n])
  await owner.start(csvOf(...people(3, 'few')))
  await runImports(server.store)
  expect(await bulk()).toEqual([['activation', false, 3], ['import_finished', false, 1]])
  await owner.start(csvOf(...people(30, 'many')))
  await runImports(server.store)
  expect(await bulk()).toEqual([['activation', false, 3], ['activation', true, 30], ['import_finished', false, 2]])
})

test('two imports of the same people at once add each of them once', async () => {
  const file = csvOf(...people(30, 'p'))
  const first = await owner.start(file)
  const second = await importerOf(server, 'people@acme.example').start(file)
  await runImports(server.store, { chunkRows: 4 })
  const [a, b] = [await owner.get(first.id), await owner.get(second.id)]
  expect([a.status, b.status, a.applied + b.applied, a.rejected + b.rejected]).toEqual(['done', 'done', 30, 30])
  expect(await addedEmails()).toEqual(people(30, 'p').sort())
})

test('two servers that take up the same import do each row once', async () => {
  const { id } = await owner.start(csvOf(...people(40, 'p', ',,,,eco')))
  const [job] = await server.store.asOwner('select * from jobs')
  const run = () => createImportJob({ store: server.store, reader: createImportReader(null), clock: () => NOW, publish: () => undefined, chunkRows: 3 })
  const lease = newId()
  await server.store.asOwner('update jobs set lease = $1, attempts = 1', [lease])
  const taken = { ...job, lease, attempts: 1, max_attempts: 10 } as unknown as Parameters<ReturnType<typeof run>>[0]
  await Promise.all([run()(taken), run()(taken)])
  expect(await owner.get(id)).toMatchObject({ status: 'done', applied: 40, rejected: 0 })
  expect(await server.store.asOwner("select assigned from license_pools where plan = 'eco'")).toEqual([{ assigned: 40 }])
  expect(await server.store.asOwner("select count(*)::int as n from events where kind = 'user.added'")).toEqual([{ n: 40 }])
})

test('seats that others take meanwhile are not given twice', async () => {
  const userIds = await Promise.all(people(6, 'old').map((email) => addUser(server.store, acme.id, email)))
  await server.store.asOwner("update license_pools set quantity = 8 where plan = 'eco'")
  const { id } = await owner.start(csvOf(...people(10, 'new', ',,,,eco')))
  const assign = async (userId: string): Promise<number> => (await server.app.inject({ method: 'PUT', url: `/v1/users/${userId}/license`, headers: { ...as(await server.tokenFor('owner@acme.example')), 'content-type': 'application/json' }, payload: { plan: 'eco' } })).statusCode
  const [, ...assigned] = await Promise.all([runImports(server.store, { chunkRows: 1 }), ...userIds.map(assign)])
  const granted = assigned.filter((status) => status === 200).length
  const { applied, rejected } = await owner.get(id)
  expect(applied + granted).toBe(8)
  expect(applied + rejected).toBe(10)
  expect(await server.store.asOwner("select assigned, (select count(*)::int from licenses where plan = 'eco') as held from license_pools where plan = 'eco'")).toEqual([{ assigned: 8, held: 8 }])
})

test('a chunk that is planned in parts gives each license once', async () => {
  await server.store.asOwner("update license_pools set quantity = 130 where plan = 'eco'")
  const { id } = await owner.start(csvOf(...people(150, 'p', ',,,,eco')))
  await runImports(server.store, { chunkRows: 150 })
  expect(await owner.get(id)).toMatchObject({ status: 'done', applied: 130, rejected: 20 })
  expect(await outcomesOf(id)).toEqual(Array.from({ length: 150 }, (_, row) => (row < 130 ? 'ready' : 'no_license_left')))
})

test('rows that are stored while the first are settled are settled, too', async () => {
  const first = 2_000
  const { id } = await owner.start(csvOf(...people(first + 10, 'p')))
  const record = async () => (await server.store.asOwner('select status, applied from user_imports where id = $1', [id]))[0]
  let shown = ''
  let goOn = (): void => undefined
  const settled = new Promise<void>((resolve) => { goOn = resolve })
  const reader = createImportReader(null)
  const slow: typeof reader = { open: async (bytes) => {
    const opened = await reader.open(bytes)
    if (!opened.ok) return opened
    const page: typeof opened.value.page = async (from, count) => {
      if (from >= first) await settled
      return opened.value.page(from, count)
    }
    return { ok: true, value: { ...opened.value, page } }
  } }
  // The last rows come when those before them are settled and nobody has yet looked whether there are more.
  const store: typeof server.store = { ...server.store, change: async (...args) => {
    const outcome = await server.store.change(...args)
    if ((await record())?.['applied'] === first) {
      shown = (await owner.get(id)).status
      goOn()
      while ((await record())?.['status'] === 'queued') await sleep(5)
    }
    return outcome
  } }
  await runImports(store, { chunkRows: 1_000, reader: slow })
  expect(await owner.get(id)).toMatchObject({ status: 'done', applied: first + 10, rejected: 0 })
  // Whoever watches sees it under way, although its rows are not all there yet.
  expect(shown).toBe('running')
})

test('a row whose person or domain changed since the preview gets its new status', async () => {
  const file = csvOf('one@acme.example', 'two@acme.example,,,,,Sales', 'three@acme.example')
  const { digest } = await owner.preview(file)
  const { id } = await owner.start(file, '', { 'plan-digest': digest })
  await addUser(server.store, acme.id, 'one@acme.example')
  await server.store.asOwner("delete from workspaces where name = 'Sales'")
  await runImports(server.store)
  expect(await outcomesOf(id)).toEqual(['already_user', 'unknown_workspace', 'ready'])
})

test.each([
  ['was suspended', "update users set status = 'suspended', previous_status = 'active' where email = 'owner@acme.example'"],
  ['may no longer import', "update users set role = 'billing_admin' where email = 'owner@acme.example'"],
  ['was removed', "update users set status = 'removed', previous_status = 'active', removed_at = now() where email = 'owner@acme.example'"],
])('an import ends when its importer %s, and the rows come back', async (_why, statement) => {
  const { id } = await owner.start(csvOf(...people(5, 'p')))
  await server.store.asOwner(statement)
  await runImports(server.store)
  expect(await server.store.asOwner('select status, failure, applied, rejected from user_imports where id = $1', [id])).toEqual([{ status: 'failed', failure: 'access.denied', applied: 0, rejected: 5 }])
  expect(await addedEmails()).toEqual([])
  await addUser(server.store, acme.id, 'other@acme.example', { role: 'org_admin' })
  expect((await importerOf(server, 'other@acme.example').rejected(id)).trim().split('\r\n')).toHaveLength(6)
  expect(await server.store.asOwner("select kind from events where kind like 'user_import.f%'")).toEqual([{ kind: 'user_import.failed' }])
})

test('an import that fails at every attempt ends, says so, and gives its rows back', async () => {
  const { id } = await owner.start(csvOf(...people(3, 'p')))
  await server.store.asOwner("create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$; create trigger refuse before insert on users for each row execute function refuse()")
  const job = createImportJob({ store: server.store, reader: createImportReader(null), clock: () => now, publish: () => undefined })
  let now = NOW
  for (let attempt = 0; attempt < 12; attempt += 1) {
    now = new Date(now.getTime() + 3_600_000)
    await runJobs({ store: server.store, handlers: { [IMPORT_JOB]: job }, clock: () => now, newId, logger: pino({ level: 'silent' }) })
  }
  expect(await owner.get(id)).toMatchObject({ status: 'failed', failure: 'server.failed', applied: 0, rejected: 3 })
  expect(await owner.rejected(id)).toContain('p2@acme.example')
})

/** One run of the job that ends without a word after so many chunks, as a killed server's would. */
async function runOnce({ dieAfter, ...more }: { dieAfter: number; chunkRows: number; clock?: () => Date }): Promise<void> {
  const clock = more.clock ?? (() => NOW)
  const [job] = await server.store.system((db) => takeJobs(db, { now: clock(), limit: 1, leaseMs: 20_000, lease: newId(), kinds: [IMPORT_JOB] }))
  if (job === undefined) throw new Error('no import waits')
  let chunks = 0
  const died = new Error('killed')
  const store = { ...server.store, change: async (...args: Parameters<typeof server.store.change>) => {
    if (args[0].client === 'import' && (chunks += 1) > dieAfter) throw died
    return server.store.change(...args)
  } } as typeof server.store
  const run = createImportJob({ store, reader: createImportReader(null), clock, publish: () => undefined, chunkRows: more.chunkRows })
  await expect(run(job)).rejects.toBe(died)
}

/** Takes the import up and dies over it: what it has done by then stays, and nobody reports back. */
async function dieOver(at: Date): Promise<number> {
  const jobs = await server.store.system((db) => takeJobs(db, { now: at, limit: 8, leaseMs: 20_000, lease: newId(), kinds: [IMPORT_JOB] }))
  return jobs.length
}

test('an import over which the server dies again and again ends, keeps what was added and gives the rest back', async () => {
  const { id } = await owner.start(csvOf(...people(5, 'p')))
  let now = NOW
  const later = (): Date => (now = new Date(now.getTime() + 60_000))
  await runOnce({ chunkRows: 2, dieAfter: 1 })
  for (let attempt = 0; attempt < 9; attempt += 1) expect(await dieOver(later())).toBe(1)
  expect(await owner.get(id)).toMatchObject({ status: 'running', applied: 2 })
  later()
  await runImports(server.store, { chunkRows: 2, clock: () => now })
  expect(await owner.get(id)).toMatchObject({ status: 'failed', failure: 'import.interrupted', applied: 2, rejected: 3 })
  expect(await addedEmails()).toEqual(people(2, 'p'))
  const lines = (await owner.rejected(id)).trim().split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[1]).toContain('Download the rejected rows and import them')
  expect(await server.store.asOwner("select kind from outbox where kind = 'import_finished'")).toHaveLength(1)
  expect(await dieOver(later())).toBe(0)
})

test('an import that gets on between its deaths is not given up', async () => {
  const { id } = await owner.start(csvOf(...people(15, 'p')))
  let now = NOW
  for (let death = 0; death < 13; death += 1) {
    now = new Date(now.getTime() + 60_000)
    await runOnce({ chunkRows: 1, dieAfter: 1, clock: () => now })
  }
  now = new Date(now.getTime() + 60_000)
  await runImports(server.store, { chunkRows: 1, clock: () => now })
  expect(await owner.get(id)).toMatchObject({ status: 'done', applied: 15 })
})

test('who watches hears of it while it goes on, and at its end', async () => {
  await owner.start(csvOf(...people(6, 'p')))
  const heard: (readonly string[])[] = []
  let ms = NOW.getTime()
  await runImports(server.store, { chunkRows: 2, clock: () => new Date(ms += 400), publish: ({ organizationId, topics }) => { expect(organizationId).toBe(acme.id); heard.push(topics) } })
  expect(heard.length).toBeGreaterThan(1)
  expect(heard.every((topics) => topics.includes('imports'))).toBe(true)
})

test('the log of an import is chained like any other', async () => {
  await owner.start(csvOf(...people(20, 'p', ',,,,eco')))
  await runImports(server.store, { chunkRows: 7 })
  const sequences = await server.store.asOwner('select sequence from events where organization_id = $1 order by sequence', [acme.id])
  expect(sequences.map(({ sequence }) => Number(sequence))).toEqual(sequences.map((_, index) => index + 1))
})
