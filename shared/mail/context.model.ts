import * as v from 'valibot'
import { ADDRESS_DOMAIN_STATES } from '../domains/address.model'
import { eventSchema, messageSchema } from '../logs/logs.model'
import { nullable, oneOf, requiredLine, text } from '../kit/schema'
import { meSchema } from '../access/me.model'
import { poolSchema } from '../licenses/licenses.model'
import { userSchema } from '../users/users.model'
import { contactSchema } from '../workspaces/workspaces.model'

/** At most this many addresses of one mail are looked up. */
export const CONTEXT_MAX_EMAILS = 200
export const contextRequestSchema = v.strictObject({
  emails: v.pipe(v.array(requiredLine(320)), v.maxLength(CONTEXT_MAX_EMAILS, 'field.too_many')),
  messageId: v.optional(requiredLine(200)),
  activationToken: v.optional(requiredLine(200)),
})

/** What the activation link of the open mail leads to; `code` says why it can't be used any more. */
export const contextActivationSchema = v.object({
  code: nullable(text),
  organization: nullable(text),
  inviter: nullable(text),
  plan: nullable(text),
  expiresAt: nullable(text),
  email: nullable(text),
})
export type ContextActivation = v.InferOutput<typeof contextActivationSchema>

/** One person of the open mail as the organization knows them; `user` is null for a stranger. */
export const contextPersonSchema = v.object({
  address: text,
  user: nullable(userSchema),
  contact: nullable(contactSchema),
  domain: v.object({ name: text, state: oneOf(ADDRESS_DOMAIN_STATES), looksLike: nullable(text) }),
  lastEvents: v.array(eventSchema),
  abilities: v.record(v.string(), v.union([v.literal(true), v.string()])),
})
export type ContextPerson = v.InferOutput<typeof contextPersonSchema>

/** All that a card for the open mail needs, in one reply. */
export const contextReplySchema = v.object({
  people: v.array(contextPersonSchema),
  message: nullable(v.object({ message: messageSchema, events: v.array(eventSchema) })),
  activation: nullable(contextActivationSchema),
  /** Addresses that are none: they are named, not dropped. */
  unreadable: v.array(text),
  /** Pools from which this viewer may assign; empty where they may not. */
  pools: v.array(poolSchema),
  /** The viewer, so that a card for the open mail needs this one request only. */
  viewer: meSchema,
})
export type ContextReply = v.InferOutput<typeof contextReplySchema>
