import { Writable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { PERMISSIONS } from '../../shared/access/permissions'
import { failure } from '../../shared/errors'
import { arrived, failed } from '../../shared/kit/result'
import { buildApp, type AppDeps } from '../../server/http/app'
import type { Handlers } from '../../server/http/handler'
import { OUTLOOK_HOSTS } from '../../server/http/headers'
import { createLimiter } from '../../server/http/limits'
import { createLogger } from '../../server/http/logger'
import { createMetrics } from '../../server/http/metrics'
import { createStreams } from '../../server/http/stream'
import { createTraffic } from '../../server/http/traffic'
import type { Identity } from '../../server/identity/identity'
import type { Viewer } from '../../server/identity/viewer'

/** A server over HTTP whose people are words: the token `owner` is the owner, `stranger` a valid identity of nobody. */
export type TestApp = { app: FastifyInstance; log: () => string; deps: AppDeps }

export const OWNER: Viewer = {
  userId: '01890000-0000-7000-8000-000000000001', organizationId: '01890000-0000-7000-8000-0000000000aa', email: 'owner@acme.example', name: 'Olive Owner', role: 'org_admin', permissions: PERMISSIONS, language: 'en',
}

const identityOf = (subject: string): Identity => ({ kind: 'oidc', issuer: 'https://issuer.example', subject, tenant: null, email: `${subject}@acme.example`, proof: 'issuer', expiresAt: 4_000_000_000 })

/** Builds the app with the handlers given; every other one fails when it is called. */
export async function buildTestApp(handlers: Partial<Handlers> = {}, more: Partial<AppDeps> = {}): Promise<TestApp> {
  const lines: string[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => { lines.push(String(chunk)); done() } })
  const surroundings = { isDemo: false, isHttps: true, identityOrigins: ['https://login.example'], frameHosts: OUTLOOK_HOSTS }
  const deps: AppDeps = {
    verifier: { verify: async (token) => (token === 'broken' ? failed(failure('auth.invalid')) : arrived(identityOf(token))) },
    directory: {
      enter: async ({ subject }) => (subject === 'owner' ? arrived(OWNER) : failed(failure(subject === 'suspended' ? 'auth.suspended' : 'auth.unknown_identity'))),
      lookUp: async () => OWNER,
      organizations: async () => [],
      serviceKey: async (key) => (key === 'service' ? OWNER.organizationId : null),
    },
    // Only what a test gives is called.
    handlers: handlers as Handlers,
    openDownload: async () => ({ ok: false, failure: failure('not_found') }),
    limiter: createLimiter(1),
    phrase: (locale, code) => `${locale}:${code}`,
    clock: () => new Date('2026-03-02T09:00:00.000Z'),
    streams: createStreams(),
    corsOrigins: ['https://orgdesk.example'],
    logger: createLogger('trace', sink),
    metrics: createMetrics(),
    traffic: createTraffic(),
    gauges: async () => ({}),
    isReady: async () => true,
    isUnavailable: () => false,
    metricsToken: null,
    publicUrl: 'https://orgdesk.example',
    pages: { distDir: '/nonexistent', config: { publicUrl: 'https://orgdesk.example', mode: 'production', supportUrl: null, messageOrigin: null, identity: null }, surroundings },
    registerDemo: null,
    ...more,
  }
  return { app: await buildApp(deps), log: () => lines.join(''), deps }
}

/** Headers of a signed-in JSON request. */
export const as = (token: string, more: Record<string, string> = {}): Record<string, string> => ({ authorization: `Bearer ${token}`, ...more })
