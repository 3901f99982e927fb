import type { FastifyInstance } from 'fastify'
import type { Surroundings } from '../http/headers'
import type { PageConfig } from '../http/page'
import type { Phrase } from '../http/problem'
import type { TrustedProvider } from '../identity/verify'
import type { Settings } from '../settings'
import type { Store } from '../store/store'
import { ensureDemoKeys } from './keys'
import { openMailbox } from './mailbox'
import { deliverDemoMails } from './mails'
import { createProvider, type DemoProvider } from './provider'
import { registerDemoRoutes } from './routes'
import { seedDemo } from './seed'
import { demoIssuer, demoProvider, DEMO_CLIENT_ID, DEMO_SCOPE } from './token'

/** All that the demo adds to a server. Nothing of it is loaded in production. */
export type Demo = {
  smtpUrl: string
  provider: TrustedProvider
  pageIdentity: PageConfig['identity']
  register(app: FastifyInstance, more: { surroundings: Surroundings; phrase: Phrase }): Promise<void>
  close(): Promise<void>
}

type Options = { settings: Settings; store: Store; clock: () => Date; newId: () => string }

/** Opens the demo: its data on first use, its mailbox, its keys; its provider when somebody signs in. */
export async function openDemo({ settings, store, clock, newId }: Options): Promise<Demo> {
  const { dataDir, publicUrl } = settings
  const keys = await ensureDemoKeys(dataDir)
  await seedDemo(store, { users: settings.demoUsers, events: settings.demoEvents }, clock())
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

/** What the provider says of itself, told without starting it. */
function metadataOf(publicUrl: string): Record<string, unknown> {
  const issuer = demoIssuer(publicUrl)
  return { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, end_session_endpoint: `${issuer}/session/end` }
}
