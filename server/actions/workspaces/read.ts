import { done, refused, type Handler } from '../../http/handler'
import type { ActionDeps } from '../deps'
import { isUuid } from '../../store/ids'
import { pageByName, patternsOf } from '../lists'
import { readWorkspace, readWorkspaces, visibleWorkspaces } from './record'

const SUGGESTED = 20

/** `GET /v1/workspaces`: by name, or the closest names first; all of them, or the viewer's own. */
export const workspacesList = ({ store }: ActionDeps): Handler<'workspaces.list'> => async ({ query }, { viewer }) =>
  store.read(viewer.organizationId, async (db) => {
    const found = () => patternsOf(query.q).reduce((select, pattern) => select.where(({ eb, fn, val }) => eb('workspaces.name_key', 'like', fn<string>('fold', [val(pattern)]))), ofMember(visibleWorkspaces(db, viewer), query.member))
    if (query.sort === 'closest') {
      const closest = await found().select('workspaces.id').orderBy(({ fn }) => fn<number>('char_length', ['workspaces.name_key'])).orderBy('workspaces.name_key').limit(query.limit ?? SUGGESTED).execute()
      return done({ items: await readWorkspaces(db, viewer, closest.map(({ id }) => id)), next: null })
    }
    const paged = await pageByName(store, {
      organizationId: viewer.organizationId, list: 'workspaces', query,
      find: (after, limit) => (after === null ? found() : found().where(({ eb, refTuple, tuple }) => eb(refTuple('workspaces.name_key', 'workspaces.id'), '>', tuple(after.key, after.id))))
        .select(['workspaces.name_key as key', 'workspaces.id']).orderBy('workspaces.name_key').orderBy('workspaces.id').limit(limit).execute(),
      count: async () => Number((await found().select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()).total),
    })
    if (!paged.ok) return refused('request.invalid', { issues: paged.issues })
    const { ids, ...rest } = paged.page
    return done({ items: await readWorkspaces(db, viewer, ids), ...rest })
  })

/** Those that a user is in; an id of nobody is in none. */
const ofMember = (select: ReturnType<typeof visibleWorkspaces>, userId: string | undefined) => (userId === undefined ? select : select.where(({ exists, selectFrom }) =>
  exists(selectFrom('workspace_members as held').select('held.user_id').whereRef('held.organization_id', '=', 'workspaces.organization_id').whereRef('held.workspace_id', '=', 'workspaces.id')
    .where('held.user_id', '=', isUuid(userId) ? userId : NOBODY))))

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** `GET /v1/workspaces/{workspaceId}`. */
export const workspacesGet = ({ store }: ActionDeps): Handler<'workspaces.get'> => async ({ params }, { viewer }) => {
  const workspace = await store.read(viewer.organizationId, (db) => readWorkspace(db, viewer, params.workspaceId))
  return workspace === null ? refused('not_found') : done(workspace)
}
