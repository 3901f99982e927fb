import * as v from 'valibot'
import { abilitiesSchema } from '../access/abilities'
import { count, id, nullable, oneOf, requiredLine, text } from '../kit/schema'

export const DOMAIN_STATUSES = ['pending', 'approved', 'contested', 'failed', 'refused'] as const
export type DomainStatus = (typeof DOMAIN_STATUSES)[number]

/** What one look at DNS came to. `found` names every TXT value seen, at the challenge host and at the apex. */
export const CHECK_OUTCOMES = ['verified', 'not_found', 'wrong_value', 'wrong_host', 'quoted_value', 'several_values', 'no_such_domain', 'server_failed', 'timed_out'] as const
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number]
export const domainCheckSchema = v.object({ at: text, outcome: oneOf(CHECK_OUTCOMES), found: v.array(v.object({ host: text, value: text })) })
export type DomainCheck = v.InferOutput<typeof domainCheckSchema>

/** What an approved domain's owners have to look after: its record has vanished, or somebody else proves it, too. */
export const DOMAIN_WARNINGS = ['record_missing', 'contested'] as const
export type DomainWarning = (typeof DOMAIN_WARNINGS)[number]

/** The reason of a domain that went to another organization after a contest; other reasons are an operator's words. */
export const CONTEST_LOST = 'contest_lost'

/** The host label below which an organization proves a domain. */
export const CHALLENGE_LABEL = '_orgdesk-challenge'

/**
 * An e-mail domain that the organization claims; `name` is ASCII, `unicodeName` is for reading.
 * `reason` is an operator's, as written; `users` hold addresses that this claim decides.
 */
export const domainSchema = v.object({
  id,
  version: count,
  name: text,
  unicodeName: text,
  status: oneOf(DOMAIN_STATUSES),
  record: v.object({ host: text, type: v.literal('TXT'), value: text }),
  lastCheck: nullable(domainCheckSchema),
  nextCheckAt: nullable(text),
  expiresAt: nullable(text),
  reason: nullable(text),
  warning: nullable(oneOf(DOMAIN_WARNINGS)),
  /** The name may pass for another one: alphabets are mixed, or a foreign one imitates Latin letters. */
  mixedScripts: v.boolean(),
  /** The approved domain of the organization above this one, which covers it already. */
  coveredBy: nullable(text),
  /** Domains of the organization below this one; they are decided by themselves. */
  children: v.array(text),
  /** Until when the owners of a contested domain can answer. */
  noticeEndsAt: nullable(text),
  users: count,
  createdAt: text,
  approvedAt: nullable(text),
  abilities: abilitiesSchema,
})
export type Domain = v.InferOutput<typeof domainSchema>
export const domainAddSchema = v.strictObject({ name: requiredLine(253) })
