import { done, refused, type Handler } from '../../http/handler'
import { countEvents, type CountBy } from '../../store/events.counts'
import { readEvents } from '../../store/events.read'
import type { ActionDeps } from '../deps'
import { findFilterIssues, readerOf, resolveFilter, showTo } from './query'

const PAGE = 50
const MAX_POINTS = 400
const DAY_MS = 86_400_000
/** How far back counts go unless they are asked to. */
const DAYS_BACK: Record<CountBy, number> = { day: 30, week: 182, month: 366, user: 30, plan: 30 }

/** `GET /v1/events`: one page, newest first. Everybody reads their own; more takes a permission. */
export const eventsList = ({ store }: ActionDeps): Handler<'events.list'> => async ({ query }, { viewer }) => {
  const { cursor, limit = PAGE, ...asked } = query
  const issues = findFilterIssues(asked)
  if (issues.length > 0) return refused('request.invalid', { issues })
  const scope = { organizationId: viewer.organizationId, list: `events of ${viewer.userId}`, filter: asked }
  const before = cursor === undefined ? null : sequenceOf(store.cursors.decode(scope, cursor))
  if (before === undefined) return refused('request.invalid', { issues: [{ code: 'cursor.invalid', path: 'cursor' }] })
  const reader = readerOf(viewer)
  return store.read(viewer.organizationId, async (db) => {
    const found = await readEvents(db, reader, await resolveFilter(db, viewer.organizationId, asked), before, limit + 1)
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return done({ items: page.map((row) => showTo(reader, row)), next: found.length > limit && last !== undefined ? store.cursors.encode(scope, [last.sequence]) : null })
  })
}

/** `GET /v1/events/statistics`: messages, openings and signatures that the viewer may know of. */
export const eventsStatistics = ({ store }: ActionDeps): Handler<'events.statistics'> => async ({ query }, { viewer, now }) => {
  const { by = 'day', ...asked } = query
  const issues = findFilterIssues(asked)
  if (issues.length > 0) return refused('request.invalid', { issues })
  const from = asked.from ?? new Date(startOfDay(now) - DAYS_BACK[by] * DAY_MS).toISOString()
  return store.read(viewer.organizationId, async (db) => {
    const counts = await countEvents(db, readerOf(viewer), await resolveFilter(db, viewer.organizationId, { ...asked, from }), by)
    const sum = (of: 'sent' | 'opened' | 'signed'): number => counts.reduce((total, count) => total + count[of], 0)
    const points = by === 'user' || by === 'plan' ? counts.slice(0, MAX_POINTS) : counts.slice(-MAX_POINTS)
    return done({ by, points: points.map((point) => ({ ...point, label: point.label || point.key })), totals: { sent: sum('sent'), opened: sum('opened'), signed: sum('signed') } })
  })
}

const startOfDay = (now: Date): number => Math.floor(now.getTime() / DAY_MS) * DAY_MS

/** Undefined for a cursor that was not made for this list. */
function sequenceOf(values: unknown[] | null): number | undefined {
  const [sequence] = values ?? []
  return typeof sequence === 'number' ? sequence : undefined
}
