import * as v from 'valibot'
import { abilitiesSchema } from '../access/abilities'
import { count, id, nullable, oneOf, requiredLine, text } from '../kit/schema'

export const LICENSE_STATES = ['assigned', 'active'] as const
/** The assignment of one plan to one user: `assigned` until the user activates it. */
export const userLicenseSchema = v.object({ plan: text, state: oneOf(LICENSE_STATES), assignedAt: text, activatedAt: nullable(text) })
export type UserLicense = v.InferOutput<typeof userLicenseSchema>

/** A kind of license, with its limits: a row, never a code branch. */
export const planSchema = v.object({ id: text, name: text, rank: count, attachmentMb: count, messagesPerMonth: nullable(count), signatories: count, priceCents: count, currency: text })
export type LicensePlan = v.InferOutput<typeof planSchema>

export const RENEWALS = ['automatic', 'payment'] as const
/**
 * How many licenses of one plan the organization has bought. `active` counts those that users have activated. `renewsOn`
 * is the day on which the term ends, null where nothing was bought; then it renews by itself or waits for a `payment`.
 */
export const poolSchema = v.object({ plan: text, quantity: count, assigned: count, active: count, available: count, renewsOn: nullable(text), renewal: oneOf(RENEWALS), abilities: abilitiesSchema })
export type LicensePool = v.InferOutput<typeof poolSchema>
/** A pool warns from this share on, and again when it is full. */
export const POOL_WARNS_AT = 0.8

/** A license is unused when it was never activated or its user inactive for this long, unless somebody says for how long. */
export const UNUSED_AFTER_DAYS = 30
/** Who joined within these days has had no time to use anything yet. */
export const UNUSED_GRACE_DAYS = 14

/** A pending activation of the signed-in identity. */
export const activationSchema = v.object({ id, organization: text, inviter: nullable(text), plan: nullable(text), expiresAt: text, email: text })
export type Activation = v.InferOutput<typeof activationSchema>

export const ACTIVATION_DAYS = 7
export const ACTIVATION_CODE_MINUTES = 10

export const licenseAssignSchema = v.strictObject({ plan: requiredLine(32) })
export const licenseTransferSchema = v.strictObject({ toUserId: id })
/** Any text: what was never a token is as unknown as one that nobody holds. */
const token = v.pipe(v.string('field.invalid'), v.maxLength(1000, 'field.too_long'))
export const activationTokenSchema = v.strictObject({ token })
export const redeemSchema = v.strictObject({ token: v.optional(token), activationId: v.optional(id), code: v.optional(v.pipe(v.string('field.invalid'), v.regex(/^\d{6}$/, 'field.invalid'))) })
