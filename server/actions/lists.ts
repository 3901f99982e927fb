import type { Issue } from '../../shared/errors'
import type { Json } from '../../shared/kit/result'
import type { Store } from '../store/store'

/** Where a page of a list in the order of names ends. */
export type NamePosition = { key: string; id: string }

const PAGE = 50
const MAX_WORDS = 5
/** What is said of a cursor that was not made for the list. */
export const CURSOR_INVALID: Issue = { code: 'cursor.invalid', path: 'cursor' }

/** What somebody typed, as patterns for LIKE: each word anywhere, its `%` and `_` being letters. Folded by the database. */
export const patternsOf = (q: string | undefined): string[] =>
  (q ?? '').split(/\s+/).filter((word) => word !== '').slice(0, MAX_WORDS).map((word) => `%${word.replace(/[\\%_]/g, (char) => `\\${char}`)}%`)

/** One list by name, as it is paged; `find` brings up to `limit` rows after a position. */
export type NameList = {
  organizationId: string
  list: string
  query: { cursor?: string | undefined; limit?: number | undefined } & Record<string, Json | undefined>
  find: (after: NamePosition | null, limit: number) => Promise<NamePosition[]>
  count: () => Promise<number>
}

/** The ids of one page, the cursor of the next, and how many there are with the first page. */
export type NamePage = { ids: string[]; next: string | null; total?: number }

/** Pages a list by name; a cursor that was not made for this list and filter is an issue. */
export async function pageByName(store: Pick<Store, 'cursors'>, { organizationId, list, query, find, count }: NameList): Promise<{ ok: true; page: NamePage } | { ok: false; issues: Issue[] }> {
  const { cursor, limit = PAGE, ...filter } = query
  const scope = { organizationId, list, filter: Object.fromEntries(Object.entries(filter).filter((entry): entry is [string, Json] => entry[1] !== undefined)) }
  const after = cursor === undefined ? null : positionOf(store.cursors.decode(scope, cursor))
  if (after === undefined) return { ok: false, issues: [CURSOR_INVALID] }
  // Counting costs as much as a page: it is done once, for the first.
  const [found, total] = await Promise.all([find(after, limit + 1), after === null ? count() : null])
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const next = found.length > limit && last !== undefined ? store.cursors.encode(scope, [last.key, last.id]) : null
  return { ok: true, page: { ids: page.map(({ id }) => id), next, ...(total === null ? {} : { total }) } }
}

function positionOf(values: unknown[] | null): NamePosition | undefined {
  const [key, id] = values ?? []
  return typeof key === 'string' && typeof id === 'string' ? { key, id } : undefined
}

/** Where a page of a list in the order of time ends. */
export type TimePosition = { at: Date; id: string }

/** One list by time, as it is paged. */
export type TimeList = { organizationId: string; list: string; query: { cursor?: string | undefined; limit?: number | undefined } }

/** Pages a list from the newest on; null where the cursor was not made for it. `find` brings up to `limit` rows after a position. */
export async function pageByTime<R extends { created_at: Date; id: string }>(
  store: Pick<Store, 'cursors'>, { organizationId, list, query: { cursor, limit = PAGE } }: TimeList, find: (after: TimePosition | null, limit: number) => Promise<R[]>,
): Promise<{ rows: R[]; next: string | null } | null> {
  const scope = { organizationId, list, filter: {} }
  const [at, id] = cursor === undefined ? [] : (store.cursors.decode(scope, cursor) ?? [])
  const after = typeof at === 'string' && typeof id === 'string' ? { at: new Date(at), id } : null
  if (cursor !== undefined && after === null) return null
  const found = await find(after, limit + 1)
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, next: found.length > limit && last !== undefined ? store.cursors.encode(scope, [last.created_at.toISOString(), last.id]) : null }
}
