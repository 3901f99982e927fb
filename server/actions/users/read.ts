import { holds } from '../../../shared/access/access.policy'
import { done, refused, type Handler } from '../../http/handler'
import { kept } from '../../store/kept'
import type { ActionDeps } from '../deps'
import { filtered, findPage, type UserPosition, type UsersQuery } from './read.query'
import { readUsers, shareAbilities } from './record'
import { isUuid } from '../../store/ids'

const PAGE = 50

/** `GET /v1/users`: one page, and how many there are with the first. */
export const usersList = ({ store }: ActionDeps): Handler<'users.list'> => async ({ query }, { viewer }) => {
  if (!holds(viewer, 'users.view')) return refused('access.denied')
  const { cursor, limit = PAGE, ...filter } = query
  const scope = { organizationId: viewer.organizationId, list: 'users', filter }
  const after = cursor === undefined ? null : positionOf(store.cursors.decode(scope, cursor))
  if (after === undefined) return refused('request.invalid', { issues: [{ code: 'cursor.invalid', path: 'cursor' }] })
  return store.read(viewer.organizationId, async (db) => {
    const [found, total] = await Promise.all([
      findPage(db, viewer.organizationId, filter, after, limit + 1),
      // Counting costs as much as a page: it is done once, for the first.
      after === null ? countUsers(db, viewer.organizationId, filter) : null,
    ])
    const page = found.slice(0, limit)
    const last = page.at(-1)
    const users = await readUsers(db, viewer, page.map(({ id }) => id))
    return done({
      ...shareAbilities(users),
      next: found.length > limit && last !== undefined ? store.cursors.encode(scope, [last.key, last.id]) : null,
      ...(total === null ? {} : { total }),
    })
  })
}

/** `GET /v1/users/{userId}`: oneself, or anybody for who may see users. */
export const usersGet = ({ store }: ActionDeps): Handler<'users.get'> => async ({ params }, { viewer }) => {
  const isOwn = params.userId === viewer.userId
  if (!isUuid(params.userId) || (!isOwn && !holds(viewer, 'users.view'))) return refused('not_found')
  const [user] = await store.read(viewer.organizationId, (db) => readUsers(db, viewer, [params.userId]))
  return user === undefined ? refused('not_found') : done(user)
}

/** Undefined for a cursor that was not made for this list. */
function positionOf(values: unknown[] | null): UserPosition | undefined {
  const [key, id] = values ?? []
  if (typeof id !== 'string' || (key !== null && typeof key !== 'string')) return undefined
  return { key, id }
}

const UNCOUNTED = new Set(['status', 'sort'])

/** What asks for no more than a status is answered from the counts that the database keeps. */
async function countUsers(db: Parameters<typeof filtered>[0], organizationId: string, query: UsersQuery): Promise<number> {
  const { status } = query
  if (Object.entries(query).some(([name, value]) => !UNCOUNTED.has(name) && value !== undefined && value !== '')) {
    const { total } = await filtered(db, organizationId, query).select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
    return Number(total)
  }
  const counts = await kept(db).selectFrom('user_counts').select(['status', 'count']).where('organization_id', '=', organizationId).execute()
  return counts.filter((row) => (status === undefined ? row.status !== 'removed' : row.status === status)).reduce((total, { count }) => total + count, 0)
}
