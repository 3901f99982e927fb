import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createOpenDownload } from './actions/downloads/downloads'
import { createHandlers } from './actions/handlers'
import { createDomainServices } from './domains/services'
import { buildApp } from './http/app'
import { OUTLOOK_HOSTS } from './http/headers'
import { createLimiter, DEMO_FACTOR } from './http/limits'
import { createLogger } from './http/logger'
import { createMetrics } from './http/metrics'
import type { PageConfig } from './http/page'
import { shareStreams, type SharedStreams } from './http/shared-streams'
import { createStreams, type Streams } from './http/stream'
import { createTraffic } from './http/traffic'
import { readAddress } from './identity/address'
import { createDirectory } from './identity/directory'
import { createVerifier } from './identity/verify'
import { keepLeft } from './imports/keeping'
import { createImportReader } from './imports/reader'
import { startBackgroundThread } from './jobs/background.thread'
import { wakeAfterChanges } from './jobs/waking'
import { createPayment } from './payment/create'
import { addressIn } from './mail/smtp'
import { wordsOf } from './mail/words'
import { outboxState } from './mail/outbox'
import { publishChanges } from './http/changes'
import type { Settings } from './settings'
import { isUnavailable } from './store/database'
import { newId } from './store/ids'
import { openPersistence, type Persistence, type PersistenceProblem } from './persistence'

/** A server that answers. `addresses` are for the operator's terminal, the one to open first. */
export type RunningServer = { addresses: { label: string; url: string }[]; port: number; stop: () => Promise<void> }

/** What a program is started with; `distDir` holds the built fronts. */
export type ProgramOptions = { settings: Settings; distDir: string; onLost: (problem: string) => void }

const clock = (): Date => new Date()

/** Starts everything, in order, and stops what was started when a later step is refused. */
export async function startServer(options: ProgramOptions): Promise<{ ok: true; server: RunningServer } | { ok: false; problem: PersistenceProblem }> {
  const { settings, distDir } = options
  const logger = createLogger(settings.logLevel)
  const persistence = await openPersistence({ settings, clock, onLost: options.onLost, onError: () => logger.warn('a connection to the store was lost') })
  if (!persistence.ok) return persistence
  const streams = createStreams()
  const shared = shareWithOthers(streams, settings, persistence)
  const published = publishChanges(persistence.store, shared.publish)
  const traffic = createTraffic()
  const demo = settings.mode === 'demo' ? await (await import('./demo/demo')).openDemo({ settings, store: published, connection: persistence.connection, clock, newId }) : null
  const imports = keepLeft(createImportReader(join(distDir, 'server/import.worker.js')))
  const domains = createDomainServices(settings)
  const payment = await createPayment(settings, logger)
  const background = startBackgroundThread({
    workerFile: join(distDir, 'server/background.worker.js'),
    start: { settings, smtpUrl: settings.smtpUrl ?? demo?.smtpUrl ?? '', connection: persistence.connection, waiting: traffic.waiting },
    publish: shared.publish, onLost: options.onLost, logger,
  })
  const store = wakeAfterChanges(published, background.wake)
  const directory = createDirectory(store)
  const actions = { store, directory, domains, imports, payment, ownSender: readAddress(addressIn(settings.mailFrom))?.key ?? null, limitFactor: demo === null ? 1 : DEMO_FACTOR, breathe: traffic.breathe }
  const surroundings = { isDemo: demo !== null, isHttps: settings.publicUrl.startsWith('https:'), identityOrigins: originsOf(settings), frameHosts: OUTLOOK_HOSTS }
  const phrase = (language: string, code: string): string => wordsOf(language).code(code)
  const app = await buildApp({
    verifier: createVerifier(demo === null ? settings.identityProviders : [demo.provider, ...settings.identityProviders]),
    directory,
    handlers: createHandlers(actions),
    openDownload: createOpenDownload(actions),
    limiter: createLimiter(demo === null ? 1 : DEMO_FACTOR),
    phrase,
    clock,
    streams,
    corsOrigins: demo === null ? [settings.publicUrl] : [settings.publicUrl, `http://127.0.0.1:${settings.port}`],
    logger,
    metrics: createMetrics(),
    traffic,
    gauges: async () => ({ outbox_waiting: (await outboxState(store)).waiting, streams_open: streams.count(), resident_bytes: process.memoryUsage.rss() }),
    isReady: async () => (await store.system((db) => db.selectFrom('plans').select('id').limit(1).execute())).length > 0,
    isUnavailable,
    metricsToken: settings.metricsToken,
    publicUrl: settings.publicUrl,
    pages: { distDir, config: pageConfigOf(settings, demo?.pageIdentity ?? null), surroundings },
    registerDemo: demo === null ? null : (instance) => demo.register(instance, { surroundings, phrase }),
  })
  const stop = async (): Promise<void> => {
    await app.close()
    await background.stop()
    await demo?.close()
    await shared.stop()
    await persistence.close()
  }
  try {
    await app.listen({ port: settings.port, host: settings.host })
  } catch (error) {
    await stop()
    return { ok: false, problem: { code: 'server.port_taken', detail: describeListen(error, settings) } }
  }
  const { port } = app.server.address() as AddressInfo
  return { ok: true, server: { addresses: addressesOf(settings), port, stop } }
}

/** Only on a database of its own is a server sure to be alone. */
function shareWithOthers(streams: Streams, { databaseUrl }: Settings, { connection, store }: Extract<Persistence, { ok: true }>): SharedStreams {
  if (databaseUrl === null) return { publish: streams.publish, stop: async () => undefined }
  return shareStreams(streams, { connection, store, serverId: newId() })
}

function describeListen(error: unknown, { host, port }: Settings): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return code === 'EADDRINUSE' ? `port ${port} is taken: choose another PORT` : `cannot listen on ${host}:${port} (${code})`
}

const originsOf = ({ identityProviders }: Settings): string[] =>
  [...new Set(identityProviders.filter(({ kind }) => kind !== 'google').map(({ issuer }) => new URL(issuer).origin))]

function pageConfigOf(settings: Settings, demoIdentity: PageConfig['identity']): PageConfig {
  const provider = settings.identityProviders.find(({ kind, clientId }) => kind !== 'google' && clientId !== undefined)
  const configured = provider?.clientId === undefined ? null : { kind: provider.kind, authority: provider.issuer, clientId: provider.clientId, scope: scopeOf(provider), metadata: null }
  return { publicUrl: settings.publicUrl, mode: settings.mode, supportUrl: settings.supportUrl, messageOrigin: settings.messageOrigin, identity: demoIdentity ?? configured }
}

/** A scope as it is asked for: Microsoft wants it under the name of the API. */
function scopeOf({ kind, audience, scope = 'access' }: Settings['identityProviders'][number]): string {
  if (kind !== 'microsoft' || scope.includes('/')) return scope
  return `api://${audience}/${scope}`
}

function addressesOf({ publicUrl, mode }: Settings): { label: string; url: string }[] {
  const own = [{ label: 'Outlook add-in', url: `${publicUrl}/outlook/taskpane.html` }, { label: 'API', url: `${publicUrl}/docs` }]
  return mode === 'demo' ? [{ label: 'Preview', url: `${publicUrl}/` }, ...own, { label: 'Gmail add-on', url: `${publicUrl}/gmail/` }] : [{ label: 'Server', url: `${publicUrl}/healthz` }, ...own]
}

/** Resolves with the first of the signals that ask a program to end. */
export async function untilAsked(): Promise<void> {
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
}
