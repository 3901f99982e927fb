import * as v from 'valibot'
import { activationSchema, userLicenseSchema } from '../licenses/licenses.model'
import { organizationBriefSchema } from './organization.model'
import { count, id, nullable, text } from '../kit/schema'
import { userSchema } from '../users/users.model'
import { abilitiesSchema, viewerAbilitiesSchema } from './abilities'
import { PERMISSIONS } from './permissions'

/** A warning that the viewer should see on every screen: licenses running out, a domain record that vanished. */
export const alertSchema = v.object({ code: text, tone: v.picklist(['info', 'warning', 'danger']), params: v.record(v.string(), v.union([v.string(), v.number()])), target: nullable(text) })
export type Alert = v.InferOutput<typeof alertSchema>

/**
 * The viewer: answered 200 for any valid identity. `user` and `organization` are null for an
 * identity that no user is linked to; `activations` may then still name pending ones.
 */
export const meSchema = v.object({
  user: nullable(userSchema),
  organization: nullable(organizationBriefSchema),
  organizations: v.array(v.object({ id, name: text })),
  permissions: v.array(v.picklist(PERMISSIONS)),
  abilities: viewerAbilitiesSchema,
  own: abilitiesSchema,
  license: nullable(userLicenseSchema),
  alerts: v.array(alertSchema),
  activations: v.array(activationSchema),
  identity: v.object({ issuer: text, email: nullable(text) }),
})
export type Me = v.InferOutput<typeof meSchema>

/**
 * What one's own license allows: until which day (`YYYY-MM-DD`) it is valid, null where no end is set, and how many
 * messages were sent in this month of UTC; null without a license, or where it has no limit.
 */
export const allowanceSchema = v.object({ validUntil: nullable(text), messages: nullable(v.object({ sent: count, limit: count })) })
export type Allowance = v.InferOutput<typeof allowanceSchema>
