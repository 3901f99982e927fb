import { sql, type RawBuilder } from 'kysely'
import { holds } from '../../shared/access/access.policy'
import type { QueryOf } from '../../shared/api/contract'
import type { Issue } from '../../shared/errors'
import { EVENT_KINDS } from '../../shared/logs/logs.model'
import { readAddress } from '../identity/address'
import type { Viewer } from '../identity/viewer'
import type { Tx } from '../store/bulk'

/** What a log is asked for, without its page. */
export type EventFilter = Omit<QueryOf<'events.list'>, 'limit' | 'cursor'>

/** A filter with its people looked up; what is missing here is not asked for. */
export type ResolvedFilter = { filter: EventFilter; kinds: string[]; user: Who | null; actor: Who | null }

/** Somebody as the log knows them: by id where they are or were a user here, else by address. */
type Who = { ids: string[]; email: string }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** How far the clock of the messaging service may run ahead: no line happened later than this after it was recorded. */
export const CLOCK_AHEAD_MS = 24 * 3_600_000

/** The problems of a filter that only its words have. */
export function findFilterIssues({ kind }: Pick<EventFilter, 'kind'>): Issue[] {
  const unknown = kindsOf(kind).some((word) => !(EVENT_KINDS as readonly string[]).includes(word))
  return unknown ? [{ code: 'field.not_an_option', path: 'kind' }] : []
}

/** Looks up the people whom a filter names; a user who was removed is still found. */
export async function resolveFilter(db: Tx, organizationId: string, filter: EventFilter): Promise<ResolvedFilter> {
  return {
    filter,
    kinds: kindsOf(filter.kind),
    user: filter.user === undefined ? null : await findWho(db, organizationId, filter.user),
    actor: filter.actor === undefined ? null : await findWho(db, organizationId, filter.actor),
  }
}

/**
 * The lines of an organization that the viewer may read and the filter leaves, as `from … where …` with the
 * table `events`. Members' lines, administrators' lines and one's own are three grants.
 */
export function eventsWhere(viewer: Viewer, { filter, kinds, user, actor }: ResolvedFilter): RawBuilder<unknown> {
  const { organizationId } = viewer
  const conditions = [sql`events.organization_id = ${organizationId}`, ...grantConditions(viewer), ...timeConditions(filter)]
  if (kinds.length > 0) conditions.push(sql`events.kind = any(${kinds}::text[])`)
  if (filter.category !== undefined) conditions.push(sql`events.category = ${filter.category}`)
  if (filter.ip !== undefined) conditions.push(sql`events.ip = ${filter.ip}`)
  // Somebody else's address is not told to who reads a line only because it is about them.
  if (filter.ip !== undefined) conditions.push(ipCondition(viewer))
  if (filter.q !== undefined) conditions.push(wordsCondition(filter.q))
  if (user !== null) conditions.push(...personConditions(organizationId, user, false))
  if (actor !== null) conditions.push(...personConditions(organizationId, actor, true))
  return sql`from events where ${sql.join(conditions, sql` and `)}`
}

/** Whether the viewer reads this line for more than being in it. */
export const isGranted = (viewer: Viewer, event: { of_admin: boolean }): boolean => holds(viewer, event.of_admin ? 'logs.view_admins' : 'logs.view_users')

function grantConditions(viewer: Viewer): RawBuilder<unknown>[] {
  const [members, admins] = [holds(viewer, 'logs.view_users'), holds(viewer, 'logs.view_admins')]
  if (members && admins) return []
  const own = inLogOf(viewer.organizationId, [viewer.userId])
  if (!members && !admins) return [own]
  return [sql`(events.of_admin = ${admins} or ${own})`]
}

function ipCondition(viewer: Viewer): RawBuilder<unknown> {
  const granted = [true, false].filter((ofAdmin) => isGranted(viewer, { of_admin: ofAdmin }))
  return sql`(events.of_admin = any(${granted}::boolean[]) or events.actor_id = ${viewer.userId})`
}

function timeConditions({ from, to }: EventFilter): RawBuilder<unknown>[] {
  return [
    // Months that ended before the period hold nothing of it.
    ...(from === undefined ? [] : [sql`events.at >= ${new Date(from)}`, sql`events.recorded_at >= ${new Date(new Date(from).getTime() - CLOCK_AHEAD_MS)}`]),
    ...(to === undefined ? [] : [sql`events.at < ${new Date(to)}`]),
  ]
}

function personConditions(organizationId: string, who: Who, isActor: boolean): RawBuilder<unknown>[] {
  if (who.ids.length > 0) return [inLogOf(organizationId, who.ids), ...(isActor ? [sql`events.actor_id = any(${who.ids}::uuid[])`] : [])]
  if (who.email === '') return [sql`false`]
  const isThem = sql`lower(events.actor_email) = ${who.email}`
  if (isActor) return [wordsCondition(who.email), isThem]
  return [wordsCondition(who.email), sql`(${isThem} or events.subjects @> ${JSON.stringify([{ email: who.email }])}::jsonb)`]
}

const inLogOf = (organizationId: string, ids: readonly string[]): RawBuilder<unknown> =>
  sql`events.sequence in (select people.sequence from event_people as people where people.organization_id = ${organizationId} and people.user_id = any(${[...ids]}::uuid[]))`

const wordsCondition = (text: string): RawBuilder<unknown> =>
  sql`event_words(events.actor_email, events.actor_name, events.subjects, events.target_label, events.message_id, events.changes, events.ip) @@ event_query(${text})`

const kindsOf = (kind: string | undefined): string[] => (kind ?? '').split(',').map((word) => word.trim()).filter((word) => word !== '')

async function findWho(db: Tx, organizationId: string, text: string): Promise<Who> {
  if (UUID.test(text)) return { ids: [text], email: '' }
  const key = readAddress(text)?.key ?? ''
  const users = key === '' ? [] : await db.selectFrom('users').select('id').where('organization_id', '=', organizationId).where('email_key', '=', key).execute()
  return { ids: users.map(({ id }) => id), email: key }
}
