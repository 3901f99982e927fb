import type { Allowance } from '../../shared/access/me.model'
import { done, type Handler } from '../http/handler'
import type { Tx } from '../store/bulk'
import { kept, ONE } from '../store/kept'
import type { ActionDeps } from './deps'

const NONE: Allowance = { validUntil: null, messages: null }

/** `GET /v1/me/allowance`: everybody's own, whatever they may see of licenses. */
export const meAllowance = ({ store }: ActionDeps): Handler<'me.allowance'> => async (_input, { viewer, now }) =>
  done(await store.read(viewer.organizationId, async (db) => {
    const { organizationId, userId } = viewer
    const license = await kept(db).selectFrom('licenses')
      .innerJoin('plans', 'plans.id', 'licenses.plan')
      .leftJoinLateral((from) => from.selectFrom('license_pools').select('renews_on')
        .whereRef('license_pools.organization_id', '=', 'licenses.organization_id').whereRef('license_pools.plan', '=', 'licenses.plan').limit(ONE).as('pool'), (join) => join.onTrue())
      .select(['plans.messages_per_month as limit', 'pool.renews_on'])
      .where('licenses.organization_id', '=', organizationId).where('licenses.user_id', '=', userId).executeTakeFirst()
    if (license === undefined) return NONE
    const { limit, renews_on: validUntil } = license
    return { validUntil, messages: limit === null ? null : { limit, sent: await countSent(db, organizationId, userId, startOfMonth(now)) } }
  }))

async function countSent(db: Tx, organizationId: string, userId: string, since: Date): Promise<number> {
  const { sent } = await kept(db).selectFrom('messages').select(({ fn }) => fn.countAll<number>().as('sent'))
    .where('organization_id', '=', organizationId).where('sender_id', '=', userId).where('sent_at', '>=', since).executeTakeFirstOrThrow()
  return sent
}

const startOfMonth = (now: Date): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()))
