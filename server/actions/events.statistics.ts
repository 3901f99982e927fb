import { sql, type RawBuilder } from 'kysely'
import type { ReplyOf } from '../../shared/api/contract'
import { done, refused, type Handler } from '../http/handler'
import type { Tx } from '../store/bulk'
import type { Viewer } from '../identity/viewer'
import type { ActionDeps } from './deps'
import { eventsWhere, findFilterIssues, resolveFilter, type ResolvedFilter } from './events.query'

type By = ReplyOf<'events.statistics'>['by']
type Point = ReplyOf<'events.statistics'>['points'][number]
type Counts = Pick<Point, 'sent' | 'opened' | 'signed'>

const COUNTED = ['sent', 'opened', 'signed']
/** How far back counts go unless they are asked to. */
const DAYS_BACK: Record<By, number> = { day: 30, week: 182, month: 366, user: 30, plan: 30 }
const MAX_POINTS = 400
const DAY_MS = 86_400_000

/** What points are made of: a key and a label for each line. Who sent a message is its line's first subject. */
const GROUPS: Record<By, { key: RawBuilder<string>; label: RawBuilder<string> }> = {
  day: { key: sql`to_char(events.at at time zone 'UTC', 'YYYY-MM-DD')`, label: sql`''` },
  week: { key: sql`to_char(date_trunc('week', events.at at time zone 'UTC'), 'YYYY-MM-DD')`, label: sql`''` },
  month: { key: sql`to_char(events.at at time zone 'UTC', 'YYYY-MM')`, label: sql`''` },
  user: { key: sql`coalesce(events.subjects -> 0 ->> 'id', events.subjects -> 0 ->> 'email', '')`, label: sql`max(coalesce(nullif(events.subjects -> 0 ->> 'name', ''), events.subjects -> 0 ->> 'email', ''))` },
  plan: { key: sql`coalesce((select licenses.plan from licenses where licenses.organization_id = events.organization_id and licenses.user_id = (events.subjects -> 0 ->> 'id')::uuid), '')`, label: sql`''` },
}

/** `GET /v1/events/statistics`: messages, openings and signatures that the viewer may know of, by period, sender or the plan that the sender has now. */
export const eventsStatistics = ({ store }: ActionDeps): Handler<'events.statistics'> => async ({ query }, { viewer, now }) => {
  const { by = 'day', ...asked } = query
  const issues = findFilterIssues(asked)
  if (issues.length > 0) return refused('request.invalid', { issues })
  const filter = { ...asked, from: asked.from ?? new Date(startOfDay(now) - DAYS_BACK[by] * DAY_MS).toISOString() }
  return store.read(viewer.organizationId, async (db) => {
    const points = await countBy(db, viewer, await resolveFilter(db, viewer.organizationId, filter), by)
    const totals = points.reduce<Counts>((sum, { sent, opened, signed }) => ({ sent: sum.sent + sent, opened: sum.opened + opened, signed: sum.signed + signed }), { sent: 0, opened: 0, signed: 0 })
    return done({ by, points: by === 'user' || by === 'plan' ? points.slice(0, MAX_POINTS) : points.slice(-MAX_POINTS), totals })
  })
}

async function countBy(db: Tx, viewer: Viewer, filter: ResolvedFilter, by: By): Promise<Point[]> {
  const { key, label } = GROUPS[by]
  const inTime = by === 'day' || by === 'week' || by === 'month'
  const { rows } = await sql<Point>`
    select ${key} as key, ${label} as label,
      count(*) filter (where events.kind = 'sent') as sent, count(*) filter (where events.kind = 'opened') as opened, count(*) filter (where events.kind = 'signed') as signed
    ${eventsWhere(viewer, filter)} and events.category = 'activity' and events.kind = any(${COUNTED}::text[])
    group by 1 order by ${inTime ? sql`1` : sql`count(*) desc, 1`}`.execute(db)
  return rows.map((row) => ({ ...row, label: row.label === '' ? row.key : row.label }))
}

const startOfDay = (now: Date): number => Math.floor(now.getTime() / DAY_MS) * DAY_MS
