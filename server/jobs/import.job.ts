import { setTimeout as sleep } from 'node:timers/promises'
import type { Topic } from '../../shared/screens/vocabulary'
import { mayImport } from '../imports/snapshot'
import type { ImportReader } from '../imports/reader'
import { readKnownUser, type KnownUser } from '../identity/viewers'
import { refreshPeopleStatistics } from '../store/database'
import { addImportRows, type ImportKey } from '../store/imports'
import { continueJob, holdsJob, type Job } from '../store/jobs'
import { LEASE_MS } from '../store/leases'
import type { Store } from '../store/store'
import type { Row } from '../store/tables'
import type { Actor, ChangeScope } from '../store/transactions'
import { IMPORT_MAX_ATTEMPTS } from './import.kind'
import { advance, endEarly, readWaitingRows, type Progress, type WaitingRow } from './import.steps'
import type { JobHandler } from './jobs'

/** What an import is done with. `publish` tells who watches; null for nobody. */
export type ImportJobDeps = {
  store: Store
  reader: ImportReader
  clock: () => Date
  publish: (notice: { organizationId: string; topics: readonly Topic[] }) => void
  /** Rows in one transaction; left out, as many as other administrators hardly wait for. */
  chunkRows?: number
  /** Between the portions of a chunk: whoever waits for an answer goes first; left out, nobody does. */
  breathe?: () => Promise<void>
}

const CHUNK_ROWS = { first: 200, least: 150, most: 600 }
/** How long one chunk may hold the organization's lock, about. */
const CHUNK_MS = 160
const PAGE_ROWS = 2_000
/** After this long, other jobs have their turn. */
const SLICE_MS = 2_000
/** From so many rows on, and whenever there are four times as many, the planner should know. */
const STATISTICS_ROWS = 1_000
const STATISTICS_GROWTH = 4
const TELL_EVERY_MS = 1_000
const BREATH_MS = 5
const CHANGED: readonly Topic[] = ['imports', 'users', 'licenses', 'events', 'mail']

type Run = { deps: ImportJobDeps; job: Job; key: ImportKey }

const goOn = async (): Promise<void> => undefined

/** Does one import, a slice at a time: first stores its rows, then settles them chunk by chunk. */
export function createImportJob(deps: ImportJobDeps): JobHandler {
  const told = new Map<string, number>()
  const refreshed = new Map<string, number>()
  const tell = (organizationId: string, now: Date, isOver: boolean): void => {
    if (!isOver && now.getTime() - (told.get(organizationId) ?? 0) < TELL_EVERY_MS) return
    told.set(organizationId, now.getTime())
    deps.publish({ organizationId, topics: CHANGED })
  }
  return async (job) => {
    const key = keyOf(job)
    if (key === null) return 'done'
    const run: Run = { deps, job, key }
    if (isExhausted(job)) {
      // What ended the attempts is known, or it ended the server.
      await giveUp(run, job.last_error === null ? 'import.interrupted' : 'server.failed')
      tell(key.organizationId, deps.clock(), true)
      return 'completed'
    }
    await runSlice(run, (isOver) => {
      if (isOver) refreshed.delete(key.importId)
      tell(key.organizationId, deps.clock(), isOver)
    }, refreshed)
    return 'completed'
  }
}

/** Whether every attempt has been made; the one after them ends the import instead of trying once more. */
const isExhausted = ({ attempts, max_attempts: takes }: Job): boolean => attempts > Math.min(IMPORT_MAX_ATTEMPTS, takes - 1)

function keyOf({ organization_id: organizationId, payload }: Job): ImportKey | null {
  const importId = typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? payload['importId'] : null
  return organizationId === null || typeof importId !== 'string' ? null : { organizationId, importId }
}

async function runSlice(run: Run, tell: (isOver: boolean) => void, refreshed: Map<string, number>): Promise<void> {
  const { deps: { store, clock, chunkRows, breathe = goOn }, job, key } = run
  const endsAt = clock().getTime() + SLICE_MS
  let rows = chunkRows ?? CHUNK_ROWS.first
  let found = await readImport(run, rows)
  while (found !== null) {
    const { record } = found
    const began = performance.now()
    const step = record.status === 'queued' ? await storeRows(run, found) : await settle(run, found)
    if (record.status === 'running' && chunkRows === undefined) rows = fittingRows(rows, performance.now() - began)
    if (step !== 'lost') tell(step === 'over')
    if (step === 'lost' || step === 'over') return
    if (record.applied >= STATISTICS_GROWTH * (refreshed.get(key.importId) ?? STATISTICS_ROWS / STATISTICS_GROWTH)) {
      refreshed.set(key.importId, record.applied)
      await store.system(refreshPeopleStatistics)
    }
    if (clock().getTime() >= endsAt) return void await store.system((db) => continueJob(db, job, clock()))
    // Whoever waits for the lock needs a moment to wake up; without it the next chunk would always be first.
    const [next] = await Promise.all([readImport(run, rows), sleep(BREATH_MS).then(breathe)])
    found = next
  }
}

