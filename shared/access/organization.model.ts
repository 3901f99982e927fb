import * as v from 'valibot'
import { count, id, line, nullable, oneOf, requiredLine, text } from '../kit/schema'
import { LOCALES } from '../kit/locale'

export const settingsSchema = v.object({
  allowPublicDomains: v.boolean(),
  sendActivationOnAssign: v.boolean(),
  defaultLanguage: oneOf(LOCALES),
  requireSecondFactor: v.boolean(),
  protectedReplies: v.boolean(),
  /** Months of log to keep; null keeps everything. */
  retentionMonths: nullable(count),
})
export type Settings = v.InferOutput<typeof settingsSchema>

/** What every viewer's screens know of their organization. */
export const organizationBriefSchema = v.object({ id, name: text, settings: settingsSchema })
export const organizationSchema = v.object({ id, name: text, version: count, createdAt: text, settings: settingsSchema, address: text, contactEmail: text })
export type Organization = v.InferOutput<typeof organizationSchema>

export const organizationEditSchema = v.strictObject({
  name: v.optional(requiredLine(100)),
  address: v.optional(line(300)),
  contactEmail: v.optional(line(254)),
  settings: v.optional(v.partial(v.strictObject({
    allowPublicDomains: v.boolean(), sendActivationOnAssign: v.boolean(), defaultLanguage: oneOf(LOCALES), requireSecondFactor: v.boolean(),
    protectedReplies: v.boolean(), retentionMonths: nullable(v.pipe(v.number(), v.integer(), v.minValue(1, 'field.too_small'), v.maxValue(600, 'field.too_large'))),
  }))),
})

/** Tenants whose proof of an address the organization accepts: an Entra tenant id or a Google hosted domain. */
export const identityLinkSchema = v.object({ id, kind: v.picklist(['microsoft', 'google']), tenant: text, createdAt: text })
export const identityLinkAddSchema = v.strictObject({ kind: oneOf(['microsoft', 'google']), tenant: requiredLine(253) })

/** A role; a built-in one has its word as id and name. */
export const roleSchema = v.object({ id: text, name: text, builtIn: v.boolean(), permissions: v.array(v.string()), users: count, version: count, abilities: v.record(v.string(), v.union([v.literal(true), v.string()])) })
export type RoleRecord = v.InferOutput<typeof roleSchema>
export const roleAddSchema = v.strictObject({ name: requiredLine(100), permissions: v.pipe(v.array(requiredLine(60)), v.maxLength(40, 'field.too_many')) })
export const roleEditSchema = v.partial(roleAddSchema)
