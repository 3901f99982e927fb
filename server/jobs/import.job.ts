import { setTimeout as sleep } from 'node:timers/promises'
import type { Topic } from '../../shared/screens/vocabulary'
import { readChunk } from '../imports/apply'
import { mayImport, type SnapshotData } from '../imports/snapshot'
import type { ImportReader, OpenImport } from '../imports/reader'
import { readKnownUser, type KnownUser } from '../identity/viewers'
import type { Tx } from '../store/bulk'
import { refreshPeopleStatistics } from '../store/database'
import { addImportRows, type ImportKey } from '../store/imports'
import { continueJob, seesJob, type Job } from '../store/jobs'
import { kept } from '../store/kept'
import { LEASE_MS } from '../store/leases'
import type { Store } from '../store/store'
import type { Row } from '../store/tables'
import type { Actor, ChangeScope } from '../store/transactions'
import { IMPORT_MAX_ATTEMPTS } from './import.kind'
import { advance, endEarly, readWaitingRows, type Progress, type RowsAhead, type WaitingRow } from './import.steps'
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
/** What the reading thread hands over at once, small enough to be gone soon; and how many of these are stored together. */
const PAGE_ROWS = 250
const PAGES = 8
/** After this long, other jobs have their turn. */
const SLICE_MS = 2_000
/** From so many rows on, and whenever there are four times as many, the planner should know. */
const STATISTICS_ROWS = 1_000
const STATISTICS_GROWTH = 4
const TELL_EVERY_MS = 1_000
const BREATH_MS = 5
const LOOK_MS = 20
const CHANGED: readonly Topic[] = ['imports', 'users', 'licenses', 'events', 'mail']

type Run = { deps: ImportJobDeps; job: Job; key: ImportKey }

const goOn = async (): Promise<void> => undefined

/** Does one import, a slice at a time: stores its rows, and settles them chunk by chunk. */
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

/** Works for as long as a slice lasts. `refreshed` is at how many rows the planner was last told of each import. */
async function runSlice(run: Run, tell: (isOver: boolean) => void, refreshed: Map<string, number>): Promise<void> {
  const { deps: { store }, key: { importId } } = run
  let telling: Promise<unknown> = Promise.resolve()
  const refresh = (applied: number): void => {
    if (applied < STATISTICS_GROWTH * (refreshed.get(importId) ?? STATISTICS_ROWS / STATISTICS_GROWTH)) return
    refreshed.set(importId, applied)
    // The planner learns of it beside the next chunks.
    telling = Promise.all([telling, store.system(refreshPeopleStatistics)])
    telling.catch(() => undefined)
  }
  try {
    await runChunks(run, tell, refresh)
  } finally {
    await telling
  }
}

async function runChunks(run: Run, tell: (isOver: boolean) => void, refresh: (applied: number) => void): Promise<void> {
  const found = await readImport(run, run.deps.chunkRows ?? CHUNK_ROWS.first)
  if (found === null) return
  // The first rows are settled while those behind them are still being read and stored.
  const storing = found.record.status === 'queued' ? storeRows(run, found) : Promise.resolve<Progress>('going')
  // Where it fails, so does the slice, once the chunk at hand is settled.
  storing.catch(() => undefined)
  let stored: Progress = 'going'
  try {
    await settleChunks(run, found, storing, tell, refresh)
  } finally {
    stored = await storing
  }
  if (stored === 'over') tell(true)
}

async function settleChunks(run: Run, first: Found, storing: Promise<Progress>, tell: (isOver: boolean) => void, refresh: (applied: number) => void): Promise<void> {
  const { deps: { store, clock, chunkRows, breathe = goOn }, job } = run
  const endsAt = clock().getTime() + SLICE_MS
  let rows = chunkRows ?? CHUNK_ROWS.first
  let found: Found | null = first
  while (found !== null) {
    const { record }: Found = found
    if (record.status === 'queued' && !(found.rows.length > 0 && isAllowed(found))) {
      await Promise.race([storing, sleep(LOOK_MS)])
      found = await readImport(run, rows)
      continue
    }
    const began = performance.now()
    const { step, ahead }: Settled = await settle(run, found, rows)
    if (chunkRows === undefined) rows = fittingRows(found.rows.length, performance.now() - began)
    if (step !== 'lost') tell(step === 'over')
    if (step === 'lost' || step === 'over') return
    refresh(record.applied)
    if (record.status === 'running' && clock().getTime() >= endsAt) return void await store.system((db) => continueJob(db, job, clock()))
    // Whoever waits for the lock needs a moment to wake up; without it the next chunk would always be first.
    const [next]: [Found | null, void] = await Promise.all([readImport(run, rows, await ahead), sleep(BREATH_MS).then(breathe)])
    found = next
  }
}

