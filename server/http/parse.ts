import * as v from 'valibot'
import { ISSUE_CODES, failure, type Failure, type Issue, type IssueCode } from '../../shared/errors'
import { arrived, failed, type Result } from '../../shared/kit/result'

const MAX_ISSUES = 100

const isIssueCode = (text: string): text is IssueCode => (ISSUE_CODES as readonly string[]).includes(text)

/** The value as the schema reads it, or every problem at once, as `request.invalid`. */
export function parseInput(schema: v.GenericSchema, input: unknown): Result<unknown, Failure> {
  const parsed = v.safeParse(schema, input)
  if (parsed.success) return arrived(parsed.output)
  return failed(failure('request.invalid', parsed.issues.slice(0, MAX_ISSUES).map(toIssue)))
}

function toIssue(issue: v.BaseIssue<unknown>): Issue {
  const path = v.getDotPath(issue) ?? ''
  const code = codeOf(issue)
  if (typeof issue.requirement !== 'number') return { code, path }
  return { code, path, params: { limit: issue.requirement } }
}

function codeOf(issue: v.BaseIssue<unknown>): IssueCode {
  if (isIssueCode(issue.message)) return issue.message
  if (issue.expected === 'never') return 'field.unknown'
  if (issue.received === 'undefined') return 'field.required'
  return 'field.invalid'
}

/** Refuses any key where an endpoint takes none. */
export const NO_KEYS = v.strictObject({})
