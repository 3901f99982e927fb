import { sql, type RawBuilder } from 'kysely'
import type { EventCategory } from '../../shared/logs/logs.model'
import type { Tx } from './bulk'
import { findSpans } from './events.spans'
import { kept } from './kept'
import type { Row } from './tables'

/** What of a stored line leaves the server. */
export const EVENT_COLUMNS = [
  'id', 'sequence', 'at', 'recorded_at', 'category', 'kind', 'actor_id', 'actor_email', 'actor_name', 'of_admin', 'subjects', 'target_type', 'target_id', 'target_label', 'changes', 'ip', 'client',
] as const satisfies readonly (keyof Row<'events'>)[]
export type EventRow = Pick<Row<'events'>, (typeof EVENT_COLUMNS)[number]> & { erased: boolean }

/** Who reads: everybody reads their own lines; members' and administrators' lines are a grant each. */
export type EventReader = { organizationId: string; userId: string; members: boolean; admins: boolean }

/** Somebody as the log knows them: by id where they are or were a user, else by address; neither names nobody. */
export type EventWho = { ids: readonly string[]; email: string }

/** What is asked for; what is missing leaves everything. `from` and `to` are about when it happened. */
export type EventFilter = {
  from?: Date
  to?: Date
  kinds?: readonly string[]
  category?: EventCategory
  ip?: string
  /** Words, each of which begins a word of the line. */
  text?: string
  user?: EventWho
  actor?: EventWho
  messageId?: string
}

/** How far the clock of the messaging service may run ahead: no line happened later than this after it was recorded. */
export const CLOCK_AHEAD_MS = 24 * 3_600_000

/** A page as lists ask for it: fifty, and one that tells whether there are more. */
const USUAL_LIMIT = 51
const SELECTION = sql.join([...EVENT_COLUMNS.map((column) => sql.ref(`events.${column}`)), sql`events.salt is null as erased`])

/** The newest lines below a sequence that the reader may read and the filter leaves, newest first. */
export async function readEvents(db: Tx, reader: EventReader, filter: EventFilter, before: number | null, limit: number): Promise<EventRow[]> {
  const below = before === null ? sql`` : sql`and events.sequence < ${before}`
  const select = (rows: RawBuilder<number>) => sql<EventRow>`select ${SELECTION} ${eventsWhere(reader, filter)} ${below} order by events.sequence desc limit ${rows}`
  // Planning goes through every month, which takes longer than reading a page. Without a filter there is one way,
  // backwards through the index, as long as the plan may know that few rows are asked for.
  if (filter.from !== undefined || filter.to !== undefined) return readWithin(db, reader, filter, before, limit)
  const isPlain = limit === USUAL_LIMIT && Object.keys(filter).length === 0
  const { rows } = await (isPlain ? select(sql.lit(limit)).execute(kept(db)) : select(sql`${limit}`).execute(db))
  return rows
}

/** Of a period, stretch by stretch: else a day long past would be looked for through all that came after it. */
async function readWithin(db: Tx, reader: EventReader, filter: EventFilter, before: number | null, limit: number): Promise<EventRow[]> {
  const found: EventRow[] = []
  for (const { first, last } of await findSpans(db, reader.organizationId, filter)) {
    const below = before === null ? last : Math.min(last, before - 1)
    if (below < first) continue
    const { rows } = await sql<EventRow>`select ${SELECTION} ${eventsWhere(reader, filter)} and events.sequence between ${first} and ${below} order by events.sequence desc limit ${limit - found.length}`.execute(db)
    found.push(...rows)
    if (found.length === limit) break
  }
  return found
}

/** The oldest lines after `after` up to `head`, oldest first: the order of exports, which resume by sequence. */
export async function readEventsAfter(db: Tx, reader: EventReader, filter: EventFilter, range: { after: number; head: number; limit: number }): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`select ${SELECTION} ${eventsWhere(reader, filter)} and events.sequence > ${range.after} and events.sequence <= ${range.head}
    order by events.sequence limit ${range.limit}`.execute(db)
  return rows
}

