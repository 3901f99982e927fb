import { randomBytes, timingSafeEqual, createHash } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { contract } from '../../shared/api/contract'
import type { Endpoint } from '../../shared/api/endpoint'
import { failure, type Failure } from '../../shared/errors'
import { headerOf, localeFor } from './caller'
import { registerCheckoutPages } from './checkout.page'
import { corsHeaders, preflightHeaders } from './cors'
import { docsPage } from './docs'
import { registerDownloads, type DownloadsDeps } from './downloads'
import { contentPolicy, fixedHeaders } from './headers'
import { describeError } from './logger'
import type { Metrics } from './metrics'
import { toOpenApi } from './openapi'
import { newNonce, sendHtml } from './page'
import { registerPages, type PagesDeps } from './pages'
import { sendFailure } from './respond'
import { registerRoutes, type RouteDeps } from './routes'
import type { Traffic } from './traffic'

/** Everything that the server over HTTP is made of. */
export type AppDeps = RouteDeps & DownloadsDeps & {
  logger: Logger
  metrics: Metrics
  traffic: Traffic
  /** Numbers to show beside the counted ones, by name. */
  gauges: () => Promise<Record<string, number>>
  /** Whether the store answers. */
  isReady: () => Promise<boolean>
  /** Whether a failure means that the store cannot be reached just now. */
  isUnavailable: (error: unknown) => boolean
  /** Lets others than this machine read `/metrics`; null lets nobody. */
  metricsToken: string | null
  publicUrl: string
  pages: PagesDeps
  /** Routes of the demo; null in production. */
  registerDemo: ((app: FastifyInstance) => Promise<void>) | null
}

const REQUEST_TIMEOUT_MS = 60_000
const MAX_PARAM_LENGTH = 256
const NOT_OURS = ['FST_ERR_BAD_URL', 'FST_ERR_MAX_PARAM_LENGTH', 'FST_ERR_NOT_FOUND']
const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/

declare module 'fastify' {
  // The pattern of a route of the contract: the only form of an address that is logged or counted.
  interface FastifyContextConfig { pattern?: string }
}

/** The server over HTTP, not yet listening. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    genReqId: (request) => {
      const given = request.headers['x-request-id']
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomBytes(12).toString('base64url')
    },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    // What the router itself cannot read comes past every hook.
    frameworkErrors: (error, request, reply) => {
      reply.headers({ ...fixedHeadersOf(deps), 'x-request-id': request.id })
      return sendFailure(request, reply, failureOf(error, request, deps), localeFor(request, null), deps.phrase)
    },
  })
  takeBodiesAsBytes(app)
  deps.traffic.watch(app)
  addHeaders(app, deps)
  addLog(app, deps)
  app.setErrorHandler((error, request, reply) => sendFailure(request, reply, failureOf(error, request, deps), localeFor(request, null), deps.phrase))
  app.setNotFoundHandler((request, reply) => notFound(request, reply, deps))
  registerRoutes(app, deps)
  registerDownloads(app, deps)
  registerOperations(app, deps)
  registerCheckoutPages(app, deps.pages.surroundings)
  await registerPages(app, deps.pages)
  await deps.registerDemo?.(app)
  app.addHook('preClose', async () => deps.streams.close())
  return app
}

/** What a body is gets decided by its endpoint, after who sent it. */
function takeBodiesAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

const fixedHeadersOf = ({ pages: { surroundings } }: AppDeps) => ({ ...fixedHeaders(surroundings), 'content-security-policy': contentPolicy('api', '', surroundings), 'cache-control': 'no-store' })

function addHeaders(app: FastifyInstance, deps: AppDeps): void {
  const fixed = fixedHeadersOf(deps)
  app.addHook('onRequest', async (request, reply) => {
    const origin = headerOf(request, 'origin') ?? undefined
    reply.headers({ ...fixed, ...corsHeaders(origin, deps.corsOrigins), 'x-request-id': request.id })
    if (request.method !== 'OPTIONS' || request.url.startsWith('/oidc/')) return
    const preflight = preflightHeaders(origin, deps.corsOrigins)
    if (preflight !== null) return reply.code(204).headers(preflight).send()
  })
}

/** One line for each request: never its query, body or headers. */
function addLog(app: FastifyInstance, { logger, metrics }: AppDeps): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.config.pattern ?? request.routeOptions.url ?? 'none'
    const label = `${request.method} ${route}`
    metrics.answered(label, reply.statusCode, reply.elapsedTime / 1000)
    logger.info({ requestId: request.id, route: label, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered')
  })
}

function failureOf(error: unknown, request: FastifyRequest, { logger, isUnavailable }: AppDeps): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return failure('request.too_large')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return failure('request.media_type')
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH' || code === 'ECONNRESET') return failure('request.invalid', [{ code: 'field.invalid', path: '' }])
  if (NOT_OURS.includes(code)) return failure('not_found')
  if (isUnavailable(error)) {
    logger.warn({ requestId: request.id, error: describeError(error) }, 'store unavailable')
    return failure('server.busy')
  }
  logger.error({ requestId: request.id, error: describeError(error) }, 'failed')
  return failure('server.failed')
}

const PATTERNS = Object.values(contract).map(({ method, path }: Endpoint) => ({ method, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }))

function notFound(request: FastifyRequest, reply: FastifyReply, deps: AppDeps): FastifyReply {
  const path = request.url.split('?')[0] ?? ''
  const methods = PATTERNS.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
  if (methods.length === 0) return sendFailure(request, reply, failure('not_found'), localeFor(request, null), deps.phrase)
  return sendFailure(request, reply.header('allow', methods.join(', ')), failure('method.unsupported'), localeFor(request, null), deps.phrase)
}

function registerOperations(app: FastifyInstance, deps: AppDeps): void {
  const openApi = JSON.stringify(toOpenApi(deps.publicUrl))
  app.get('/openapi.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send(openApi))
  app.get('/docs', async (_request, reply) => {
    const nonce = newNonce()
    return sendHtml(reply, docsPage(nonce), 'docs', nonce, deps.pages.surroundings)
  })
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (request, reply) => {
    if (await deps.isReady().catch(() => false)) return { status: 'ready' }
    return sendFailure(request, reply, failure('server.busy'), localeFor(request, null), deps.phrase)
  })
  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, deps.metricsToken)) return sendFailure(request, reply, failure('not_found'), localeFor(request, null), deps.phrase)
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(deps.metrics.text(await deps.gauges()))
  })
}

/** From this machine, unless a proxy on it speaks for somebody else; or with the token. */
function mayReadMetrics(request: FastifyRequest, token: string | null): boolean {
  const isForwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip'].some((name) => request.headers[name] !== undefined)
  if (!isForwarded && /^(::1|(::ffff:)?127\.)/.test(request.ip)) return true
  const given = /^Bearer (.+)$/.exec(headerOf(request, 'authorization') ?? '')?.[1]
  return token !== null && given !== undefined && timingSafeEqual(digest(given), digest(token))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
