import { createHash, randomBytes } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { createGzip, constants } from 'node:zlib'
import * as v from 'valibot'
import { localeOf } from '../../shared/kit/locale'
import { MAILED_DAYS } from '../../shared/logs/reports.model'
import type { DownloadFormat, DownloadRequest, DownloadResource, OpenedFile } from '../actions/downloads/model'
import { DOWNLOAD_SOURCES } from '../actions/downloads/sources'
import { readKnownUser, type KnownUser } from '../identity/viewers'
import { toJson } from '../store/bulk'
import { beginExport, findExport, writeExportPart, type ExportRow } from '../store/exports'
import { completeJob, holdsJob, type Job } from '../store/jobs'
import type { Store } from '../store/store'
import type { ChangeScope } from '../store/transactions'
import type { JobHandler } from './jobs'

/** What making files needs. */
export type ExportJobDeps = { store: Store; clock: () => Date }

const PART_BYTES = 1024 * 1024
const DAY_MS = 86_400_000
const TICKET_BYTES = 32
const payloadSchema = v.object({ exportId: v.string() })

type Run = { store: Store; clock: () => Date; job: Job; row: ExportRow; known: KnownUser }

/**
 * Makes one file, keeps it part by part and mails its link. Killed, it begins anew; the last attempt says that it
 * failed. Who may no longer have the file gets none.
 */
export const createExportJob = ({ store, clock }: ExportJobDeps): JobHandler => async (job) => {
  const { exportId } = v.parse(payloadSchema, job.payload)
  const organizationId = job.organization_id
  if (organizationId === null) throw new Error('a file is of one organization')
  const found = await store.system(async (db) => {
    const row = await findExport(db, organizationId, exportId)
    return row === undefined ? null : { row, known: await readKnownUser(db, organizationId, row.user_id) }
  })
  if (found === null || found.known === null || found.row.status === 'done') return 'done'
  const run: Run = { store, clock, job, row: found.row, known: found.known }
  try {
    await make(run)
  } catch (error) {
    if (job.attempts < job.max_attempts) throw error
    await end(run, 'server.failed', null)
  }
  return 'completed'
}

async function make(run: Run): Promise<void> {
  const { store, clock, row, known } = run
  const source = DOWNLOAD_SOURCES[row.resource as DownloadResource]
  if (source === undefined || known.viewer === null) return end(run, 'access.denied', null)
  let reached = 0
  const request: DownloadRequest = {
    viewer: known.viewer, format: row.format as DownloadFormat, filter: row.filter, locale: localeOf(row.language), now: clock(), onReached: (sequence) => { reached = sequence },
  }
  const checked = await source.check({ store }, request)
  if (!checked.ok) return end(run, checked.failure.code, null)
  const opened = await source.open({ store }, request)
  if (!opened.ok) return end(run, opened.failure.code, null)
  if ('planned' in opened) throw new Error('a download has no plan')
  await store.system((db) => beginExport(db, row))
  await keep(run, opened.value, () => reached)
  await end(run, null, opened.value.covers ?? null)
}

/** Stores the content in parts of about a megabyte; CSV is packed, the others are packed already. */
async function keep({ store, job, row }: Run, { content }: OpenedFile, reached: () => number): Promise<void> {
  const plain = content instanceof Readable ? content : Readable.from([Buffer.from(content)])
  const packed = row.format === 'csv' ? pipeline(plain, createGzip({ level: constants.Z_BEST_SPEED }), () => undefined) : plain
  let part = 0
  let waiting: Buffer[] = []
  let bytes = 0
  const write = async (): Promise<void> => {
    const whole = Buffer.concat(waiting)
    waiting = []
    bytes = 0
    const isOurs = await store.system(async (db) => {
      await writeExportPart(db, row, part, whole, reached())
      return holdsJob(db, job)
    })
    if (!isOurs) throw new Error('the file is made elsewhere')
    part += 1
  }
  for await (const chunk of packed) {
    const piece = Buffer.from(chunk)
    waiting.push(piece)
    bytes += piece.length
    if (bytes >= PART_BYTES) await write()
  }
  if (bytes > 0) await write()
}

/** Ends the work in one change: the state, the link and its mail, together or not at all. */
async function end({ store, clock, job, row, known }: Run, failure: string | null, covers: { after: number; head: number } | null): Promise<void> {
  const now = clock()
  const expiresAt = new Date(now.getTime() + MAILED_DAYS * DAY_MS)
  const scope: ChangeScope = { organizationId: row.organization_id, actor: known.person, requestId: job.id, ip: null, client: 'system', now }
  await store.change(scope, async ({ db, organization, mail, newId }) => {
    if (!(await completeJob(db, job, now))) return { ok: false, code: 'not_found' }
    await db.updateTable('exports').set({
      status: failure === null ? 'done' : 'failed', failure, finished_at: now, expires_at: expiresAt, written: failure === null ? row.total : row.written,
      after_sequence: covers?.after ?? null, head_sequence: covers?.head ?? null,
    }).where('organization_id', '=', organization.id).where('id', '=', row.id).execute()
    const to = { email: known.person.email, name: known.person.name }
    const params = { organization: organization.name, name: row.name, expiresAt: expiresAt.toISOString() }
    if (failure !== null) {
      mail({ kind: 'export_failed', to, language: row.language, params })
      return { ok: true, value: null }
    }
    const ticket = randomBytes(TICKET_BYTES).toString('base64url')
    await db.insertInto('downloads').values({
      organization_id: organization.id, id: newId(), ticket_hash: createHash('sha256').update(ticket).digest(), user_id: row.user_id, resource: 'prepared', format: row.format,
      filter: toJson({ exportId: row.id }), language: row.language, created_at: now, expires_at: expiresAt, used_at: null, mailed: true,
    }).execute()
    mail({ kind: 'export_ready', to, language: row.language, params, secrets: { ticket } })
    return { ok: true, value: null }
  })
}
