import type Stripe from 'stripe'
import type { PaymentOutcome } from '../../shared/billing/orders.settle'
import type { Checkout, CheckoutPayment, CheckoutRequest, Notice } from './payment'


/** `api` is where an imitation of Stripe answers on plain http; null is Stripe itself. `report` hears of what an operator should know, in words without anything personal. */
export type StripeOptions = { secretKey: string; webhookSecret: string; publicUrl: string; report: (problem: { type: string; code: string; status: number }) => void; api: string | null }

const TIMEOUT_MS = 8_000
const RETRIES = 1
const NOT_FOUND = 404

type Session = Pick<Stripe.Checkout.Session, 'id' | 'url' | 'status' | 'payment_status' | 'metadata'>

/** The payment port over Stripe Checkout. The library is loaded here alone: whoever does not use it does not carry it. */
export async function createStripePayment({ secretKey, webhookSecret, publicUrl, report, api }: StripeOptions): Promise<CheckoutPayment> {
  const { default: StripeClient } = await import('stripe')
  const client = new StripeClient(secretKey, { timeout: TIMEOUT_MS, maxNetworkRetries: RETRIES, telemetry: false, ...(api === null ? {} : addressOf(new URL(api))) })
  return {
    provider: 'stripe',
    openCheckout: async (request) => {
      try {
        return openOf(await client.checkout.sessions.create(sessionOf(request, publicUrl), { idempotencyKey: request.orderId }))
      } catch (error) {
        const problem = describe(error)
        report(problem)
        return isFinal(problem.status) ? { is: 'refused' } : { is: 'unknown' }
      }
    },
    readNotice: (body, signature, now) => {
      try {
        return noticeOf(client.webhooks.constructEvent(Buffer.from(body), signature, webhookSecret, undefined, undefined, now.getTime()))
      } catch {
        return { is: 'forged' }
      }
    },
    lookUp: async (reference) => {
      try {
        return outcomeOf(await client.checkout.sessions.retrieve(reference))
      } catch (error) {
        // A page that the provider does not know can't be paid any more.
        if (describe(error).status === NOT_FOUND) return 'expired'
        throw error
      }
    },
  }
}

const addressOf = ({ hostname, port }: URL): Stripe.StripeConfig => ({ protocol: 'http', host: hostname, port })

/** The same order asks for the same page, word for word: a repeated request must not differ from the first. */
const sessionOf = ({ organizationId, orderId, label, quantity, unitCents, currency, expiresAt }: CheckoutRequest, publicUrl: string): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  line_items: [{ quantity, price_data: { currency: currency.toLowerCase(), unit_amount: unitCents, product_data: { name: label } } }],
  client_reference_id: orderId,
  metadata: { organizationId, orderId },
  expires_at: Math.floor(expiresAt.getTime() / 1000),
  success_url: `${publicUrl}/checkout/paid`,
  cancel_url: `${publicUrl}/checkout/left`,
})

const openOf = ({ id, url }: Session): Checkout => (url === null ? { is: 'refused' } : { is: 'open', reference: id, url })

/** What a session says in the end; null while it is open, or paid by a slow method that has not arrived. */
function outcomeOf({ status, payment_status: payment }: Session): PaymentOutcome | null {
  if (payment === 'paid') return 'paid'
  return status === 'expired' ? 'expired' : null
}

function noticeOf(event: Stripe.Event): Notice {
  switch (event.type) {
    case 'checkout.session.completed': return noticeAbout(event.id, event.data.object, outcomeOf(event.data.object))
    case 'checkout.session.async_payment_succeeded': return noticeAbout(event.id, event.data.object, 'paid')
    case 'checkout.session.async_payment_failed': return noticeAbout(event.id, event.data.object, 'failed')
    case 'checkout.session.expired': return noticeAbout(event.id, event.data.object, 'expired')
    default: return { is: 'other' }
  }
}

function noticeAbout(id: string, session: Session, outcome: PaymentOutcome | null): Notice {
  const { organizationId, orderId } = session.metadata ?? {}
  if (outcome === null || organizationId === undefined || orderId === undefined) return { is: 'other' }
  return { is: 'outcome', id, organizationId, orderId, reference: session.id, outcome }
}

/** Too many at once, a repeat that is still running and troubles of the provider pass; everything else stays as it is. */
const isFinal = (status: number): boolean => status >= 400 && status < 500 && status !== 409 && status !== 429

function describe(error: unknown): { type: string; code: string; status: number } {
  const { type = 'unknown', code = '', statusCode = 0 } = (error ?? {}) as { type?: string; code?: string; statusCode?: number }
  return { type, code, status: statusCode }
}
