import { sql, type RawBuilder } from 'kysely'
import type { Tx } from './bulk'
import { eventsWhere, grantsOf, type EventFilter, type EventReader } from './events.read'

/** What counts are made by. */
export type CountBy = 'day' | 'week' | 'month' | 'user' | 'plan'
export type EventCount = { key: string; label: string; sent: number; opened: number; signed: number }

const KINDS = ['sent', 'opened', 'signed'] as const
const DAY_MS = 86_400_000
/** Where a line names no user, the database keeps its counts under this id; see migration 21. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Days of UTC, and what of a period they have too little or too much of. */
type Days = { first: Date | null; last: Date | null; edges: { from: Date; to: Date; sign: 1 | -1 }[] }
/** Counts of one log: of everybody, or of one user. */
type Share = { userId: string | null; admins: readonly boolean[] }
type Columns = RawBuilder<unknown>

/**
 * Messages, openings and signatures among these lines; by time in order, else the busiest first. Whole days are
 * answered from the counts that the database keeps, where they tell what is asked for; the rest is counted.
 */
export async function countEvents(db: Tx, reader: EventReader, filter: EventFilter, by: CountBy): Promise<EventCount[]> {
  const [days, shares] = [daysOf(filter), sharesOf(reader, filter)]
  if (days === null || shares === null) return countLines(db, reader, filter, by)
  const columns = COLUMNS[by]
  return sumUp(db, reader, by, [
    ...shares.map((share) => keptCounts(reader.organizationId, share, days, filter, columns)),
    ...days.edges.map(({ from, to, sign }) => linesCounted(reader, { ...filter, from, to }, columns, sign)),
  ])
}

/** As `countEvents`, from the lines alone. */
export const countLines = (db: Tx, reader: EventReader, filter: EventFilter, by: CountBy): Promise<EventCount[]> =>
  sumUp(db, reader, by, [linesCounted(reader, filter, COLUMNS[by], 1)])

/**
 * The days nearest to the ends of a period: what is missing is added, what is too much is taken away. Null where
 * that is no less than the period itself.
 */
function daysOf({ from, to }: EventFilter): Days | null {
  const [first, last] = [from, to].map((end) => (end === undefined ? null : new Date(Math.round(end.getTime() / DAY_MS) * DAY_MS)))
  const edges = [...edgeOf(from, first, 1), ...edgeOf(to, last, -1)]
  const edgesMs = edges.reduce((sum, edge) => sum + edge.to.getTime() - edge.from.getTime(), 0)
  if (from !== undefined && to !== undefined && edgesMs >= to.getTime() - from.getTime()) return null
  return { first: first ?? null, last: last ?? null, edges }
}

/** Between the end of a period and the midnight that stands for it; `before` is the sign of what lies before that midnight. */
function edgeOf(end: Date | undefined, midnight: Date | null | undefined, before: 1 | -1): Days['edges'] {
  if (end === undefined || midnight == null || end.getTime() === midnight.getTime()) return []
  return end < midnight ? [{ from: end, to: midnight, sign: before }] : [{ from: midnight, to: end, sign: before === 1 ? -1 : 1 }]
}

/** The logs whose counts together are what is asked for, no line in two of them; null where only the lines tell. */
function sharesOf(reader: EventReader, { ip, text, user, actor, messageId }: EventFilter): Share[] | null {
  if (ip !== undefined || text !== undefined || actor !== undefined || messageId !== undefined) return null
  const granted = grantsOf(reader)
  const others = [false, true].filter((admins) => !granted.includes(admins))
  if (user === undefined) return [{ userId: null, admins: granted }, { userId: reader.userId, admins: others }].filter(({ admins }) => admins.length > 0)
  const [userId, ...more] = user.ids
  if (userId === undefined || userId === NOBODY || more.length > 0) return null
  return userId === reader.userId || others.length === 0 ? [{ userId, admins: [false, true] }] : null
}

/** What the outer query groups by, in every part of it. */
const DAY = sql`day`
const SENDER = sql`sender_id, sender_email, sender_name`
const COLUMNS: Record<CountBy, Columns> = { day: DAY, week: DAY, month: DAY, user: SENDER, plan: SENDER }

