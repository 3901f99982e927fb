import * as v from 'valibot'
import { ERROR_STATUS, FRONT_ERRORS, ALL_ISSUE_CODES, type ErrorCode, type Failure, type Issue } from '../errors'
import type { FileRef } from '../kit/file'
import { failed, arrived, type Result } from '../kit/result'
import type { Call } from './call'
import type { Endpoint } from './endpoint'

/** What a host sends: `path` is relative to the server's origin, with its query. A `file` is read by the host and sent as the body's bytes. */
export type WireRequest = { method: Endpoint['method']; path: string; headers: Record<string, string>; body: string | null; file?: FileRef }
/** What a host received. */
export type WireResponse = { status: number; headers: Record<string, string | undefined>; text: string }

const fillPath = (path: string, params: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))

const queryText = (query: Record<string, string | undefined>, dryRun: boolean): string => {
  const pairs = Object.entries({ ...query, ...(dryRun ? { dry_run: 'true' } : {}) }).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`])
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

const mediaTypeOf = (file: FileRef): string =>
  /\.xlsx$/i.test(file.name) ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv'

/**
 * A call as the request that a host sends, by its row of the contract. The idempotency key is the
 * host's: minted on the first click, kept on every retry.
 */
export const requestOf = (entry: Endpoint, call: Call<unknown>, options: { idempotencyKey?: string } = {}): WireRequest => {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (call.version !== undefined) headers['If-Match'] = `"${call.version}"`
  if (call.organization !== undefined) headers['Orgdesk-Organization'] = call.organization
  if (call.digest !== undefined) headers['Plan-Digest'] = call.digest
  if (options.idempotencyKey !== undefined && entry.method !== 'GET') headers['Idempotency-Key'] = options.idempotencyKey
  if (call.file) headers['Content-Type'] = mediaTypeOf(call.file)
  const json = call.file === undefined && call.body !== undefined
  if (json) headers['Content-Type'] = 'application/json'
  return { method: entry.method, path: fillPath(entry.path, call.params) + queryText(call.query, call.dryRun === true), headers, body: json ? JSON.stringify(call.body) : null, file: call.file }
}

const isErrorCode = (code: string): code is ErrorCode => code in ERROR_STATUS || (FRONT_ERRORS as readonly string[]).includes(code)

const issueSchema = v.object({ code: v.picklist(ALL_ISSUE_CODES), path: v.optional(v.string(), ''), params: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))) })
const problemSchema = v.object({ code: v.string(), issues: v.optional(v.array(v.unknown()), []), requestId: v.optional(v.string()), extra: v.optional(v.unknown()) })

const parseJson = (body: string): Result<unknown, null> => {
  try {
    return arrived(JSON.parse(body))
  } catch {
    return failed(null)
  }
}

const codeOfStatus = (status: number): ErrorCode => {
  if (status === 401) return 'auth.required'
  if (status === 404) return 'not_found'
  if (status === 413) return 'request.too_large'
  if (status === 429) return 'limit.reached'
  return status >= 502 && status <= 504 ? 'server.busy' : status >= 500 ? 'server.failed' : 'reply.unreadable'
}

const toIssues = (values: unknown[]): Issue[] =>
  values.flatMap((value) => {
    const parsed = v.safeParse(issueSchema, value)
    return parsed.success ? [parsed.output] : []
  })

const problemOf = (response: WireResponse): Failure => {
  const retryAfter = Number(response.headers['retry-after'])
  const retryAfterS = Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined
  const json = parseJson(response.text)
  const problem = v.safeParse(problemSchema, json.ok ? json.value : null)
  if (!problem.success || !isErrorCode(problem.output.code)) return { code: codeOfStatus(response.status), issues: [], retryAfterS }
  return { code: problem.output.code, issues: toIssues(problem.output.issues), requestId: problem.output.requestId, retryAfterS, extra: problem.output.extra }
}

const dryRunSchema = v.object({
  digest: v.string(),
  plan: v.object({
    kind: v.string(),
    count: v.number(),
    targets: v.array(v.object({ id: v.string(), label: v.string() })),
    consequences: v.array(v.object({ code: v.string(), params: v.record(v.string(), v.union([v.string(), v.number()])), tone: v.picklist(['neutral', 'warning', 'danger']) })),
    refused: v.array(v.object({ id: v.string(), label: v.string(), code: v.string(), params: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))) })),
    refusedCount: v.number(),
    seats: v.array(v.object({ plan: v.string(), takes: v.number(), available: v.number() })),
  }),
})
/** How a dry run's reply, and `extra` of `plan.changed`, is read. */
export const planReplySchema = dryRunSchema

const parseReply = (schema: v.GenericSchema, text: string): Result<unknown, Failure> => {
  const json = parseJson(text)
  const parsed = v.safeParse(schema, json.ok ? json.value : undefined)
  return parsed.success ? arrived(parsed.output) : failed({ code: 'reply.unreadable', issues: [] })
}

/**
 * A reply as its value or a coded failure, by the call's row of the contract. A body that isn't the
 * contract's is `reply.unreadable`: a proxy's page never reaches a screen.
 */
export const replyOf = <R>({ reply }: Pick<Endpoint, 'reply'>, call: Call<R>, response: WireResponse): Result<R, Failure> => {
  if (response.status < 200 || response.status > 299) return failed(problemOf(response))
  // The phantom type of the call stands for what the contract's own schema has just parsed.
  const typed = (result: Result<unknown, Failure>) => result as Result<R, Failure>
  if (call.dryRun) return typed(parseReply(dryRunSchema, response.text))
  if (reply === 'none' || reply === 'stream') return typed(arrived(undefined))
  if (reply === 'csv' || reply === 'file') return typed(arrived(response.text))
  return typed(parseReply(reply, response.text))
}