async function settle(run: Run, { importer, record, rows }: Found): Promise<Progress> {
  const { deps: { store, clock, breathe }, job, key } = run
  const { viewer } = importer
  if (viewer === null || !mayImport(viewer)) return giveUp(run, 'access.denied')
  const now = clock()
  const outcome = await store.change({ ...scopeOf(key, importer.person, now), breathe }, (change) => advance(change, { job, key, record, viewer, rows, leaseUntil: leaseEnd(now) }))
  return outcome.ok ? outcome.value : 'lost'
}

/** As many rows as the time allows, by how long the last ones took. */
const fittingRows = (rows: number, ms: number): number => Math.round(Math.min(CHUNK_ROWS.most, Math.max(CHUNK_ROWS.least, (rows * CHUNK_MS) / Math.max(ms, 1))))

type Found = { record: Row<'user_imports'>; importer: Pick<KnownUser, 'viewer'> & { person: Actor }; rows: WaitingRow[] }

const leaseEnd = (now: Date): Date => new Date(now.getTime() + LEASE_MS)

/** An import with the next of its rows, at most `limit`. Null where there is nothing left to do, or the work is somebody else's by now. */
async function readImport({ deps: { store }, job, key }: Run, limit: number): Promise<Found | null> {
  return store.system(async (db) => {
    const [isHeld, record, rows] = await Promise.all([
      holdsJob(db, job),
      db.selectFrom('user_imports').selectAll().where('organization_id', '=', key.organizationId).where('id', '=', key.importId).executeTakeFirst(),
      readWaitingRows(db, key, limit),
    ])
    if (!isHeld || record === undefined) return null
    const known = record.created_by === null ? null : await readKnownUser(db, key.organizationId, record.created_by)
    return { record, rows, importer: known ?? { viewer: null, person: { id: record.created_by, email: '', name: record.created_by_name } } }
  })
}

/** Reads the file once more and stores its rows, page by page; a file that can be read no more ends the import. */
async function storeRows(run: Run, found: Found): Promise<Progress> {
  const { deps: { store, reader, clock }, job, key } = run
  const source = await store.system((db) => db.selectFrom('user_import_sources').select('bytes').where('organization_id', '=', key.organizationId).where('import_id', '=', key.importId).executeTakeFirstOrThrow())
  const opened = await reader.open(source.bytes)
  if (!opened.ok && opened.failure.code === 'server.busy') throw new Error('too many files are being read')
  if (!opened.ok) return giveUp(run, opened.failure.code)
  try {
    let rows = await opened.value.page(0, PAGE_ROWS)
    for (let from = 0; from < opened.value.total; from += PAGE_ROWS) {
      // The next page is read while the database stores this one.
      const [isOurs, next] = await Promise.all([storePage(store, key, job, rows), opened.value.page(from + PAGE_ROWS, PAGE_ROWS)])
      if (!isOurs) return 'lost'
      rows = next
    }
  } finally {
    await opened.value.close()
  }
  const now = clock()
  const outcome = await store.change(scopeOf(key, found.importer.person, now), async ({ db }) => {
    await db.updateTable('user_imports').set({ status: 'running', started_at: now }).where('organization_id', '=', key.organizationId).where('id', '=', key.importId).where('status', '=', 'queued').execute()
    return { ok: true, value: null }
  })
  return outcome.ok ? 'going' : 'lost'
}

/** Stores a page of rows; false where the work is somebody else's by now. */
const storePage = (store: Store, key: ImportKey, job: Job, rows: string): Promise<boolean> => store.system(async (db) => {
  const [isOurs] = await Promise.all([holdsJob(db, job), addImportRows(db, key, rows)])
  return isOurs
})

/** Ends the import; the rows that wait come back with the rejected ones. */
async function giveUp(run: Run, failure: string): Promise<Progress> {
  const { deps: { store, clock }, job, key } = run
  const found = await readImport(run, 0)
  if (found === null) return 'lost'
  const now = clock()
  const outcome = await store.change(scopeOf(key, found.importer.person, now), (change) => endEarly(change, { job, key, record: found.record, failure }))
  return outcome.ok ? outcome.value : 'lost'
}

const scopeOf = ({ organizationId, importId }: ImportKey, actor: Actor, now: Date): ChangeScope =>
  ({ organizationId, actor, requestId: `import ${importId}`, ip: null, client: 'import', now })
