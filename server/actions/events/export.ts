import * as v from 'valibot'
import { holds, isAdministrator } from '../../../shared/access/access.policy'
import { queryNumber } from '../../../shared/kit/schema'
import { eventFilter, type ChangedField } from '../../../shared/logs/logs.model'
import { eventsTable, type EventsExport } from '../../exports/events'
import { toFile } from '../../exports/file'
import { ROWS_MAX } from '../../exports/table'
import { parseInput } from '../../http/parse'
import { done, refused, type FileAnswer, type Handler, type Outcome } from '../../http/handler'
import type { Viewer } from '../../identity/viewer'
import { wordsOf } from '../../mail/words'
import { readHead } from '../../store/events.append'
import { countUpTo, type EventReader } from '../../store/events.read'
import type { EventChanges } from '../../store/events.model'
import { newId } from '../../store/ids'
import type { Store } from '../../store/store'
import type { Locale } from '../../../shared/kit/locale'
import type { ActionDeps } from '../deps'
import type { DownloadFormat, DownloadSource } from '../downloads/model'
import { findFilterIssues, readerOf, resolveFilter, type AskedEvents } from './query'
import { answerOf, changeScopeOf } from '../planned'

/** Names the last sequence that a file covers: up to it, nothing that the filter leaves is missing. */
export const HEAD_HEADER = 'orgdesk-log-head'

const SEQUENCE_MAX = 999_999_999
const filterSchema = v.strictObject({ ...eventFilter, after: v.optional(queryNumber(0, SEQUENCE_MAX)), through: v.optional(queryNumber(0, SEQUENCE_MAX)) })
/** `through` ends the file before the log's own end. */
type Wanted = { viewer: Viewer; asked: AskedEvents; format: DownloadFormat; after: number; through: number; locale: Locale; now: Date; onReached?: (sequence: number) => void }

/** `GET /v1/events/export`: what the list would show, as a file; its making is a line of the log itself. */
export const eventsExport = (deps: ActionDeps): Handler<'events.export'> => async ({ query }, ctx) => {
  const { format = 'csv', after = 0, through = SEQUENCE_MAX, ...asked } = query
  const { viewer, locale, now } = ctx
  const wanted: Wanted = { viewer, asked, format, after, through, locale, now }
  const objection = await objectionTo(deps, wanted)
  if (objection !== null) return objection
  const recorded = await deps.store.change(changeScopeOf(ctx), async (change) => {
    change.record({ category: 'audit', kind: 'log.exported', ofAdmin: isAdministrator(viewer), target: { type: 'file', id: null, label: `${logNameOf(now)}.${format}` }, changes: filterChanges({ ...asked, format, ...(after === 0 ? {} : { after }), ...(through === SEQUENCE_MAX ? {} : { through }) }) })
    return { ok: true, value: (await readHead(change.db, viewer.organizationId)).sequence }
  })
  return recorded.ok ? done(fileOf(deps, wanted, recorded.value)) : answerOf(recorded)
}

/** The lines that a file holds all of. */
export type Covers = { after: number; head: number }

/** The same file by link. */
export const eventsSource: DownloadSource = {
  formats: ['csv', 'xlsx', 'pdf'],
  event: 'log.exported',
  check: async (deps, request) => {
    const wanted = wantedOf(request)
    if (!wanted.ok) return wanted
    const objection = await objectionTo(deps, wanted.value)
    return objection ?? { ok: true, name: `${logNameOf(request.now)}.${request.format}` }
  },
  count: async ({ store }, request, max) => {
    const wanted = wantedOf(request)
    const reader = wanted.ok ? exportReaderOf(request.viewer, wanted.value.asked) : null
    if (!wanted.ok || reader === null) return 0
    const { asked, through } = wanted.value
    const { organizationId } = request.viewer
    return store.read(organizationId, async (db) => countUpTo(db, reader, await resolveFilter(db, organizationId, asked), through, max))
  },
  unprintable: async ({ store }, request) => {
    const wanted = wantedOf(request)
    if (!wanted.ok) return 0
    const { organizationId } = request.viewer
    const head = await store.read(organizationId, (db) => readHead(db, organizationId))
    const { countUnprintable } = await import('../../exports/pdf')
    return countUnprintable(eventsTable(store, exportedOf(wanted.value, head.sequence), 'pdf', wordsOf(request.locale)))
  },
  open: async (deps, request): Promise<Outcome<FileAnswer & { covers: Covers | null }>> => {
    const wanted = wantedOf(request)
    if (!wanted.ok) return wanted
    const { organizationId } = request.viewer
    const head = await deps.store.read(organizationId, (db) => readHead(db, organizationId))
    return done(fileOf(deps, wanted.value, head.sequence))
  },
}

