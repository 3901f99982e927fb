import { viewerAbilities } from '../../../shared/access/access.policy'
import { done, refused, type Handler } from '../../http/handler'
import type { ActionDeps } from '../deps'
import { pageByTime, CURSOR_INVALID } from '../lists'
import { toOrder } from './record'

/** `GET /v1/orders`: newest first. */
export const ordersList = ({ store }: ActionDeps): Handler<'orders.list'> => async ({ query }, { viewer }) => {
  if (viewerAbilities(viewer)['orders.view'] !== true) return refused('access.denied')
  const { organizationId } = viewer
  return store.read(organizationId, async (db) => {
    const all = db.selectFrom('orders').selectAll().where('organization_id', '=', organizationId)
    const paged = await pageByTime(store, { organizationId, list: 'orders', query }, (after, limit) => {
      const rest = after === null ? all : all.where((eb) => eb.or([eb('created_at', '<', after.at), eb.and([eb('created_at', '=', after.at), eb('id', '>', after.id)])]))
      return rest.orderBy('created_at', 'desc').orderBy('id').limit(limit).execute()
    })
    return paged === null ? refused('request.invalid', { issues: [CURSOR_INVALID] }) : done({ items: paged.rows.map(toOrder), next: paged.next })
  })
}
