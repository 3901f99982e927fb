import { createHash, randomBytes } from 'node:crypto'
import { localeOf, type Locale } from '../../../shared/kit/locale'
import { DOWNLOAD_MINUTES, MAILED_FROM_ROWS, type Ticket } from '../../../shared/logs/reports.model'
import { done, refused, type FileAnswer, type Handler, type Outcome } from '../../http/handler'
import { readKnownUser, type KnownUser } from '../../identity/viewers'
import { toJson } from '../../store/bulk'
import type { Row } from '../../store/tables'
import type { ActionDeps } from '../deps'
import type { DownloadFormat, DownloadRequest, DownloadResource, DownloadSource } from './model'
import { planDownload, queueExport } from './mailed'
import { DOWNLOAD_SOURCES } from './sources'
import { filterChanges } from '../events/export'
import { answerOf, changeScopeOf, digestOf } from '../planned'

/** Where a used link came from, for the log. `pressed`: by the button of its page. */
export type DownloadOrigin = { requestId: string; ip: string; now: Date; pressed: boolean }

/** The file, or the page that asks before a mailed link is used up. */
export type Opened = FileAnswer | { ask: { name: string; locale: Locale } }

/** Answers the link with the file: `not_found`, `download.expired`, or what the resource refuses with. */
export type OpenDownload = (ticket: string, origin: DownloadOrigin) => Promise<Outcome<Opened>>

const TICKET_BYTES = 32
const MINUTE_MS = 60_000
const hashOf = (ticket: string): Buffer => createHash('sha256').update(ticket).digest()

/**
 * `POST /v1/downloads`: a link that brings one file once, within five minutes, without a token in the request. A
 * large one is made in the background where the caller lets it, and its link is mailed.
 */
export const downloadsAdd = (deps: ActionDeps): Handler<'downloads.add'> => async ({ body }, ctx) => {
  const { resource, format, filter = {}, deliver = 'link' } = body
  const { viewer, locale, now } = ctx
  const source = DOWNLOAD_SOURCES[resource]
  if (source === undefined) return refused('server.not_available')
  if (!source.formats.includes(format)) return refused('request.invalid', { issues: [{ code: 'field.not_an_option', path: 'format' }] })
  const request: DownloadRequest = { viewer, format, filter, locale, now }
  const checked = await source.check(deps, request)
  if (!checked.ok) return checked
  const isMailed = deliver === 'mail' || (deliver === 'auto' && (await source.count?.(deps, request, MAILED_FROM_ROWS + 1) ?? 0) > MAILED_FROM_ROWS)
  const unprintable = format === 'pdf' ? (await source.unprintable?.(deps, request)) ?? 0 : 0
  const plan = planDownload({ name: checked.name, email: viewer.email, isMailed, unprintable })
  const digest = digestOf(plan)
  if (ctx.dryRun) return { ok: true, planned: { plan, digest } }
  if (ctx.digest !== null && ctx.digest !== digest) return refused('plan.changed', { extra: { plan, digest } })
  if (isMailed) {
    return answerOf(await deps.store.change<Ticket>(changeScopeOf(ctx), async (change) => {
      const exportId = await queueExport(change, ctx, { resource, name: checked.name, event: source.event, format, filter, locale })
      return { ok: true, value: { url: null, expiresAt: null, mailedTo: viewer.email, exportId } }
    }))
  }
  const ticket = randomBytes(TICKET_BYTES).toString('base64url')
  const expiresAt = new Date(now.getTime() + DOWNLOAD_MINUTES * MINUTE_MS)
  // The ticket is a secret, so no copy of this answer is kept for repeats: a repeat gets a ticket of its own.
  const outcome = await deps.store.change({ ...changeScopeOf(ctx), idempotency: undefined }, async ({ db, newId }) => {
    await db.insertInto('downloads').values({
      organization_id: viewer.organizationId, id: newId(), ticket_hash: hashOf(ticket), user_id: viewer.userId, resource, format, filter: toJson(filter), language: locale, created_at: now, expires_at: expiresAt, used_at: null,
    }).execute()
    return { ok: true, value: { url: `/v1/downloads/${ticket}`, expiresAt: expiresAt.toISOString() } }
  })
  return answerOf(outcome)
}

/** Uses a link up and opens its file, as its owner may see it now. */
export const createOpenDownload = (deps: ActionDeps): OpenDownload => async (ticket, origin) => {
  const { store } = deps
  const found = await store.system(async (db) => {
    const row = await db.selectFrom('downloads').selectAll().where('ticket_hash', '=', hashOf(ticket)).executeTakeFirst()
    return row === undefined ? null : { row, known: await readKnownUser(db, row.organization_id, row.user_id) }
  })
  if (found === null) return refused('not_found')
  const { row, known } = found
  if (row.used_at !== null || row.expires_at <= origin.now || known?.viewer == null) return refused('download.expired')
  // Written by `downloadsAdd`, from the closed lists of the contract.
  const source = DOWNLOAD_SOURCES[row.resource as DownloadResource]
  if (source === undefined) return refused('server.not_available')
  const request: DownloadRequest = { viewer: known.viewer, format: row.format as DownloadFormat, filter: row.filter, locale: localeOf(row.language), now: origin.now }
  const checked = await source.check(deps, request)
  if (!checked.ok) return checked
  // Scanners open what is in a mail: only the button of the page uses a mailed link up.
  if (row.mailed && !origin.pressed) return done({ ask: { name: checked.name, locale: request.locale } })
  const used = await spendTicket(deps, row, known.person, { event: source.event, name: checked.name }, origin)
  return used ? source.open(deps, request) : refused('download.expired')
}

/** Of any number of requests with one ticket, one gets the file; the log says so in the same transaction. */
async function spendTicket({ store }: ActionDeps, row: Row<'downloads'>, person: KnownUser['person'], { event, name }: Pick<DownloadSource, 'event'> & { name: string }, origin: DownloadOrigin): Promise<boolean> {
  const scope = { organizationId: row.organization_id, actor: person, requestId: origin.requestId, ip: origin.ip, client: 'web', now: origin.now }
  const outcome = await store.change(scope, async ({ db, record }) => {
    const { numUpdatedRows } = await db.updateTable('downloads').set({ used_at: origin.now }).where('organization_id', '=', row.organization_id).where('id', '=', row.id).where('used_at', 'is', null).executeTakeFirst()
    if (numUpdatedRows !== 1n) return { ok: false, code: 'download.expired' }
    if (event !== null) record({ category: 'audit', kind: event, ofAdmin: true, target: { type: 'file', id: row.filter['importId'] ?? null, label: name }, changes: filterChanges({ ...row.filter, format: row.format }) })
    return { ok: true, value: null }
  })
  return outcome.ok
}
