import { systemScope } from '../../domains/jobs'
import type { Checkout, CheckoutPayment } from '../../payment/payment'
import type { Store } from '../../store/store'
import type { Row } from '../../store/tables'
import { settleOrder } from './settle'
import { findOrder } from './store'

/** A page for paying stays open for this long. */
export const CHECKOUT_HOURS = 2

const HOUR_MS = 3_600_000

/** When the page of an order closes. */
export const checkoutEnd = ({ created_at: at }: Pick<Row<'orders'>, 'created_at'>): Date => new Date(at.getTime() + CHECKOUT_HOURS * HOUR_MS)

/** What opening the page of an order takes; the moment is that of the request or job. */
export type CheckoutWork = { store: Store; payment: CheckoutPayment; organizationId: string; orderId: string; requestId: string; now: Date }

/**
 * Sees to it that a pending order has a page to be paid on: asks the provider outside of any transaction, as
 * often as it takes, and always for the same page. An order that the provider will not have has failed.
 */
export async function ensureCheckout({ store, payment, organizationId, orderId, requestId, now }: CheckoutWork): Promise<Checkout> {
  const order = await store.read(organizationId, (db) => findOrder(db, organizationId, orderId))
  if (order === undefined || order.status === 'failed') return { is: 'refused' }
  if (order.provider_reference !== null && order.checkout_url !== null) return { is: 'open', reference: order.provider_reference, url: order.checkout_url }
  if (order.status !== 'pending_payment') return { is: 'unknown' }
  const checkout = await payment.openCheckout({ organizationId, orderId, label: nameOf(order), quantity: order.quantity, unitCents: order.amount_cents / order.quantity, currency: order.currency, expiresAt: checkoutEnd(order) })
  if (checkout.is === 'unknown') return checkout
  await store.change<null>(systemScope(organizationId, requestId, now), async (change) => {
    const fresh = await findOrder(change.db, organizationId, orderId)
    if (fresh === undefined) return { ok: false, code: 'not_found' }
    if (checkout.is === 'refused') await settleOrder(change, fresh, 'failed')
    else await change.db.updateTable('orders').set({ provider_reference: checkout.reference, checkout_url: checkout.url }).where('organization_id', '=', organizationId).where('id', '=', orderId).execute()
    return { ok: true, value: null }
  })
  return checkout
}

const nameOf = ({ lines: [bought, given] }: Row<'orders'>): string => (given === undefined ? bought?.text ?? '' : `${given.text} → ${bought?.text ?? ''}`)
