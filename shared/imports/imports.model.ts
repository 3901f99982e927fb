import * as v from 'valibot'
import { count, id, nullable, oneOf, queryFlag, queryNumber, text } from '../kit/schema'
import { abilitySchema } from '../access/abilities'
import { ALL_ISSUE_CODES } from '../errors'

/** The one status of a row, in order of precedence (malformed wins over all, seats come last). */
export const ROW_STATUSES = ['malformed', 'duplicate_in_file', 'already_user', 'already_invited', 'domain_not_approved', 'unknown_role', 'role_not_allowed', 'unknown_license', 'unknown_workspace', 'no_license_left', 'ready'] as const
export type RowStatus = (typeof ROW_STATUSES)[number]

/** Columns of the template; only `email` is required. Workspaces are separated by `;`. */
export const IMPORT_COLUMNS = ['email', 'first_name', 'last_name', 'role', 'license', 'workspaces', 'language', 'mobile'] as const
export type ImportColumn = (typeof IMPORT_COLUMNS)[number]

const issue = v.object({ code: v.picklist(ALL_ISSUE_CODES), path: text, params: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))) })

/** One row as planned; `row` counts from 1 at the first row below the header. */
export const planRowSchema = v.object({
  row: count,
  status: oneOf(ROW_STATUSES),
  issues: v.array(issue),
  user: v.object({ email: text, firstName: text, lastName: text, role: text, plan: nullable(text), workspaces: v.array(text), language: text, mobile: text }),
})
export type PlanRow = v.InferOutput<typeof planRowSchema>

/** What the import will do, before anything happens. `groups` counts rows by status; `domains` groups the refused ones: those to claim, those claimed already (`domainId`), those nobody can have. */
export const importPreviewSchema = v.object({
  digest: text,
  total: count,
  counts: v.record(v.string(), count),
  licenses: v.array(v.object({ plan: text, needed: count, available: count })),
  groups: v.array(v.object({ status: oneOf(ROW_STATUSES), count })),
  domains: v.array(v.object({ name: text, unicodeName: text, count, domainId: nullable(id), abilities: v.object({ 'domains.add': abilitySchema }) })),
  rows: v.array(planRowSchema),
})
export type ImportPreview = v.InferOutput<typeof importPreviewSchema>
export const importPreviewQuerySchema = v.strictObject({ status: v.optional(oneOf(ROW_STATUSES)), limit: v.optional(queryNumber(0, 500)), without_license: v.optional(queryFlag), name: v.optional(v.pipe(v.string(), v.maxLength(255))) })
export const importStartQuerySchema = v.strictObject({ without_license: v.optional(queryFlag), name: v.optional(v.pipe(v.string(), v.maxLength(255))) })

export const IMPORT_STATUSES = ['queued', 'running', 'done', 'failed'] as const
export const userImportSchema = v.object({ id, status: oneOf(IMPORT_STATUSES), name: text, total: count, applied: count, rejected: count, by: text, createdAt: text, finishedAt: nullable(text), failure: nullable(text) })
export type UserImport = v.InferOutput<typeof userImportSchema>