/** A filter as the log keeps it: each of its words as something that is new. */
export const filterChanges = (filter: Partial<Record<ChangedField, unknown>>): EventChanges =>
  Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, { from: null, to: value }]))

function wantedOf(request: Parameters<DownloadSource['open']>[1]): { ok: true; value: Wanted } | ReturnType<typeof refused> {
  const parsed = parseInput(filterSchema, request.filter)
  if (!parsed.ok) return refused(parsed.failure.code, { issues: parsed.failure.issues.map((issue) => ({ ...issue, path: `filter.${issue.path}` })) })
  const { viewer, format, locale, now, onReached } = request
  const { after = 0, through = SEQUENCE_MAX, ...asked } = v.parse(filterSchema, request.filter)
  return { ok: true, value: { viewer, asked, format, after, through, locale, now, ...(onReached === undefined ? {} : { onReached }) } }
}

/** Why this file can't be had, or null: one's own log needs no permission, but must be asked for as such. */
async function objectionTo({ store }: Pick<ActionDeps, 'store'>, { viewer, asked, format, after }: Wanted): Promise<ReturnType<typeof refused> | null> {
  const issues = [...findFilterIssues(asked), ...(after > 0 && format !== 'csv' ? [{ code: 'field.not_an_option' as const, path: 'format' }] : [])]
  if (issues.length > 0) return refused('request.invalid', { issues })
  const reader = exportReaderOf(viewer, asked)
  if (reader === null) return refused('access.denied')
  if (format === 'csv') return null
  const { organizationId } = viewer
  const count = await store.read(organizationId, async (db) => countUpTo(db, reader, await resolveFilter(db, organizationId, asked), Number.MAX_SAFE_INTEGER, ROWS_MAX[format] + 1))
  return count <= ROWS_MAX[format] ? null : refused('request.too_large', { issues: [{ code: 'field.too_many', path: 'format', params: { limit: ROWS_MAX[format] } }] })
}

function exportReaderOf(viewer: Viewer, asked: AskedEvents): EventReader | null {
  const reader = readerOf(viewer)
  if (holds(viewer, 'logs.export')) return reader
  const isOwn = asked.user === viewer.userId || (!reader.members && !reader.admins)
  return isOwn ? { ...reader, members: false, admins: false } : null
}

function exportedOf({ viewer, asked, after, through, onReached }: Wanted, newest: number): EventsExport {
  const reader = exportReaderOf(viewer, asked) ?? { ...readerOf(viewer), members: false, admins: false }
  return { reader, asked, after, head: Math.min(newest, through), ...(onReached === undefined ? {} : { onReached }) }
}

function fileOf({ store }: Pick<ActionDeps, 'store'>, wanted: Wanted, newest: number): FileAnswer & { covers: Covers | null } {
  const { viewer, asked, format, after, locale, now } = wanted
  const exported = exportedOf(wanted, newest)
  const { reader, head } = exported
  const isWhole = Object.values(asked).every((value) => value === undefined) && reader.members && reader.admins && format !== 'pdf'
  const covers = isWhole ? { after, head } : null
  const file = toFile(format, logNameOf(now), eventsTable(store, exported, format, wordsOf(locale)), { [HEAD_HEADER]: String(head) })
  return { ...file, covers, ...(covers === null ? {} : { onSent: () => recordReceived(store, viewer, format, covers, now) }) }
}

/** Remembers that somebody has all of these lines, which is what a purge waits for. */
export async function recordReceived(store: Store, { organizationId, email }: Pick<Viewer, 'organizationId' | 'email'>, format: string, { after, head }: Covers, now: Date): Promise<void> {
  await store.system((db) => db.insertInto('log_exports').values({ organization_id: organizationId, id: newId(), after_sequence: after, head_sequence: head, format, exported_by: email, exported_at: now }).execute())
}

/** What a file of the log is called, without its ending. */
export const logNameOf = (now: Date): string => `log-${now.toISOString().slice(0, 10)}`
