import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { contract } from '../../shared/api/contract'
import type { Endpoint } from '../../shared/api/endpoint'
import { ERROR_STATUS, ALL_ISSUE_CODES, type ServerErrorCode } from '../../shared/errors'

type Json = Record<string, unknown>

/** Refusals that any endpoint may answer. */
const COMMON_ERRORS = ['request.invalid', 'limit.reached', 'server.busy', 'server.failed'] as const satisfies readonly ServerErrorCode[]
const AUTH_ERRORS = ['auth.required', 'auth.invalid', 'auth.expired'] as const satisfies readonly ServerErrorCode[]
const VIEWER_ERRORS = ['auth.unknown_identity', 'auth.suspended'] as const satisfies readonly ServerErrorCode[]

/** The contract as OpenAPI 3.1: generated, so that it cannot differ from what is served. */
export function toOpenApi(origin: string): Json {
  const paths: Record<string, Json> = {}
  for (const [key, entry] of Object.entries(contract) as [string, Endpoint][]) {
    paths[entry.path] = { ...paths[entry.path], [entry.method.toLowerCase()]: operationOf(key, entry) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Orgdesk', version: '1' },
    servers: [{ url: origin }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: PROBLEM_SCHEMA },
    },
    paths,
  }
}

const PROBLEM_SCHEMA: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'issues', 'requestId'],
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { enum: Object.keys(ERROR_STATUS) }, requestId: { type: 'string' }, extra: {},
    issues: { type: 'array', items: { type: 'object', required: ['code', 'path'], properties: { code: { enum: ALL_ISSUE_CODES }, path: { type: 'string' }, params: { type: 'object' } } } },
  },
}

const schemaOf = (schema: v.GenericSchema, typeMode: 'input' | 'output'): Json => {
  const json: Json = { ...toJsonSchema(schema, { errorMode: 'ignore', typeMode }) }
  delete json['$schema']
  return json
}

function operationOf(key: string, entry: Endpoint): Json {
  return {
    operationId: key,
    summary: entry.summary,
    ...(entry.who === 'anyone' ? {} : { security: [{ bearer: [] }] }),
    parameters: parametersOf(entry),
    ...(entry.body === undefined ? {} : { requestBody: { required: entry.bodyOptional !== true, content: bodyOf(entry.body) } }),
    responses: { [String(entry.status ?? 200)]: replyOf(entry.reply), ...problemsOf(entry) },
  }
}

function parametersOf(entry: Endpoint): Json[] {
  const inPath = [...entry.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  const inQuery = entry.query === undefined ? [] : Object.entries((schemaOf(entry.query, 'input').properties ?? {}) as Json).map(([name, schema]) => ({ name, in: 'query', schema }))
  const header = (name: string, required = false): Json => ({ name, in: 'header', required, schema: { type: 'string' } })
  return [
    ...inPath,
    ...inQuery,
    ...(entry.planned ? [{ name: 'dry_run', in: 'query', schema: { enum: ['true', 'false'] } }, header('Plan-Digest')] : []),
    ...(entry.version === undefined ? [] : [header('If-Match', entry.version === 'required')]),
    ...(entry.method === 'GET' ? [] : [header('Idempotency-Key')]),
    ...(entry.who === 'user' || entry.who === 'identity' ? [header('Orgdesk-Organization')] : []),
  ]
}

function bodyOf(body: NonNullable<Endpoint['body']>): Json {
  if (body !== 'bytes') return { 'application/json': { schema: schemaOf(body, 'input') } }
  return { 'text/csv': {}, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {} }
}

function replyOf(reply: Endpoint['reply']): Json {
  if (reply === 'none') return { description: 'Done' }
  if (reply === 'csv') return { description: 'A file', content: { 'text/csv': {} } }
  if (reply === 'file') return { description: 'A file', content: { 'text/csv': {}, 'application/octet-stream': {} } }
  if (reply === 'stream') return { description: 'Server-sent events', content: { 'text/event-stream': {} } }
  return { description: 'Done', content: { 'application/json': { schema: schemaOf(reply, 'output') } } }
}

function problemsOf(entry: Endpoint): Json {
  const codes = new Set<ServerErrorCode>([...COMMON_ERRORS, ...(entry.who === 'anyone' ? [] : AUTH_ERRORS), ...(entry.who === 'user' ? VIEWER_ERRORS : []), ...(entry.version === 'required' ? (['version.required'] as const) : []), ...entry.errors])
  const statuses = [...new Set([...codes].map((code) => ERROR_STATUS[code]))]
  const describe = (status: number): string => [...codes].filter((code) => ERROR_STATUS[code] === status).join(', ')
  return Object.fromEntries(statuses.map((status) => [String(status), { description: describe(status), content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }]))
}
