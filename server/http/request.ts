import type { FastifyRequest } from 'fastify'
import * as v from 'valibot'
import type { EndpointKey } from '../../shared/api/contract'
import type { Endpoint } from '../../shared/api/endpoint'
import { failure, type Failure, type Issue } from '../../shared/errors'
import { arrived, failed, type Result } from '../../shared/kit/result'
import { headerOf } from './caller'
import { parseJsonBody } from './json'
import { NO_KEYS, parseInput } from './parse'

const FILE_TYPES = ['text/csv', 'text/plain', 'text/tab-separated-values', 'application/csv', 'application/octet-stream', 'application/vnd.ms-excel', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']
const FILE_TYPES_OF: Partial<Record<EndpointKey, readonly string[]>> = { 'billing.stripe_webhook': ['application/json'] }
const KEY = /^[\x21-\x7e]{1,200}$/
const ETAG = /^(?:W\/)?"(\d{1,9})"$/
const DIGEST = /^[\x21-\x7e]{1,200}$/

const paramSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))
/** Messages are named by the messaging service. */
const messageParamSchema = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,200}$/))

/** A request as its endpoint reads it. */
export type Parsed = { params: unknown; query: unknown; body: unknown; dryRun: boolean; version: number | null }

/** Everything that the caller sent, or all its problems at once. */
export function parseRequest(request: FastifyRequest, key: EndpointKey, entry: Endpoint): Result<Parsed, Failure> {
  const params = request.params as Record<string, string>
  if (!Object.entries(params).every(([name, value]) => v.is(name === 'messageId' ? messageParamSchema : paramSchema, value))) return failed(failure('not_found'))
  const { dry_run: dryRun, ...rest } = request.query as Record<string, unknown>
  const isDryRun = entry.planned === true && dryRun !== undefined
  const query = parseInput(entry.query ?? NO_KEYS, entry.planned || dryRun === undefined ? rest : { ...rest, dry_run: dryRun })
  const body = parseBody(request, key, entry)
  if (!body.ok && body.failure.code !== 'request.invalid') return body
  const version = versionOf(request, entry)
  const issues = [query, body, version].flatMap((part) => (part.ok ? [] : part.failure.issues))
  if (isDryRun && dryRun !== 'true' && dryRun !== 'false') issues.push({ code: 'field.not_an_option', path: 'dry_run' })
  issues.push(...headerIssues(request))
  if (issues.length > 0 || !query.ok || !body.ok) return failed(failure('request.invalid', issues))
  if (!version.ok) return version
  return arrived({ params, query: query.value, body: body.value, dryRun: dryRun === 'true', version: version.value })
}

function headerIssues(request: FastifyRequest): Issue[] {
  const patterns = [['idempotency-key', KEY], ['plan-digest', DIGEST]] as const
  return patterns.flatMap(([path, pattern]) => {
    const value = headerOf(request, path)
    return value === null || pattern.test(value) ? [] : [{ code: 'field.invalid', path }]
  })
}

function versionOf(request: FastifyRequest, entry: Endpoint): Result<number | null, Failure> {
  const header = headerOf(request, 'if-match')
  if (header === null) return entry.version === 'required' ? failed(failure('version.required')) : arrived(null)
  const digits = ETAG.exec(header)?.[1]
  return digits === undefined ? failed(failure('request.invalid', [{ code: 'field.invalid', path: 'if-match' }])) : arrived(Number(digits))
}

/** The media type of the body, without parameters. */
export const mediaTypeOf = (request: FastifyRequest): string => (headerOf(request, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

function parseBody(request: FastifyRequest, key: EndpointKey, entry: Endpoint): Result<unknown, Failure> {
  const bytes = request.body instanceof Uint8Array ? request.body : null
  if (entry.method === 'GET') return arrived(undefined)
  if (entry.body === 'bytes') {
    if (!(FILE_TYPES_OF[key] ?? FILE_TYPES).includes(mediaTypeOf(request))) return failed(failure('request.media_type'))
    return arrived(bytes ?? new Uint8Array())
  }
  if (bytes === null || bytes.length === 0) return entry.body === undefined || entry.bodyOptional ? arrived(undefined) : parseInput(entry.body, {})
  if (mediaTypeOf(request) !== 'application/json') return failed(failure('request.media_type'))
  const text = decodeUtf8(bytes)
  const json = text === null ? failed(failure('request.invalid', [{ code: 'field.invalid', path: '' }])) : parseJsonBody(text)
  return json.ok ? parseInput(entry.body ?? NO_KEYS, json.value) : json
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
