import * as v from 'valibot'
import { abilitiesSchema } from '../access/abilities'
import { LOCALES } from '../kit/locale'
import { count, id, line, nullable, oneOf, queryFlag, queryText, paging, requiredLine, text } from '../kit/schema'
import { userLicenseSchema } from '../licenses/licenses.model'

export const USER_STATUSES = ['pending', 'active', 'suspended', 'removed'] as const
export type UserStatus = (typeof USER_STATUSES)[number]
export const USER_SORTS = ['name', '-name', 'email', '-email', 'last_active', '-last_active', 'created', '-created'] as const
export type UserSort = (typeof USER_SORTS)[number]

/** Security settings of one user; the person may only tighten their own. */
export const securitySchema = v.object({ secondFactor: v.boolean(), protectedReplies: v.boolean() })
export type Security = v.InferOutput<typeof securitySchema>

/** A person in an organization. `role` is a built-in role or a custom role's id; times are RFC 3339 UTC. */
export const userSchema = v.object({
  id,
  version: count,
  email: text,
  firstName: text,
  lastName: text,
  role: text,
  roleName: nullable(text),
  status: oneOf(USER_STATUSES),
  plan: nullable(text),
  license: nullable(userLicenseSchema),
  workspaceIds: v.array(id),
  /** Of the mails to this person; of their screens, too, once they have chosen it (`languageChosen`). */
  language: oneOf(LOCALES),
  languageChosen: v.boolean(),
  mobile: text,
  smsCountry: text,
  /** Its IANA name, once they have chosen one; empty until then: times follow the mail client. */
  timeZone: text,
  security: securitySchema,
  /** When the activation link that is out to this person ends, or has ended; null where none is. */
  linkExpiresAt: nullable(text),
  lastActiveAt: nullable(text),
  createdAt: text,
  removedAt: nullable(text),
  abilities: abilitiesSchema,
})
export type User = v.InferOutput<typeof userSchema>

/** Filters of the users list, as they stand in a query string. */
export const userFilter = {
  q: v.optional(queryText),
  status: v.optional(oneOf(USER_STATUSES)),
  role: v.optional(queryText),
  plan: v.optional(queryText),
  domain: v.optional(queryText),
  workspace: v.optional(queryText),
  never_activated: v.optional(queryFlag),
}
export const usersQuerySchema = v.strictObject({ ...userFilter, sort: v.optional(oneOf(USER_SORTS)), ...paging })

const nameText = line(100)
const ids = (max: number) => v.pipe(v.array(id), v.maxLength(max, 'field.too_many'))

/** Ten workspaces at most when adding one user; more can be assigned afterwards. */
export const MAX_WORKSPACES_ON_ADD = 10
export const userAddSchema = v.strictObject({
  email: requiredLine(320),
  firstName: v.optional(nameText),
  lastName: v.optional(nameText),
  role: v.optional(requiredLine(64)),
  plan: v.optional(requiredLine(32)),
  workspaceIds: v.optional(ids(MAX_WORKSPACES_ON_ADD)),
  language: v.optional(oneOf(LOCALES)),
  sendActivation: v.optional(v.boolean('field.invalid')),
})
export type UserAdd = v.InferOutput<typeof userAddSchema>

/** People of one mail at most: more of them are an import. */
export const MAX_ADDED_AT_ONCE = 100
export const usersAddManySchema = v.strictObject({
  people: v.pipe(v.array(v.strictObject({ email: requiredLine(320), firstName: v.optional(nameText), lastName: v.optional(nameText) })), v.minLength(1, 'field.required'), v.maxLength(MAX_ADDED_AT_ONCE, 'field.too_many')),
  role: v.optional(requiredLine(64)),
  plan: v.optional(requiredLine(32)),
})
export type UsersAddMany = v.InferOutput<typeof usersAddManySchema>

export const userEditSchema = v.strictObject({
  firstName: v.optional(nameText),
  lastName: v.optional(nameText),
  mobile: v.optional(line(32)),
  smsCountry: v.optional(line(2)),
  timeZone: v.optional(line(64)),
  language: v.optional(oneOf(LOCALES)),
  role: v.optional(requiredLine(64)),
  workspaceIds: v.optional(ids(200)),
  security: v.optional(v.partial(v.strictObject({ secondFactor: v.boolean('field.invalid'), protectedReplies: v.boolean('field.invalid') }))),
})
export type UserEdit = v.InferOutput<typeof userEditSchema>

/** Users that one action names, at most; more are meant by a filter. */
export const MAX_CHOSEN = 10_000
export const BULK_ACTIONS = ['assign_license', 'remove_license', 'send_activation', 'change_role', 'suspend', 'restore', 'remove'] as const
export type BulkAction = (typeof BULK_ACTIONS)[number]
export const usersBulkSchema = v.strictObject({
  action: oneOf(BULK_ACTIONS),
  userIds: v.optional(ids(MAX_CHOSEN)),
  filter: v.optional(v.strictObject({ q: v.optional(queryText), status: v.optional(oneOf(USER_STATUSES)), role: v.optional(queryText), plan: v.optional(queryText), domain: v.optional(queryText), workspace: v.optional(queryText), never_activated: v.optional(v.boolean()) })),
  plan: v.optional(requiredLine(32)),
  role: v.optional(requiredLine(64)),
})
export type UsersBulk = v.InferOutput<typeof usersBulkSchema>
export const bulkReplySchema = v.object({ done: count, refused: count, outcomes: v.array(v.object({ userId: id, email: text, outcome: v.picklist(['done', 'refused']), code: nullable(text) })) })

export const addManyReplySchema = v.object({ done: count, refused: count, outcomes: v.array(v.object({ email: text, userId: nullable(id), outcome: v.picklist(['done', 'refused']), code: nullable(text), remaining: v.array(v.object({ step: text, code: text })) })) })

/** Whom a leaver's license and contacts go to: users by id or address. */
export const userLeaveSchema = v.strictObject({ licenseTo: v.optional(requiredLine(320)), contactsTo: v.optional(requiredLine(320)), exportLog: v.optional(v.boolean()) })
