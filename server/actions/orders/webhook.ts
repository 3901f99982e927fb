import { done, refused, type Handler } from '../../http/handler'
import type { Notice } from '../../payment/payment'
import { isUuid } from '../../store/ids'
import type { Change, ChangeScope } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import { settleOrder } from './settle'
import { findOrder } from './store'

type OutcomeNotice = Extract<Notice, { is: 'outcome' }>

/**
 * `POST /v1/billing/stripe-webhook`. Whatever was really sent by the provider is answered 204, known or not, first
 * or repeated: only what could not be stored is to be sent again.
 */
export const billingStripeWebhook = ({ store, payment }: ActionDeps): Handler<'billing.stripe_webhook'> => async ({ body }, { signature, requestId, now }) => {
  if (payment.provider === 'manual') return refused('not_found')
  const notice = payment.readNotice(body, signature ?? '', now)
  if (notice.is === 'forged') return refused('access.denied')
  if (notice.is === 'other' || !isUuid(notice.organizationId) || !isUuid(notice.orderId)) return done(undefined)
  await store.change<null>(scopeOf(notice, requestId, now), async (change) => {
    await applyNotice(change, notice)
    return { ok: true, value: null }
  })
  return done(undefined)
}

const scopeOf = ({ organizationId }: OutcomeNotice, requestId: string, now: Date): ChangeScope =>
  ({ organizationId, actor: { id: null, email: '', name: 'Stripe' }, requestId, ip: null, client: 'system', now })

async function applyNotice(change: Change, { id, orderId, reference, outcome }: OutcomeNotice): Promise<void> {
  const order = await findOrder(change.db, change.organization.id, orderId)
  if (order === undefined || (order.provider_reference !== null && order.provider_reference !== reference)) return
  const { numInsertedOrUpdatedRows: added } = await change.db.insertInto('payment_events').values({ provider: 'stripe', id, organization_id: change.organization.id, received_at: change.now })
    .onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
  if (added === 0n) return
  await settleOrder(change, order, outcome)
}
