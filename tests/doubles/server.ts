import type { FastifyInstance } from 'fastify'
import type { Insertable } from 'kysely'
import { createOpenDownload } from '../../server/actions/downloads/downloads'
import { createHandlers } from '../../server/actions/handlers'
import type { LookUp } from '../../server/domains/dns'
import { createDomainLists } from '../../server/domains/lists'
import { createDirectory } from '../../server/identity/directory'
import { keepLeft } from '../../server/imports/keeping'
import { createImportReader } from '../../server/imports/reader'
import { MANUAL, type Payment } from '../../server/payment/payment'
import { createVerifier, type TrustedProvider } from '../../server/identity/verify'
import { newId } from '../../server/store/ids'
import type { Store } from '../../server/store/store'
import type { Database } from '../../server/store/tables'
import { publishChanges } from '../../server/http/changes'
import { shareStreams } from '../../server/http/shared-streams'
import { createStreams, type Streams } from '../../server/http/stream'
import { createTraffic, type Traffic } from '../../server/http/traffic'
import { buildTestApp } from './app'
import { NOW, openStoreBeside, openTestStore, type TestStore } from './store'
import { createSigner, type TokenSigner } from './tokens'

/** The real handlers on a real store, with an identity provider of the test's own and a clock that a test moves. */
export type TestServer = {
  app: FastifyInstance
  /** What the server has logged so far. */
  log: () => string
  store: TestStore
  streams: Streams
  signer: TokenSigner
  traffic: Traffic
  /** A token for the person of an address, as their provider gives it; claims of the test come last. */
  tokenFor: (email: string, claims?: Record<string, unknown>) => Promise<string>
  setNow: (now: Date) => void
  close: () => Promise<void>
}

export const ISSUER = 'https://issuer.example'
/** Where the mails of test servers come from. */
export const OWN_SENDER = 'no-reply@orgdesk.example'
const AUDIENCE = 'urn:orgdesk:api'

/** DNS that never answers, for tests that do not ask it. */
const nowhere: LookUp = async () => ({ outcome: 'timed_out', atHost: [], elsewhere: [] })

/** Opens a fresh store and a server on it, or one more server `beside` another on its store, known to the same people; `importWorker` is the built file of the reading thread, without which files are read in place; `guard` may take away what protects organizations from each other. */
export async function openTestServer({ beside, importWorker = null, poolSize, lookUp = nowhere, payment = MANUAL, guard = (store) => store }: { beside?: TestServer; importWorker?: string | null; poolSize?: number; lookUp?: LookUp; payment?: Payment; guard?: (store: Store) => Store } = {}): Promise<TestServer> {
  const store = beside === undefined ? await openTestStore({ poolSize }) : await openStoreBeside(beside.store)
  const signer = beside?.signer ?? await createSigner('ES256', 'test-1')
  const provider: TrustedProvider = { kind: 'oidc', issuer: ISSUER, audience: AUDIENCE, jwks: `${ISSUER}/keys`, provesEmail: true, keys: signer.keys }
  let now = NOW
  const streams = createStreams()
  const shared = shareStreams(streams, { connection: store.connection, store, serverId: newId() })
  const published = publishChanges(guard(store), shared.publish)
  const traffic = createTraffic()
  const directory = createDirectory(published)
  const imports = keepLeft(createImportReader(importWorker))
  const domains = { lists: createDomainLists('https://orgdesk.example'), lookUp }
  const actions = { store: published, directory, domains, imports, payment, ownSender: OWN_SENDER, limitFactor: 1, breathe: traffic.breathe }
  const { app, log } = await buildTestApp(createHandlers(actions), { openDownload: createOpenDownload(actions), verifier: createVerifier([provider]), directory, clock: () => now, streams, traffic })
  return {
    app,
    log,
    store: { ...store, ...published },
    streams,
    signer,
    traffic,
    tokenFor: (email, claims = {}) => signer.sign({ iss: ISSUER, aud: AUDIENCE, sub: email, email, email_verified: true, jti: newId(), iat: NOW.getTime() / 1000, exp: NOW.getTime() / 1000 + 86_400 * 3650, ...claims }),
    setNow: (moment) => { now = moment },
    close: async () => {
      await app.close()
      await shared.stop()
      await store.drop()
    },
  }
}

type UserRow = Insertable<Database['users']>

/** Adds a user without any rule; answers the id. */
export async function addUser(store: Store, organizationId: string, email: string, more: Partial<UserRow> = {}): Promise<string> {
  const id = newId()
  const row: UserRow = { organization_id: organizationId, id, email, email_key: email.toLowerCase(), domain: email.split('@')[1] ?? '', role: 'member', status: 'active', created_at: NOW, activated_at: NOW, ...more }
  await store.system((db) => db.insertInto('users').values(row).execute())
  return id
}
