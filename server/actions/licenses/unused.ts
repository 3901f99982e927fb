import { holds } from '../../../shared/access/access.policy'
import { UNUSED_AFTER_DAYS, UNUSED_GRACE_DAYS } from '../../../shared/licenses/licenses.model'
import { done, refused, type Handler } from '../../http/handler'
import type { Tx } from '../../store/bulk'
import type { ActionDeps } from '../deps'
import { pageByName } from '../lists'
import { readUsers, shareAbilities } from '../users/record'

const DAY_MS = 86_400_000

/** `GET /v1/licenses/unused`: who holds a license and has never activated it, or has not been active for some days; by name. */
export const licensesUnused = ({ store }: ActionDeps): Handler<'licenses.unused'> => async ({ query }, { viewer, now }) => {
  if (!holds(viewer, 'licenses.view') || !holds(viewer, 'users.view')) return refused('access.denied')
  const { organizationId } = viewer
  const { days = UNUSED_AFTER_DAYS } = query
  return store.read(organizationId, async (db) => {
    const all = unused(db, organizationId, { joinedBefore: daysBefore(now, UNUSED_GRACE_DAYS), idleSince: daysBefore(now, days) })
    const paged = await pageByName(store, {
      organizationId, list: 'licenses_unused', query: { ...query, days },
      find: (after, limit) => {
        const rest = after === null ? all : all.where(({ eb, refTuple, tuple }) => eb(refTuple('users.name_key', 'users.id'), '>', tuple(after.key, after.id)))
        return rest.select(['users.name_key as key', 'users.id']).orderBy('users.name_key').orderBy('users.id').limit(limit).execute()
      },
      count: async () => Number((await all.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()).total),
    })
    if (!paged.ok) return refused('request.invalid', { issues: paged.issues })
    const { ids, ...rest } = paged.page
    return done({ ...shareAbilities(await readUsers(db, viewer, ids)), ...rest })
  })
}

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS)

/** Activating is being active, too: whoever did it lately was never seen before. */
const unused = (db: Tx, organizationId: string, { joinedBefore, idleSince }: { joinedBefore: Date; idleSince: Date }) => db.selectFrom('users')
  .innerJoin('licenses', (join) => join.onRef('licenses.organization_id', '=', 'users.organization_id').onRef('licenses.user_id', '=', 'users.id'))
  .where('users.organization_id', '=', organizationId).where('users.status', '<>', 'removed').where('users.created_at', '<=', joinedBefore)
  .where(({ eb, and, or }) => or([
    eb('licenses.state', '=', 'assigned'),
    and([eb('licenses.activated_at', '<', idleSince), or([eb('users.last_active_at', 'is', null), eb('users.last_active_at', '<', idleSince)])]),
  ]))
