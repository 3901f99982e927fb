import { sql } from 'kysely'
import type { LogEvent } from '../../shared/logs/logs.model'
import { done, refused, type Handler } from '../http/handler'
import type { Viewer } from '../identity/viewer'
import type { Tx } from '../store/bulk'
import type { ActionDeps } from './deps'
import { eventsWhere, findFilterIssues, isGranted, resolveFilter, type ResolvedFilter } from './events.query'
import { EVENT_COLUMNS, toEvent, type EventRow } from './events.record'

const PAGE = 50

/** `GET /v1/events`: one page, newest first. Everybody reads their own; more takes a permission. */
export const eventsList = ({ store }: ActionDeps): Handler<'events.list'> => async ({ query }, { viewer }) => {
  const { cursor, limit = PAGE, ...filter } = query
  const issues = findFilterIssues(filter)
  if (issues.length > 0) return refused('request.invalid', { issues })
  const scope = { organizationId: viewer.organizationId, list: `events of ${viewer.userId}`, filter }
  const before = cursor === undefined ? null : sequenceOf(store.cursors.decode(scope, cursor))
  if (before === undefined) return refused('request.invalid', { issues: [{ code: 'cursor.invalid', path: 'cursor' }] })
  return store.read(viewer.organizationId, async (db) => {
    const found = await readEvents(db, viewer, await resolveFilter(db, viewer.organizationId, filter), before, limit + 1)
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return done({ items: page, next: found.length > limit && last !== undefined ? store.cursors.encode(scope, [last.sequence]) : null })
  })
}

/** The newest lines below a sequence that the viewer may read, newest first. */
export async function readEvents(db: Tx, viewer: Viewer, filter: ResolvedFilter, before: number | null, limit: number): Promise<LogEvent[]> {
  const below = before === null ? sql`` : sql`and events.sequence < ${before}`
  const { rows } = await sql<EventRow>`select ${EVENT_SELECTION} ${eventsWhere(viewer, filter)} ${below} order by events.sequence desc limit ${limit}`.execute(db)
  return rows.map((row) => showTo(viewer, row))
}

/** The columns of a line, as `select` takes them. */
export const EVENT_SELECTION = sql.join(EVENT_COLUMNS.map((column) => sql.ref(`events.${column}`)))

/** A line as this viewer may see it: of a line that is only about them, not where its actor was. */
export function showTo(viewer: Viewer, row: EventRow): LogEvent {
  const isHidden = row.actor_id !== null && row.actor_id !== viewer.userId && !isGranted(viewer, row)
  return toEvent(isHidden ? { ...row, ip: null } : row)
}

/** Undefined for a cursor that was not made for this list. */
function sequenceOf(values: unknown[] | null): number | undefined {
  const [sequence] = values ?? []
  return typeof sequence === 'number' ? sequence : undefined
}
