import type { ImportPreview, UserImport } from '../../../shared/imports/imports.model'
import { readClaims } from '../../domains/claims'
import { done, refused, type Handler, type Outcome } from '../../http/handler'
import type { OpenImport } from '../../imports/reader'
import { toUserImport } from '../../imports/record'
import { mayImport } from '../../imports/snapshot'
import { readSnapshot } from '../../imports/snapshot.read'
import type { PreviewView } from '../../imports/preview'
import type { StoredRows } from '../../imports/session'
import type { Viewer } from '../../identity/viewer'
import { IMPORT_JOB, IMPORT_MAX_TAKES } from '../../jobs/import.kind'
import { toJson } from '../../store/bulk'
import { addImportRows } from '../../store/imports'
import type { Change } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import { answerOf, changeScopeOf } from '../planned'
import { withClaims } from './waiting'

/** Rows that a preview shows where nobody says how many. */
const SHOWN = 100
const UNNAMED = 'users.csv'
/** Rows that are stored with the file: they are settled while the job reads it once more for those behind. */
const FIRST_ROWS = 1_500

/** `POST /v1/user-imports/preview`: what an import would do with each row. Changes nothing. */
export const userImportsPreview = (deps: ActionDeps): Handler<'user_imports.preview'> => async ({ query, body }, { viewer, now }) => {
  const { status = null, limit = SHOWN, without_license: withoutLicense = false } = query
  return withFile(deps, viewer, body, () => true, async (file) => done(await previewOf(deps, { viewer, now }, file, withoutLicense, { status, limit })))
}

/**
 * `POST /v1/user-imports`: keeps the file and queues the job that imports it. With the digest of a preview it
 * is refused with the new preview if another thing would happen by now.
 */
export const userImportsStart = (deps: ActionDeps): Handler<'user_imports.start'> => async ({ query, body }, ctx) => {
  const { viewer, digest } = ctx
  const { without_license: withoutLicense = false, name = UNNAMED } = query
  return withFile(deps, viewer, body, ({ ok }) => !ok, async (file) => {
    const preview = digest === null ? null : await previewOf(deps, ctx, file, withoutLicense, { status: null, limit: SHOWN })
    const first = await file.page(0, FIRST_ROWS)
    // A repeat is answered before the plan is judged: its own import has changed what a new one would do.
    return answerOf(await deps.store.change<UserImport>(changeScopeOf(ctx), async (change) => {
      if (preview !== null && preview.digest !== digest) return { ok: false, code: 'plan.changed', extra: preview }
      const started = { name, mediaType: ctx.mediaType, withoutLicense, digest, language: ctx.locale, first }
      return { ok: true, value: await storeImport(change, viewer, file, body, started), status: 202 }
    }))
  })
}

/** `comesAgain` says after which outcomes the same file is likely to come once more. */
async function withFile<T>(deps: ActionDeps, viewer: Viewer, bytes: Uint8Array, comesAgain: (outcome: Outcome<T>) => boolean, work: (file: OpenImport) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  if (!mayImport(viewer)) return refused('access.denied')
  const opened = await deps.imports.open(bytes)
  if (!opened.ok) return opened
  let isLeft = false
  try {
    const outcome = await work(opened.value)
    isLeft = comesAgain(outcome)
    return outcome
  } finally {
    await (isLeft ? opened.value.leave() : opened.value.close())
  }
}

async function previewOf({ store, domains }: ActionDeps, { viewer, now }: { viewer: Viewer; now: Date }, file: OpenImport, withoutLicense: boolean, view: PreviewView): Promise<ImportPreview> {
  const { organizationId } = viewer
  const [snapshot, claims] = await store.read(organizationId, (db) => Promise.all([readSnapshot(db, viewer, now, { keys: file.keys }), readClaims(db, organizationId)]))
  return withClaims(await file.preview(snapshot, { withoutLicense }, view), viewer, claims, domains.lists)
}

type Started = { name: string; mediaType: string; withoutLicense: boolean; digest: string | null; language: string; first: StoredRows }

async function storeImport({ db, organization, now, newId, record, job, send }: Change, viewer: Viewer, file: OpenImport, bytes: Uint8Array, started: Started): Promise<UserImport> {
  const id = newId()
  const row = await db.insertInto('user_imports').values({
    organization_id: organization.id, id, name: started.name, media_type: started.mediaType, status: 'queued', without_license: started.withoutLicense, plan_digest: started.digest,
    language: started.language, total: file.total, failure: null, created_by: viewer.userId, created_by_name: viewer.name || viewer.email, created_at: now, started_at: null, finished_at: null,
  }).returningAll().executeTakeFirstOrThrow()
  await db.insertInto('user_import_sources').values({ organization_id: organization.id, import_id: id, bytes: Buffer.from(bytes), header: toJson({ cells: file.header, separator: file.separator }) }).execute()
  send(addImportRows(db, { organizationId: organization.id, importId: id }, started.first))
  record({ category: 'audit', kind: 'user_import.started', ofAdmin: true, target: { type: 'user_import', id, label: started.name }, changes: { total: { from: null, to: file.total } } })
  job({ kind: IMPORT_JOB, payload: { importId: id }, maxAttempts: IMPORT_MAX_TAKES })
  return toUserImport(row)
}
