import { ERROR_STATUS, FIELD_OF, type Failure, type FieldErrorCode, type Issue, type ServerErrorCode } from '../../shared/errors'
import type { Locale } from '../../shared/kit/locale'

/** The sentence of a code in a language; the code itself where there is none. */
export type Phrase = (locale: Locale, code: string) => string

/** RFC 9457. `extra` is what the refusal carries, and stands as members of its own too. */
export type Problem = { type: string; title: string; status: number; code: ServerErrorCode; issues: Failure['issues']; requestId: string; extra?: unknown; [member: string]: unknown }

/** A problem document and the headers that belong to it. */
export type ProblemReply = { status: number; headers: Record<string, string>; body: Problem }

const BUSY_RETRY_S = 5

const isServerCode = (code: string): code is ServerErrorCode => code in ERROR_STATUS

/** The only place that says how a failure looks on the wire. A code that only fronts know is a bug here. */
export function toProblem(failure: Failure, requestId: string, locale: Locale, phrase: Phrase): ProblemReply {
  const code = isServerCode(failure.code) ? failure.code : 'server.failed'
  const status = ERROR_STATUS[code]
  const body: Problem = { type: `urn:orgdesk:problem:${code}`, title: phrase(locale, code), status, code, issues: issuesOf(code, failure.issues), requestId, ...membersOf(code, failure.extra) }
  return { status, headers: headersOf(status, failure), body }
}

const isFieldError = (code: ServerErrorCode): code is FieldErrorCode => code in FIELD_OF

/** A failure that is about one field says so, for every caller that sends it. */
const issuesOf = (code: ServerErrorCode, issues: Issue[]): Issue[] => (issues.length === 0 && isFieldError(code) ? [{ code, path: FIELD_OF[code] }] : issues)

function membersOf(code: ServerErrorCode, extra: unknown): Record<string, unknown> {
  if (extra === undefined) return {}
  if (code === 'version.conflict') return { extra, current: extra }
  return typeof extra === 'object' && extra !== null ? { ...reserved(extra), extra } : { extra }
}

/** Members of the document itself are never overwritten by what a refusal carries. */
function reserved(extra: object): Record<string, unknown> {
  const own = ['type', 'title', 'status', 'code', 'issues', 'requestId']
  return Object.fromEntries(Object.entries(extra).filter(([name]) => !own.includes(name)))
}

function headersOf(status: number, failure: Failure): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer' }
  if (status === 429 || status === 503) return { 'retry-after': String(failure.retryAfterS ?? BUSY_RETRY_S) }
  return {}
}
