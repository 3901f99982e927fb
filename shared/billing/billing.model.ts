import * as v from 'valibot'
import { count, id, line, nullable, oneOf, paging, requiredLine, text } from '../kit/schema'

export const ORDER_STATUSES = ['pending_payment', 'done', 'failed', 'cancelled'] as const
/**
 * A change of how many licenses of one plan the organization has; negative quantities reduce; a `renewal` pays those that are there for another year. With `fromPlan`, as many
 * licenses of that plan are given up for them. `checkoutUrl` is where a pending order is paid; null until that page is ready.
 */
export const orderSchema = v.object({ id, status: oneOf(ORDER_STATUSES), plan: text, fromPlan: nullable(text), quantity: count, renewal: v.boolean(), amountCents: count, currency: text, createdAt: text, settledAt: nullable(text), checkoutUrl: nullable(text), by: text })
export type Order = v.InferOutput<typeof orderSchema>
/** At most this many licenses in one order. */
export const ORDER_MAX = 100_000
const quantity = v.pipe(v.number('field.invalid'), v.integer('field.invalid'), v.minValue(-ORDER_MAX, 'field.too_small'), v.maxValue(ORDER_MAX, 'field.too_large'), v.check((n) => n !== 0, 'quantity.zero'))
/** `fromPlan` changes the plan: `quantity` licenses of it that nobody holds become licenses of `plan`. */
export const orderAddSchema = v.strictObject({ plan: requiredLine(32), quantity, fromPlan: v.optional(requiredLine(32)) })
/** All licenses of a plan are renewed together. */
export const orderRenewSchema = v.strictObject({ plan: requiredLine(32) })
export const ordersQuerySchema = v.strictObject({ ...paging })

/** Who pays; `country` is an ISO 3166 code of two letters, or empty. */
export const billingSchema = v.object({ version: count, company: text, address: text, country: text, vat: text, email: text })
export type Billing = v.InferOutput<typeof billingSchema>
export const billingEditSchema = v.strictObject({ company: requiredLine(200), address: line(400), country: line(2), vat: line(40), email: line(254) })

/** One order as it is billed. A line's `text` names the plan; what is given up stands as a line with a negative quantity. */
export const invoiceSchema = v.object({ id, number: text, issuedOn: text, totalCents: count, currency: text, lines: v.array(v.object({ text, plan: text, quantity: count, amountCents: count })) })
export type Invoice = v.InferOutput<typeof invoiceSchema>
