import { isAdministrator } from '../../../shared/access/access.policy'
import type { Plan } from '../../../shared/change-plan'
import { consequence } from '../../../shared/changes/consequences'
import { toPlan } from '../../../shared/changes/decision'
import { MAILED_DAYS, MAILED_FROM_ROWS, type Export } from '../../../shared/logs/reports.model'
import { done, type Handler, type RequestContext } from '../../http/handler'
import { toJson } from '../../store/bulk'
import { readHead } from '../../store/events.append'
import { readExports, type ExportRow } from '../../store/exports'
import type { Change } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import { filterChanges } from '../events/export'
import type { DownloadRequest, DownloadSource } from './model'

/** The work of making one file; its payload is the `exportId`. */
export const EXPORT_JOB = 'export.make'
const SHOWN = 50
const ATTEMPTS = 5

/** A file to be made: which, and under which name. */
export type MailedFile = { resource: string; name: string; event: DownloadSource['event'] } & Pick<DownloadRequest, 'format' | 'filter' | 'locale'>

/** A file that is asked for; `unprintable` lines of it hold characters that its pages cannot print. */
type AskedFile = { name: string; email: string; isMailed: boolean; unprintable: number }

/** What asking for a file comes to, before it is asked for: nothing to think about, unless it is mailed or cannot hold all. */
export const planDownload = ({ name, email, isMailed, unprintable }: AskedFile): Plan =>
  toPlan('download', {
    targets: [{ id: 'file', label: name }],
    consequences: [
      ...(isMailed ? [consequence('plan.export_mailed', { count: MAILED_FROM_ROWS, email, days: MAILED_DAYS })] : []),
      ...(unprintable > 0 ? [consequence('plan.pdf_gaps', { count: unprintable })] : []),
    ],
  })

/** Queues a file to be made and mailed, with the line of the log that says so; answers its id. */
export async function queueExport(change: Change, { viewer }: Pick<RequestContext<'downloads.add'>, 'viewer'>, { resource, name, event, format, filter, locale }: MailedFile): Promise<string> {
  const { db, organization, now, newId } = change
  const id = newId()
  const { sequence: total } = await readHead(db, organization.id)
  await db.insertInto('exports').values({
    organization_id: organization.id, id, user_id: viewer.userId, resource, format, filter: toJson(filter), language: locale, name, status: 'queued', total,
    after_sequence: null, head_sequence: null, failure: null, created_at: now, finished_at: null, expires_at: null,
  }).execute()
  if (event !== null) change.record({ category: 'audit', kind: event, ofAdmin: isAdministrator(viewer), target: { type: 'file', id, label: name }, changes: filterChanges({ ...filter, format }) })
  change.job({ kind: EXPORT_JOB, payload: { exportId: id }, maxAttempts: ATTEMPTS })
  return id
}

/** `GET /v1/exports`: the files that the viewer has asked for, with how far they have come. */
export const exportsList = ({ store }: ActionDeps): Handler<'exports.list'> => async (_input, { viewer }) => {
  const rows = await store.read(viewer.organizationId, (db) => readExports(db, viewer.organizationId, viewer.userId, SHOWN))
  return done({ items: rows.map(toExport) })
}

const toExport = (row: ExportRow): Export => ({
  id: row.id, name: row.name, format: row.format as Export['format'], status: row.status, total: row.total, written: row.written, failure: row.failure,
  createdAt: row.created_at.toISOString(), finishedAt: row.finished_at?.toISOString() ?? null, expiresAt: row.expires_at?.toISOString() ?? null,
})
