import { statusAfter, type PaymentOutcome } from '../../../shared/billing/orders.settle'
import type { AuditKind } from '../../../shared/logs/kinds.model'
import type { Row } from '../../store/tables'
import type { Change } from '../../store/transactions'
import { labelOf } from './record'
import { carryOut } from './store'

const KINDS = { paid: 'order.paid', failed: 'order.failed', expired: 'order.cancelled' } as const satisfies Record<PaymentOutcome, AuditKind>

/** Applies what became of a payment, with its line of the log; nothing where the order is settled already. Runs under the organization's lock. */
export async function settleOrder(change: Change, order: Row<'orders'>, outcome: PaymentOutcome): Promise<void> {
  const status = statusAfter(order.status, outcome)
  if (status === null) return
  await change.db.updateTable('orders').set({ status, settled_at: change.now }).where('organization_id', '=', order.organization_id).where('id', '=', order.id).execute()
  const changes = await carryOut(change, order, order.status, status)
  change.record({ category: 'audit', kind: KINDS[outcome], ofAdmin: true, target: { type: 'order', id: order.id, label: labelOf(order) }, changes })
}