/** How many lines there are up to `head`, counted no further than `max`. */
export async function countUpTo(db: Tx, reader: EventReader, filter: EventFilter, head: number, max: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (select 1 ${eventsWhere(reader, filter)} and events.sequence <= ${head} limit ${max}) as counted`.execute(db)
  return rows[0]?.count ?? 0
}

/** `from events where …`: the lines that the reader may read and the filter leaves. */
export function eventsWhere(reader: EventReader, filter: EventFilter): RawBuilder<unknown> {
  const { kinds = [], category, ip, text, user, actor, messageId } = filter
  const conditions = [sql`events.organization_id = ${reader.organizationId}`, ...grantConditions(reader), ...timeConditions(filter)]
  if (kinds.length > 0) conditions.push(sql`events.kind = any(${[...kinds]}::text[])`)
  if (messageId !== undefined) conditions.push(sql`events.message_id = ${messageId}`)
  if (category !== undefined) conditions.push(sql`events.category = ${category}`)
  // Where somebody else was is not told to who reads a line only because it is about them.
  if (ip !== undefined) conditions.push(sql`events.ip = ${ip}`, sql`(events.of_admin = any(${grantsOf(reader)}::boolean[]) or events.actor_id is null or events.actor_id = ${reader.userId})`)
  if (text !== undefined) conditions.push(wordsCondition(text))
  if (user !== undefined) conditions.push(...personConditions(reader.organizationId, user, false))
  if (actor !== undefined) conditions.push(...personConditions(reader.organizationId, actor, true))
  return sql`from events where ${sql.join(conditions, sql` and `)}`
}

/** Whose lines the reader may read beside their own: of no administrator, of one. */
export const grantsOf = ({ members, admins }: EventReader): boolean[] => [...(members ? [false] : []), ...(admins ? [true] : [])]

function grantConditions(reader: EventReader): RawBuilder<unknown>[] {
  const { members, admins } = reader
  if (members && admins) return []
  const own = inLogOf(reader.organizationId, [reader.userId])
  if (!members && !admins) return [own]
  return [sql`(events.of_admin = ${admins} or ${own})`]
}

function timeConditions({ from, to }: EventFilter): RawBuilder<unknown>[] {
  return [
    // Months that ended before the period hold nothing of it.
    ...(from === undefined ? [] : [sql`events.at >= ${from}`, sql`events.recorded_at >= ${new Date(from.getTime() - CLOCK_AHEAD_MS)}`]),
    ...(to === undefined ? [] : [sql`events.at < ${to}`]),
  ]
}

function personConditions(organizationId: string, who: EventWho, isActor: boolean): RawBuilder<unknown>[] {
  if (who.ids.length > 0) return [inLogOf(organizationId, who.ids), ...(isActor ? [sql`events.actor_id = any(${[...who.ids]}::uuid[])`] : [])]
  if (who.email === '') return [sql`false`]
  const isThem = sql`lower(events.actor_email) = ${who.email}`
  if (isActor) return [wordsCondition(who.email), isThem]
  return [wordsCondition(who.email), sql`(${isThem} or events.subjects @> ${JSON.stringify([{ email: who.email }])}::jsonb)`]
}

function inLogOf(organizationId: string, ids: readonly string[]): RawBuilder<unknown> {
  const [only, ...others] = ids
  // The lines of one person are read in their order, and no further than the page; those of several are all read and sorted.
  const isTheirs = only !== undefined && others.length === 0 ? sql`people.user_id = ${only}::uuid` : sql`people.user_id = any(${[...ids]}::uuid[])`
  return sql`events.sequence in (select people.sequence from event_people as people where people.organization_id = ${organizationId} and ${isTheirs})`
}

const wordsCondition = (text: string): RawBuilder<unknown> =>
  sql`event_words(events.actor_email, events.actor_name, events.subjects, events.target_label, events.message_id, events.changes, events.ip) @@ event_query(${text})`
