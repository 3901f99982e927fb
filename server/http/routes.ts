import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { contract, type EndpointKey } from '../../shared/api/contract'
import type { Endpoint } from '../../shared/api/endpoint'
import { failure, type Failure } from '../../shared/errors'
import { IMPORT_MAX_BYTES } from '../../shared/imports/limits.model'
import type { Locale } from '../../shared/kit/locale'
import { arrived, failed, type Result } from '../../shared/kit/result'
import { actorOf, clientOf, findCaller, headerOf, localeFor, type Caller, type CallerDeps } from './caller'
import type { FileAnswer, Handlers, Outcome, Repeat, RequestBasics } from './handler'
import type { Limiter } from './limits'
import { mediaTypeOf, parseRequest, type Parsed } from './request'
import type { Phrase } from './problem'
import { sendFailure, sendFile } from './respond'
import { openStream, type Streams } from './stream'
import type { Viewer } from '../identity/viewer'

/** What the routes of the contract need. */
export type RouteDeps = CallerDeps & { handlers: Handlers; limiter: Limiter; phrase: Phrase; clock: () => Date; streams: Streams; corsOrigins: readonly string[] }

const JSON_LIMIT_BYTES = 1024 * 1024
/** Where more than a form is sent at once, and where anybody may send what is no file. */
const BODY_LIMITS: Partial<Record<EndpointKey, number>> = { 'ingest.events': 8 * 1024 * 1024, 'billing.stripe_webhook': JSON_LIMIT_BYTES }


type State = { caller: Caller; now: Date; locale: Locale }
type Loose = (input: { params: unknown; query: unknown; body: unknown }, ctx: RequestBasics & Caller) => Promise<Outcome<unknown>>

/** Registers every endpoint of the contract. */
export function registerRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const inFlight = new Set<string>()
  for (const key of Object.keys(contract) as EndpointKey[]) {
    const entry: Endpoint = contract[key]
    const states = new WeakMap<FastifyRequest, State>()
    app.route({
      method: entry.method,
      url: entry.path.replace(/\{(\w+)\}/g, ':$1'),
      config: { pattern: entry.path },
      exposeHeadRoute: false,
      bodyLimit: BODY_LIMITS[key] ?? (entry.body === 'bytes' ? IMPORT_MAX_BYTES : JSON_LIMIT_BYTES),
      // Before the body: nobody unknown makes the server read megabytes.
      onRequest: async (request, reply) => {
        const admitted = await admit(request, entry, deps)
        if (!admitted.ok) return sendFailure(request, reply, admitted.failure, localeFor(request, null), deps.phrase)
        states.set(request, admitted.value)
      },
      handler: async (request, reply) => {
        const state = states.get(request)
        if (state === undefined) throw new Error('a request came past its admission')
        if (key === 'stream.read') return stream(request, reply, state, deps)
        const outcome = await answer(request, key, state, deps, inFlight)
        if (!outcome.ok) return sendFailure(request, reply, outcome.failure, state.locale, deps.phrase)
        return send(reply, entry, outcome)
      },
    })
  }
}

/** The stream outlives its token by nothing, and its viewer's account by nothing. */
function stream(request: FastifyRequest, reply: FastifyReply, { caller, locale }: State, deps: RouteDeps): FastifyReply {
  const { viewer, identity } = caller
  if (viewer === null || identity === null) return sendFailure(request, reply, failure('auth.required'), locale, deps.phrase)
  const refresh = async (): Promise<Viewer | null> => {
    if (identity.expiresAt * 1000 <= deps.clock().getTime()) return null
    return deps.directory.lookUp(identity, viewer.organizationId)
  }
  return openStream(request, reply, deps.streams, { viewer, refresh }, deps.corsOrigins)
}

async function admit(request: FastifyRequest, entry: Endpoint, deps: RouteDeps): Promise<Result<State, Failure>> {
  const now = deps.clock()
  const kind = entry.method === 'GET' ? 'read' : 'write'
  const found = await findCaller(request, entry, deps, now)
  const waitS = deps.limiter.take(found.ok ? actorOf(found.value, request.ip) : `refused ${request.ip}`, kind, now.getTime())
  if (waitS !== null) return failed({ code: 'limit.reached', issues: [], retryAfterS: waitS })
  return found.ok ? arrived({ caller: found.value, now, locale: localeFor(request, found.value.viewer) }) : found
}

async function answer(request: FastifyRequest, key: EndpointKey, state: State, deps: RouteDeps, inFlight: Set<string>): Promise<Outcome<unknown>> {
  const entry: Endpoint = contract[key]
  const input = parseRequest(request, key, entry)
  if (!input.ok) return input
  if (key === 'stream.read') throw new Error('a stream is answered by itself')
  const ctx: RequestBasics & Caller = { ...state.caller, ...basicsOf(request, state, input.value), repeat: repeatOf(request, entry, state.caller) }
  // The table of handlers is typed by key; the loop over the contract knows keys only as a union.
  const handler = deps.handlers[key] as unknown as Loose
  if (ctx.repeat === null) return handler(input.value, ctx)
  const flight = JSON.stringify([ctx.repeat.actor, ctx.repeat.route, ctx.repeat.key])
  if (inFlight.has(flight)) return failed(failure('idempotency.in_flight'))
  inFlight.add(flight)
  try {
    return await handler(input.value, ctx)
  } finally {
    inFlight.delete(flight)
  }
}

function basicsOf(request: FastifyRequest, state: State, parsed: Parsed): Omit<RequestBasics, 'repeat'> {
  return {
    requestId: request.id,
    ip: request.ip,
    client: clientOf(request, state.caller.identity),
    locale: state.locale,
    now: state.now,
    version: parsed.version,
    dryRun: parsed.dryRun,
    digest: headerOf(request, 'plan-digest'),
    signature: headerOf(request, 'stripe-signature'),
    mediaType: mediaTypeOf(request),
  }
}

/** What makes two requests the same: sender, address, body and the headers that change its meaning. */
function repeatOf(request: FastifyRequest, entry: Endpoint, caller: Caller): Repeat | null {
  const key = headerOf(request, 'idempotency-key')
  if (key === null || entry.method === 'GET') return null
  const hash = createHash('sha256').update(JSON.stringify([request.url, headerOf(request, 'if-match'), headerOf(request, 'plan-digest')]))
  if (request.body instanceof Uint8Array) hash.update(request.body)
  return { actor: actorOf(caller, request.ip), route: `${entry.method} ${entry.path}`, key, bodyHash: hash.digest('base64url') }
}

function send(reply: FastifyReply, entry: Endpoint, outcome: Extract<Outcome<unknown>, { ok: true }>): FastifyReply {
  if ('planned' in outcome) return reply.code(200).send(outcome.planned)
  const status = entry.status ?? 200
  if (entry.reply === 'none' || entry.reply === 'stream') return reply.code(status).send()
  if (entry.reply === 'csv' || entry.reply === 'file') return sendFile(reply, status, outcome.value as FileAnswer)
  // A reply that its own schema refuses is a bug of the handler.
  return reply.code(status).send(v.parse(entry.reply, outcome.value))
}