function keptCounts(organizationId: string, { userId, admins }: Share, { first, last }: Days, filter: EventFilter, columns: Columns): RawBuilder<unknown> {
  const isInTime = columns === DAY
  const conditions = [
    sql`organization_id = ${organizationId}`,
    ...(first === null ? [] : [sql`day >= ${dayOf(first)}`]),
    ...(last === null ? [] : [sql`day < ${dayOf(last)}`]),
    ...(admins.length > 1 ? [] : [sql`of_admin = any(${[...admins]}::boolean[])`]),
    ...(userId === null ? (isInTime ? [] : [sql`user_id = sender_id`]) : [sql`user_id = ${userId}`]),
  ]
  const isAsked = (kind: (typeof KINDS)[number]): boolean => (filter.kinds ?? []).length === 0 || filter.kinds?.includes(kind) === true
  const isActivity = filter.category === undefined || filter.category === 'activity'
  const sums = KINDS.map((kind) => (isActivity && isAsked(kind) ? sql`sum(${sql.ref(kind)}) as ${sql.ref(kind)}` : sql`0 as ${sql.ref(kind)}`))
  return sql`select ${columns}, ${sql.join(sums)} from ${sql.table(userId === null && isInTime ? 'event_counts' : 'event_sender_counts')} where ${sql.join(conditions, sql` and `)} group by ${columns}`
}

const dayOf = (midnight: Date): RawBuilder<unknown> => sql`(${midnight}::timestamptz at time zone 'UTC')::date`

function linesCounted(reader: EventReader, filter: EventFilter, columns: Columns, sign: 1 | -1): RawBuilder<unknown> {
  const made = columns === DAY
    ? sql`(events.at at time zone 'UTC')::date as day`
    : sql`event_sender_id(events.subjects) as sender_id, event_sender_email(events.subjects) as sender_email, event_sender_name(events.subjects) as sender_name`
  const sums = KINDS.map((kind) => sql`${sql.lit(sign)} * count(*) filter (where events.kind = ${sql.lit(kind)}) as ${sql.ref(kind)}`)
  return sql`select ${made}, ${sql.join(sums)} ${eventsWhere(reader, filter)} and events.category = 'activity' and events.kind = any(${[...KINDS]}::text[]) group by ${columns}`
}

async function sumUp(db: Tx, reader: EventReader, by: CountBy, parts: readonly RawBuilder<unknown>[]): Promise<EventCount[]> {
  const columns = COLUMNS[by]
  const { key, label } = GROUPS[by](reader.organizationId)
  const { rows } = await sql<EventCount>`
    with sums as (
      select ${columns}, sum(sent)::bigint as sent, sum(opened)::bigint as opened, sum(signed)::bigint as signed
      from (${sql.join(parts, sql` union all `)}) as parts group by ${columns} having sum(sent + opened + signed) > 0
    )
    select ${key} as key, ${label} as label, sum(sent)::bigint as sent, sum(opened)::bigint as opened, sum(signed)::bigint as signed
    from sums group by 1 order by ${columns === DAY ? sql`1` : sql`sum(sent + opened + signed) desc, 1`}`.execute(db)
  return rows
}

const inTime = (key: RawBuilder<string>) => () => ({ key, label: sql`''` })

/** What points are made of. Who sent a message is its line's first subject; a plan is the one that they have now. */
const GROUPS: Record<CountBy, (organizationId: string) => { key: RawBuilder<unknown>; label: RawBuilder<unknown> }> = {
  day: inTime(sql`to_char(day, 'YYYY-MM-DD')`),
  week: inTime(sql`to_char(date_trunc('week', day::timestamp), 'YYYY-MM-DD')`),
  month: inTime(sql`to_char(day, 'YYYY-MM')`),
  user: () => ({ key: sql`case when sender_id = ${NOBODY} then sender_email else sender_id::text end`, label: sql`max(sender_name)` }),
  plan: (organizationId) => ({ key: sql`coalesce((select licenses.plan from licenses where licenses.organization_id = ${organizationId} and licenses.user_id = sender_id), '')`, label: sql`''` }),
}