/** Whether the importer may still import. */
const isAllowed = ({ importer: { viewer } }: Found): boolean => viewer !== null && mayImport(viewer)

type Settled = { step: Progress; ahead: Promise<RowsAhead | null> | null }

/** Settles the rows that were read. While the database is at it, those behind them are read, about `limit`. */
async function settle(run: Run, { importer, record, rows }: Found, limit: number): Promise<Settled> {
  const { deps: { store, clock, breathe }, job, key } = run
  const { viewer } = importer
  if (viewer === null || !mayImport(viewer)) return { step: await giveUp(run, 'access.denied'), ahead: null }
  const now = clock()
  const last = rows.at(-1)?.row
  let ahead: Settled['ahead'] = null
  const ask = async (db: Tx) => (last === undefined ? null : readChunk(db, viewer, key, rows.map(({ planned }) => planned), now))
  const outcome = await store.change({ ...scopeOf(key, importer.person, now), breathe }, async (change, data: SnapshotData | null) => {
    const advanced = await advance(change, { job, key, record, viewer, rows, data, leaseUntil: leaseEnd(now) })
    if (last !== undefined) ahead = readAhead(run, last, limit)
    return advanced
  }, ask)
  return { step: outcome.ok ? outcome.value : 'lost', ahead }
}

/** The rows behind `after`; null where they could not be read, and are then read again when they are needed. */
const readAhead = ({ deps: { store }, key }: Run, after: number, limit: number): Promise<RowsAhead | null> =>
  store.system(async (db) => ({ after, rows: await readWaitingRows(db, key, limit, after) })).catch(() => null)

/** As many rows as the time allows, by how long the last ones took. */
const fittingRows = (rows: number, ms: number): number => Math.round(Math.min(CHUNK_ROWS.most, Math.max(CHUNK_ROWS.least, (rows * CHUNK_MS) / Math.max(ms, 1))))

type Found = { record: Row<'user_imports'>; importer: Pick<KnownUser, 'viewer'> & { person: Actor }; rows: WaitingRow[] }

const leaseEnd = (now: Date): Date => new Date(now.getTime() + LEASE_MS)

/** An import with the next of its rows, at most `limit`, or those that were read ahead. Null where there is nothing left to do, or the work is somebody else's by now. */
async function readImport({ deps: { store }, job, key }: Run, limit: number, ahead: RowsAhead | null = null): Promise<Found | null> {
  // A look writes nothing: with a lock on the job it would end by waiting for the disk. Whoever settles makes sure of the job.
  return store.look(async (db) => {
    const [isHeld, record, read] = await Promise.all([
      seesJob(db, job),
      kept(db).selectFrom('user_imports').selectAll().where('organization_id', '=', key.organizationId).where('id', '=', key.importId).executeTakeFirst(),
      ahead === null ? readWaitingRows(db, key, limit) : null,
    ])
    if (!isHeld || record === undefined) return null
    const known = record.created_by === null ? null : await readKnownUser(db, key.organizationId, record.created_by)
    const isGood = ahead !== null && ahead.after === record.settled_row && ahead.rows.length > 0
    const rows = read ?? (isGood ? ahead.rows : await readWaitingRows(db, key, limit))
    return { record, rows, importer: known ?? { viewer: null, person: { id: record.created_by, email: '', name: record.created_by_name } } }
  })
}

/** Reads the file once more and stores its rows, page by page; a file that can be read no more ends the import. */
async function storeRows(run: Run, found: Found): Promise<Progress> {
  const { deps: { store, reader, clock }, key } = run
  const source = await store.system((db) => db.selectFrom('user_import_sources').select('bytes').where('organization_id', '=', key.organizationId).where('import_id', '=', key.importId).executeTakeFirstOrThrow())
  const opened = await reader.open(source.bytes)
  if (!opened.ok && opened.failure.code === 'server.busy') throw new Error('too many files are being read')
  if (!opened.ok) return giveUp(run, opened.failure.code)
  try {
    for (let from = 0; from < opened.value.total; from += PAGES * PAGE_ROWS) await storePages(run, opened.value, from)
  } finally {
    await opened.value.close()
  }
  await store.system((db) => db.updateTable('user_imports').set({ status: 'running', started_at: found.record.started_at ?? clock() })
    .where('organization_id', '=', key.organizationId).where('id', '=', key.importId).where('status', '=', 'queued').execute())
  return 'going'
}

/** Stores a few pages together: the next is read while the database stores the one before. */
const storePages = ({ deps: { store }, key }: Run, file: OpenImport, first: number): Promise<void> => store.system(async (db) => {
  let storing: Promise<void> = Promise.resolve()
  for (let page = 0; page < PAGES; page += 1) {
    const [rows] = await Promise.all([file.page(first + page * PAGE_ROWS, PAGE_ROWS), storing])
    storing = addImportRows(db, key, rows)
  }
  await storing
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
