import * as v from 'valibot'
import { abilitiesSchema } from '../access/abilities'
import { count, id, line, nullable, oneOf, paging, queryText, requiredLine, text } from '../kit/schema'

/** A space inside the organization, with members and contacts. */
export const workspaceSchema = v.object({ id, version: count, name: text, members: count, contacts: count, createdAt: text, abilities: abilitiesSchema })
export type Workspace = v.InferOutput<typeof workspaceSchema>
export const workspaceAddSchema = v.strictObject({ name: requiredLine(100) })
export const workspaceEditSchema = v.strictObject({ name: v.optional(requiredLine(100)) })
/** `closest`: those first whose name is little longer than what is looked for; one page, without a count. */
export const WORKSPACE_SORTS = ['name', 'closest'] as const
/** `member`: only those that this user is in. */
export const workspacesQuerySchema = v.strictObject({ q: v.optional(queryText), member: v.optional(id), sort: v.optional(oneOf(WORKSPACE_SORTS)), ...paging })

/** An outside person in a workspace, optionally assigned to one of its users. */
export const contactSchema = v.object({ id, version: count, email: text, name: text, workspaceId: id, workspaceName: text, assignedTo: nullable(v.object({ id, name: text, email: text })), createdAt: text, abilities: abilitiesSchema })
export type Contact = v.InferOutput<typeof contactSchema>
export const contactAddSchema = v.strictObject({ email: requiredLine(320), name: v.optional(line(100)), workspaceId: id, assignedTo: v.optional(nullable(id)) })
export const contactEditSchema = v.strictObject({ name: v.optional(line(100)), workspaceId: v.optional(id), assignedTo: v.optional(nullable(id)) })
export const contactsQuerySchema = v.strictObject({ q: v.optional(queryText), workspace: v.optional(queryText), assigned_to: v.optional(queryText), ...paging })
export const contactsReassignSchema = v.strictObject({ fromUserId: id, toUserId: nullable(id), workspaceId: v.optional(id) })
