import type { PaymentOutcome } from '../../shared/billing/orders.settle'

/** A page on which one order is paid. `expiresAt` is when the page closes; `label` says what is bought. */
export type CheckoutRequest = { organizationId: string; orderId: string; label: string; quantity: number; unitCents: number; currency: string; expiresAt: Date }

/**
 * What came of asking for a page: it is open, the provider will not have the order, or nobody knows. Asking again
 * with the same order never opens a second page.
 */
export type Checkout = { is: 'open'; reference: string; url: string } | { is: 'refused' } | { is: 'unknown' }

/** A notice of the provider: not from it, about nothing that concerns orders, or the outcome of one. */
export type Notice = { is: 'forged' } | { is: 'other' } | { is: 'outcome'; id: string; organizationId: string; orderId: string; reference: string; outcome: PaymentOutcome }

/** How orders are paid: `manual` asks for nothing, so that whatever is ordered is had at once. */
export type Payment = { provider: 'manual' } | CheckoutPayment

/** Orders that cost something are paid on a page of the provider, which then sends signed notices. */
export type CheckoutPayment = {
  provider: 'stripe'
  openCheckout: (request: CheckoutRequest) => Promise<Checkout>
  /** Reads a notice as it came, byte for byte; `signature` is its header. */
  readNotice: (body: Uint8Array, signature: string, now: Date) => Notice
  /** What became of a page; null while nothing has. Rejects where the provider does not answer. */
  lookUp: (reference: string) => Promise<PaymentOutcome | null>
}

/** The default: orders are recorded, and paid by invoice. */
export const MANUAL: Payment = { provider: 'manual' }
