import { applyChunk } from '../imports/apply'
import type { PlannedInput } from '../imports/session'
import type { SnapshotData } from '../imports/snapshot'
import { nameOf, type Viewer } from '../identity/viewer'
import type { Tx } from '../store/bulk'
import { forgetImportFile, rejectWaitingRows, type ImportKey } from '../store/imports'
import { kept } from '../store/kept'
import { completeJob, renewJob, type Job } from '../store/jobs'
import type { Row } from '../store/tables'
import type { Change, Outcome } from '../store/transactions'

/** How far an import got by one step; `lost` where another server has taken it over. */
export type Progress = 'going' | 'over' | 'lost'

type Step = { job: Job; key: ImportKey; record: Row<'user_imports'> }

/** Rows that wait, in the order of the file. */
export type WaitingRow = { row: number; planned: PlannedInput }

/** Rows that were read before those up to `after` were settled. */
export type RowsAhead = { after: number; rows: WaitingRow[] }

/** The next rows that wait behind `after`, left out the last that is settled. They are read ahead of the lock: see `advance`. */
export async function readWaitingRows(db: Tx, { organizationId, importId }: ImportKey, limit: number, after?: number): Promise<WaitingRow[]> {
  const rows = await kept(db).selectFrom('user_import_rows').select(['row', 'planned']).where('organization_id', '=', organizationId)
    .where('import_id', '=', importId).where('outcome', '=', 'waiting')
    .where('row', '>', (eb) => (after === undefined
      ? eb.selectFrom('user_imports').select('settled_row').where('organization_id', '=', organizationId).where('id', '=', importId)
      : eb.val(after)))
    .orderBy('row').limit(limit).execute()
  // The column is written by the job alone, in this shape.
  return rows.map(({ row, planned }) => ({ row, planned: planned as PlannedInput }))
}

/** Settles these rows over what `readChunk` read of them, or ends the import where there are none. One change, under the organization's lock. */
export async function advance(change: Change, step: Step & { viewer: Viewer; rows: readonly WaitingRow[]; data: SnapshotData | null; leaseUntil: Date }): Promise<Outcome<Progress>> {
  const { db } = change
  const { job, key, record, viewer, rows, data, leaseUntil } = step
  const last = rows.at(-1)
  if (last === undefined || data === null) return finish(change, step)
  const ours = kept(db).updateTable('user_imports').where('organization_id', '=', key.organizationId).where('id', '=', key.importId)
  const [isHeld, { numUpdatedRows }, counts] = await Promise.all([
    renewJob(db, job, leaseUntil),
    ours.set({ settled_row: last.row }).where('settled_row', '=', record.settled_row).executeTakeFirst(),
    applyChunk(change, viewer, key, { inputs: rows.map(({ planned }) => planned), data, withoutLicense: record.without_license }),
  ])
  // Whoever lost the lease must not apply rows, nor whoever read them before somebody else settled them.
  if (!isHeld || numUpdatedRows !== 1n) return { ok: false, code: 'server.busy' }
  change.send(ours.set((eb) => ({ applied: eb('applied', '+', counts.applied), rejected: eb('rejected', '+', counts.rejected) })).execute())
  return { ok: true, value: 'going' }
}

/** Ends an import that can't go on: `failure` is why, and the rows that wait come back. */
export async function endEarly(change: Change, step: Step & { failure: string }): Promise<Outcome<Progress>> {
  const { db, now } = change
  const { job, key, failure } = step
  if (!(await completeJob(db, job, now))) return { ok: false, code: 'server.busy' }
  const waiting = await rejectWaitingRows(db, key)
  const record = await db.updateTable('user_imports').set((eb) => ({ status: 'failed', failure, finished_at: now, rejected: eb('rejected', '+', waiting) }))
    .where('organization_id', '=', key.organizationId).where('id', '=', key.importId).returningAll().executeTakeFirstOrThrow()
  await forgetImportFile(db, key)
  await tellOfEnd(change, record, 'user_import.failed')
  return { ok: true, value: 'over' }
}

async function finish(change: Change, { job, key }: Step): Promise<Outcome<Progress>> {
  const { db, now } = change
  if (!(await completeJob(db, job, now))) return { ok: false, code: 'server.busy' }
  const record = await db.updateTable('user_imports').set({ status: 'done', finished_at: now })
    .where('organization_id', '=', key.organizationId).where('id', '=', key.importId).returningAll().executeTakeFirstOrThrow()
  await forgetImportFile(db, key)
  await tellOfEnd(change, record, 'user_import.finished')
  return { ok: true, value: 'over' }
}

async function tellOfEnd({ db, organization, record: recordEvent, mail }: Change, record: Row<'user_imports'>, kind: 'user_import.finished' | 'user_import.failed'): Promise<void> {
  const { id, name, total, applied, rejected } = record
  recordEvent({
    category: 'audit', kind, ofAdmin: true, target: { type: 'user_import', id, label: name },
    changes: { total: { from: null, to: total }, applied: { from: null, to: applied }, rejected: { from: null, to: rejected } },
  })
  const importer = record.created_by === null ? undefined : await db.selectFrom('users').select(['email', 'first_name', 'last_name', 'language'])
    .where('organization_id', '=', organization.id).where('id', '=', record.created_by).where('status', '=', 'active').executeTakeFirst()
  if (importer === undefined) return
  mail({
    kind: 'import_finished', to: { email: importer.email, name: nameOf({ firstName: importer.first_name, lastName: importer.last_name }) }, language: importer.language,
    params: { organization: organization.name, name, total, applied, rejected, failure: record.failure }, dedupeKey: `import ${id}`,
  })
}
