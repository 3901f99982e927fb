import type { Billing, Invoice, Order } from '../../../shared/billing/billing.model'
import type { LicensePlan } from '../../../shared/licenses/licenses.model'
import { pools, user } from './records'

/** Plans, pools, orders and invoices as the server would answer them. */

export const plans: readonly LicensePlan[] = (['eco', 'advanced', 'pro'] as const).map((id, i) => ({ id, name: id, rank: i + 1, attachmentMb: 25 * (i + 1), messagesPerMonth: i === 2 ? null : 100, signatories: i, priceCents: 300 * (i + 1), currency: 'EUR' }))

export const order = (part: Partial<Order> = {}): Order => ({
  id: 'ord-1', status: 'done', plan: 'pro', fromPlan: null, quantity: 10, renewal: false, amountCents: 9000, currency: 'EUR', createdAt: '2026-03-01T09:00:00.000Z', settledAt: '2026-03-01T09:05:00.000Z', checkoutUrl: null, by: 'Olga Weber', ...part,
})
/** One order in each situation that a screen tells apart. */
export const ORDERS: readonly Order[] = [
  order({ id: 'ord-5', status: 'pending_payment', settledAt: null, checkoutUrl: 'https://checkout.stripe.com/c/pay/cs_test_a1b2c3' }),
  order({ id: 'ord-4', status: 'pending_payment', settledAt: null }),
  order({ id: 'ord-6', plan: 'pro', quantity: 50, amountCents: 45000, renewal: true }),
  order({ id: 'ord-3', plan: 'eco', quantity: -4, amountCents: -1200 }),
  order({ id: 'ord-2', status: 'failed', plan: 'advanced', fromPlan: 'eco', quantity: 3, amountCents: 900 }),
  order({ status: 'cancelled', quantity: 1, amountCents: 900 }),
]
export const billing: Billing = { version: 2, company: 'Acme SAS', address: '1 Main Street, Lyon', country: 'FR', vat: 'FR12345678901', email: 'invoices@acme.example' }
export const invoice = (part: Partial<Invoice> = {}): Invoice => ({
  id: 'inv-1', number: 'INV-2026-0007', issuedOn: '2026-03-01', totalCents: 1800, currency: 'EUR',
  lines: [{ text: 'Pro', plan: 'pro', quantity: 3, amountCents: 2700 }, { text: 'Eco', plan: 'eco', quantity: -3, amountCents: -900 }], ...part,
})

const page = <T>(items: readonly T[], next: string | null) => ({ items, next })
const idle = [user({ id: 'u-2', email: 'luc@acme.example', lastActiveAt: null }), user({ id: 'u-4', email: 'zoe@acme.example', firstName: '', lastName: '', lastActiveAt: '2025-11-01T09:00:00.000Z', license: { plan: 'eco', state: 'active', assignedAt: '2025-06-01T09:00:00.000Z', activatedAt: '2025-06-02T09:00:00.000Z' } })]

/** Orders, billing, invoices and unused licenses. */
export const BILLING_SAMPLES = {
  orders: { params: {}, ready: { orders: page(ORDERS, 'c2'), pools }, empty: { orders: page([], null), pools: { items: [] } } },
  order: { params: { kind: 'change', plan: 'eco', quantity: '3' }, ready: { plans: { items: plans }, pools }, empty: { plans: { items: [] }, pools: { items: [] } } },
  billing: { params: {}, ready: { billing }, empty: { billing: { version: 1, company: '', address: '', country: '', vat: '', email: '' } } },
  invoices: { params: {}, ready: { invoices: page([invoice(), invoice({ id: 'inv-0', number: 'INV-2026-0006', totalCents: 9000, lines: [{ text: 'Pro', plan: 'pro', quantity: 10, amountCents: 9000 }] })], 'c2') }, empty: { invoices: page([], null) } },
  licenses_unused: { params: { days: '60' }, ready: { unused: { ...page(idle, 'c2'), abilities: {} } }, empty: { unused: { ...page([], null), abilities: {} } } },
}
