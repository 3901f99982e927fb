import { holds } from '../../../shared/access/access.policy'
import { findDomain } from '../../domains/check'
import { done, refused, type Handler } from '../../http/handler'
import type { Tx } from '../../store/bulk'
import type { ActionDeps } from '../deps'
import { readDomain, toDomains } from './record'
import { pageByName } from '../lists'

/** `GET /v1/domains`: by name. */
export const domainsList = ({ store }: ActionDeps): Handler<'domains.list'> => async ({ query }, { viewer }) => {
  if (!holds(viewer, 'domains.view')) return refused('access.denied')
  const { organizationId } = viewer
  return store.read(organizationId, async (db) => {
    const all = () => db.selectFrom('domains').where('organization_id', '=', organizationId)
    const paged = await pageByName(store, {
      organizationId, list: 'domains', query,
      find: (after, limit) => (after === null ? all() : all().where('name', '>', after.key)).select(['name as key', 'id']).orderBy('name').limit(limit).execute(),
      count: async () => Number((await all().select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()).total),
    })
    if (!paged.ok) return refused('request.invalid', { issues: paged.issues })
    const { ids, ...rest } = paged.page
    return done({ items: await toDomains(db, viewer, await rowsOf(db, organizationId, ids)), ...rest })
  })
}

async function rowsOf(db: Tx, organizationId: string, ids: readonly string[]) {
  return ids.length === 0 ? [] : db.selectFrom('domains').selectAll().where('organization_id', '=', organizationId).where('id', 'in', ids).orderBy('name').execute()
}

/** `GET /v1/domains/{domainId}`. */
export const domainsGet = ({ store }: ActionDeps): Handler<'domains.get'> => async ({ params }, { viewer }) => {
  if (!holds(viewer, 'domains.view')) return refused('access.denied')
  const domain = await store.read(viewer.organizationId, async (db) => {
    const row = await findDomain(db, viewer.organizationId, params.domainId)
    return row === undefined ? null : readDomain(db, viewer, row)
  })
  return domain === null ? refused('not_found') : done(domain)
}
