import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '../http/headers'
import type { PageConfig } from '../http/page'
import type { Phrase } from '../http/problem'
import type { TrustedProvider } from '../identity/verify'
import type { Settings } from '../settings'
import type { StoreConnection } from '../store/database'
import type { Store } from '../store/store'
import { ensureWords, loadWithoutWords } from '../store/words'
import { ensureDemoKeys } from './keys'
import { openMailbox } from './mailbox'
import { deliverDemoMails } from './mails'
import { createProvider, type DemoProvider } from './provider'
import { registerDemoRoutes } from './routes'
import { isEmpty, seedDemo } from './seed'
import { demoIssuer, demoProvider, DEMO_CLIENT_ID, DEMO_SCOPE } from './token'

/** All that the demo adds to a server. Nothing of it is loaded in production. */
export type Demo = {
  smtpUrl: string
  provider: TrustedProvider
  pageIdentity: PageConfig['identity']
  register(app: FastifyInstance, more: { surroundings: Surroundings; phrase: Phrase }): Promise<void>
  close(): Promise<void>
}

type Options = { settings: Settings; store: Store; connection: StoreConnection; clock: () => Date; newId: () => string }

/** From here on a log is loaded without its index of words. */
const LONG_LOG = 50_000

/** Opens the demo: its data on first use, its mailbox, its keys; its provider when somebody signs in. */
export async function openDemo({ settings, store, connection, clock, newId }: Options): Promise<Demo> {
  const { dataDir, publicUrl } = settings
  const keys = await ensureDemoKeys(dataDir)
  await fill({ settings, store, connection, clock })
  const mailbox = await openMailbox(dataDir, clock)
  if (mailbox.count() === 0) await deliverDemoMails(mailbox, settings.messageOrigin, clock())
  let provider: Promise<DemoProvider> | null = null
  const lazyProvider = (): Promise<DemoProvider> => (provider ??= createProvider(publicUrl, keys))
  return {
    smtpUrl: mailbox.smtpUrl,
    provider: demoProvider(publicUrl, keys),
    pageIdentity: { kind: 'oidc', authority: demoIssuer(publicUrl), clientId: DEMO_CLIENT_ID, scope: DEMO_SCOPE, metadata: metadataOf(publicUrl) },
    register: (app, more) => registerDemoRoutes(app, { publicUrl, keys, mailbox, provider: lazyProvider, clock, newId, ...more }),
    close: () => mailbox.close(),
  }
}

async function fill({ settings, store, connection, clock }: Omit<Options, 'newId'>): Promise<void> {
  const seed = async (): Promise<void> => void await seedDemo(store, { users: settings.demoUsers, events: settings.demoEvents }, clock())
  if ((settings.demoEvents ?? 0) < LONG_LOG || !(await isEmpty(store))) {
    await seed()
    return ensureWords(connection)
  }
  await loadWithoutWords(connection, seed)
}

/** What the provider says of itself, told without starting it. */
function metadataOf(publicUrl: string): Record<string, unknown> {
  const issuer = demoIssuer(publicUrl)
  return { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, end_session_endpoint: `${issuer}/session/end` }
}
