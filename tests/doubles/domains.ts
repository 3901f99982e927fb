import type { DnsLook } from '../../shared/domains/domains.check'
import type { Domain } from '../../shared/domains/domains.model'
import { createDomainJobs, queueDue } from '../../server/domains/jobs'
import { createLogger } from '../../server/http/logger'
import { runJobs } from '../../server/jobs/jobs'
import { newId } from '../../server/store/ids'
import { addUser, openTestServer, type TestServer } from './server'
import { addOrganization, NOW } from './store'

type Method = 'GET' | 'POST' | 'DELETE'
type Asked = { email?: string; headers?: Record<string, string> }

/** A server with a DNS and a clock of the test's own, and what tests of domains do again and again. */
export type DomainWorld = {
  server: TestServer
  /** What DNS answers for a name; nothing is there unless a test puts it there. */
  zone: Map<string, DnsLook>
  now: () => Date
  /** Moves the clock to so many hours after the start. */
  setHours: (hours: number) => void
  /** A new organization with an owner, a billing administrator and a member, who read French. */
  newOrganization: (name?: string) => Promise<string>
  ask: (organizationId: string, method: Method, url: string, body?: unknown, more?: Asked) => Promise<{ status: number; headers: Record<string, unknown>; json: () => ReturnType<typeof JSON.parse> }>
  add: (organizationId: string, name: string) => Promise<Domain>
  get: (organizationId: string, domain: Domain) => Promise<Domain>
  check: (organizationId: string, domain: Domain) => Promise<Domain>
  /** Puts the record of a domain in place, beside what is there. */
  prove: (domain: Domain) => void
  approve: (organizationId: string, name: string) => Promise<Domain>
  /** One round of what the background does, by so many servers at once. */
  work: (servers?: number) => Promise<void>
  mails: (organizationId: string) => Promise<{ kind: string; to: string; language: string }[]>
  domainEvents: (organizationId: string) => Promise<string[]>
  alerts: (organizationId: string) => Promise<{ code: string; target: string | null }[]>
  close: () => Promise<void>
}

export const OWNER = 'owner@acme.example'
export const BILLING = 'billing@acme.example'
export const MEMBER = 'maria@acme.example'
const ROLES = { [OWNER]: 'org_admin', [BILLING]: 'billing_admin', [MEMBER]: 'member' } as const
const HOUR_MS = 3_600_000

/** DNS that answered and has nothing. */
export const NOTHING: DnsLook = { outcome: 'answered', atHost: [], elsewhere: [] }

/** A name that no other test uses. */
export const unique = (label: string): string => `${label}-${newId().slice(-12)}.example`

/** People are told apart by organization, so that nobody is in two. */
export const emailIn = (organizationId: string, email = OWNER): string => `${organizationId}.${email}`

/** Opens a fresh store and a server on it. */
export async function openDomainWorld(): Promise<DomainWorld> {
  const zone = new Map<string, DnsLook>()
  const lookUp = async ({ name }: { name: string }): Promise<DnsLook> => zone.get(name) ?? NOTHING
  const server = await openTestServer({ lookUp })
  const { store } = server
  let moment = NOW
  const now = (): Date => moment
  const ask: DomainWorld['ask'] = async (organizationId, method, url, body, { email = OWNER, headers = {} } = {}) => {
    const token = await server.tokenFor(emailIn(organizationId, email))
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    const reply = await server.app.inject({ method, url, headers: { authorization: `Bearer ${token}`, ...json, ...headers }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
    return { status: reply.statusCode, headers: reply.headers, json: () => reply.json() }
  }
  const add = async (organizationId: string, name: string): Promise<Domain> => (await ask(organizationId, 'POST', '/v1/domains', { name })).json()
  const check = async (organizationId: string, { id }: Domain): Promise<Domain> => (await ask(organizationId, 'POST', `/v1/domains/${id}/check`, {})).json()
  const prove = ({ name, record }: Domain): void => { zone.set(name, { ...NOTHING, atHost: [...(zone.get(name)?.atHost ?? []), record.value] }) }
  const work = async (servers = 1): Promise<void> => {
    const all = Array.from({ length: servers })
    await Promise.all(all.map(() => store.system((db) => queueDue(db, moment, newId))))
    const round = () => runJobs({ store, handlers: createDomainJobs({ store, lookUp, clock: now, newId }), clock: now, newId, logger: createLogger('silent') })
    for (let found = 1; found > 0;) found = Math.max(...(await Promise.all(all.map(round))))
  }
  return {
    server, zone, now, ask, add, check, prove, work,
    setHours: (hours) => {
      moment = new Date(NOW.getTime() + hours * HOUR_MS)
      server.setNow(moment)
    },
    newOrganization: async (name = 'Acme') => {
      const id = await addOrganization(store, name)
      for (const [email, role] of Object.entries(ROLES)) await addUser(store, id, emailIn(id, email), { role, language: 'fr' })
      return id
    },
    get: async (organizationId, { id }) => (await ask(organizationId, 'GET', `/v1/domains/${id}`)).json(),
    approve: async (organizationId, name) => {
      const domain = await add(organizationId, name)
      prove(domain)
      return check(organizationId, domain)
    },
    mails: async (organizationId) => store.system((db) => db.selectFrom('outbox').select(['kind', 'to_email as to', 'language']).where('organization_id', '=', organizationId).where('kind', 'like', 'domain%').orderBy('created_at').execute()),
    domainEvents: async (organizationId) => (await store.system((db) => db.selectFrom('events').select('kind').where('organization_id', '=', organizationId).where('kind', 'like', 'domain.%').orderBy('sequence').execute())).map(({ kind }) => kind),
    alerts: async (organizationId) => (await ask(organizationId, 'GET', '/v1/me')).json().alerts,
    close: server.close,
  }
}
