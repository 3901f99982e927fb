import type { UserSort } from '../../../shared/users/users.model'
import { isBuiltInRole } from '../../../shared/access/roles'
import type { QueryOf } from '../../../shared/api/contract'
import type { Tx } from '../../store/bulk'

/** What a users list is asked for. */
export type UsersQuery = QueryOf<'users.list'>

/** Where a page ends: the sort key of its last row (null: never active) and its id. */
export type UserPosition = { key: string | null; id: string }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const MAX_WORDS = 5

const COLUMNS = { name: 'users.name_key', email: 'users.email_key', last_active: 'users.last_active_at', created: 'users.created_at' } as const satisfies Record<string, `users.${string}`>
type SortWord = keyof typeof COLUMNS

/** A sort word taken apart. */
export function sortOf(sort: UserSort): { word: SortWord; isDown: boolean } {
  const word = sort.replace('-', '') as SortWord
  return { word, isDown: sort.startsWith('-') }
}

/** `%` and `_` of what somebody typed are letters, not wildcards. */
const literal = (word: string): string => word.replace(/[\\%_]/g, (char) => `\\${char}`)

/** Who holds a license that is still to be activated. */
const unactivated = (db: Tx, organizationId: string) =>
  db.selectFrom('licenses').select('licenses.user_id').where('licenses.organization_id', '=', organizationId).where('licenses.state', '=', 'assigned')

/** The users that the filter leaves; null when its words can name nobody. */
export function filtered(db: Tx, organizationId: string, query: UsersQuery) {
  let select = db.selectFrom('users')
    .leftJoin('licenses', (join) => join.onRef('licenses.organization_id', '=', 'users.organization_id').onRef('licenses.user_id', '=', 'users.id'))
    .where('users.organization_id', '=', organizationId)
  select = query.status === undefined ? select.where('users.status', '<>', 'removed') : select.where('users.status', '=', query.status)
  for (const word of (query.q ?? '').split(/\s+/).filter((part) => part !== '').slice(0, MAX_WORDS)) {
    select = select.where(({ eb, fn, val }) => eb('users.search', 'like', fn<string>('fold', [val(`%${literal(word)}%`)])))
  }
  if (query.role !== undefined) select = isBuiltInRole(query.role) ? select.where('users.role', '=', query.role) : select.where('users.custom_role_id', '=', uuidOr(query.role))
  if (query.plan !== undefined) select = query.plan === 'none' ? select.where('licenses.plan', 'is', null) : select.where('licenses.plan', '=', query.plan)
  if (query.domain !== undefined) select = select.where('users.domain', '=', query.domain.toLowerCase())
  const { workspace } = query
  if (workspace !== undefined) {
    select = select.where(({ exists, selectFrom }) => exists(selectFrom('workspace_members').select('workspace_members.user_id')
      .whereRef('workspace_members.organization_id', '=', 'users.organization_id').whereRef('workspace_members.user_id', '=', 'users.id')
      .where('workspace_members.workspace_id', '=', uuidOr(workspace))))
  }
  // As a list of the few who still have something to activate: joined, the whole organization would be read.
  if (query.never_activated === true) select = select.where(({ eb, or }) => or([eb('users.activated_at', 'is', null), eb('users.id', 'in', unactivated(db, organizationId))]))
  if (query.never_activated === false) select = select.where('users.activated_at', 'is not', null).where(({ eb }) => eb('users.id', 'not in', unactivated(db, organizationId)))
  return select
}

/** The nil id, which no row has: a word that is no id names nothing. */
const NIL = '00000000-0000-0000-0000-000000000000'
const uuidOr = (text: string): string => (UUID.test(text) ? text : NIL)

/**
 * The positions of the users after `after`, `limit` at most, by index. Who was never active comes
 * last in both directions, so those are a second range of their own.
 */
export async function findPage(db: Tx, organizationId: string, query: UsersQuery, after: UserPosition | null, limit: number): Promise<UserPosition[]> {
  const { word, isDown } = sortOf(query.sort ?? 'name')
  const dated = after !== null && after.key === null ? [] : await findRange(db, organizationId, query, after, limit)
  if (word !== 'last_active' || dated.length >= limit) return dated
  const direction = isDown ? 'desc' : 'asc'
  let undated = filtered(db, organizationId, query).select('users.id').where('users.last_active_at', 'is', null)
  if (after?.key === null) undated = undated.where('users.id', isDown ? '<' : '>', after.id)
  const rows = await undated.orderBy('users.id', direction).limit(limit - dated.length).execute()
  return [...dated, ...rows.map(({ id }) => ({ key: null, id }))]
}

async function findRange(db: Tx, organizationId: string, query: UsersQuery, after: UserPosition | null, limit: number): Promise<UserPosition[]> {
  const { word, isDown } = sortOf(query.sort ?? 'name')
  const column = COLUMNS[word]
  const direction = isDown ? 'desc' : 'asc'
  let select = filtered(db, organizationId, query).select([`${column} as key`, 'users.id'])
  if (word === 'last_active') select = select.where('users.last_active_at', 'is not', null)
  if (after?.key != null) {
    const { key, id } = after
    select = select.where(({ eb, refTuple, tuple }) => eb(refTuple(column, 'users.id'), isDown ? '<' : '>', tuple(key, id)))
  }
  const rows = await select.orderBy(column, direction).orderBy('users.id', direction).limit(limit).execute()
  return rows.map(({ key, id }) => ({ key: key instanceof Date ? key.toISOString() : key, id }))
}
