import type { Order } from '../../../shared/billing/billing.model'
import type { EventChanges } from '../../store/events.model'
import type { Row } from '../../store/tables'

/** An order as it leaves the server. */
export const toOrder = (row: Row<'orders'>): Order => ({
  id: row.id, status: row.status, plan: row.plan, fromPlan: row.from_plan, quantity: row.quantity, renewal: row.renewal, amountCents: row.amount_cents, currency: row.currency,
  createdAt: row.created_at.toISOString(), settledAt: row.settled_at?.toISOString() ?? null,
  // A page that is paid or closed leads nowhere.
  checkoutUrl: row.status === 'pending_payment' ? row.checkout_url : null,
  by: row.created_by_name,
})

/** An order as the log names it: `5 × Eco`, `2 × Eco → Pro`. */
export const labelOf = ({ quantity, lines }: Pick<Row<'orders'>, 'quantity' | 'lines'>): string => {
  const [first, second] = lines
  const name = first?.text ?? ''
  return `${quantity < 0 ? '−' : ''}${Math.abs(quantity)} × ${second === undefined ? name : `${second.text} → ${name}`}`
}

/** What an order costs, as the log tells it. */
export const priceOf = ({ amount_cents: cents, currency }: Pick<Row<'orders'>, 'amount_cents' | 'currency'>): EventChanges => ({ amountCents: { from: null, to: cents }, currency: { from: null, to: currency } })
