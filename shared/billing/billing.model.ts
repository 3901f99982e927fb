import * as v from 'valibot'
import { count, id, line, nullable, oneOf, paging, requiredLine, text } from '../kit/schema'

export const ORDER_STATUSES = ['pending_payment', 'done', 'failed', 'cancelled'] as const
/** A change of how many licenses of one plan the organization has; negative quantities reduce. */
export const orderSchema = v.object({ id, status: oneOf(ORDER_STATUSES), plan: text, quantity: count, amountCents: count, currency: text, createdAt: text, checkoutUrl: nullable(text), by: text })
export type Order = v.InferOutput<typeof orderSchema>
export const orderAddSchema = v.strictObject({ plan: requiredLine(32), quantity: v.pipe(v.number('field.invalid'), v.integer('field.invalid'), v.minValue(-100000, 'field.too_small'), v.maxValue(100000, 'field.too_large'), v.check((n) => n !== 0, 'quantity.zero')) })
export const ordersQuerySchema = v.strictObject({ ...paging })

export const billingSchema = v.object({ version: count, company: text, address: text, country: text, vat: text, email: text })
export type Billing = v.InferOutput<typeof billingSchema>
export const billingEditSchema = v.strictObject({ company: requiredLine(200), address: line(400), country: line(2), vat: line(40), email: line(254) })

export const invoiceSchema = v.object({ id, number: text, issuedOn: text, totalCents: count, currency: text, lines: v.array(v.object({ text, plan: text, quantity: count, amountCents: count })) })
export type Invoice = v.InferOutput<typeof invoiceSchema>
