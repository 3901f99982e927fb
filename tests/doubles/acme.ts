import type { User } from '../../shared/users/users.model'
import { newId } from '../../server/store/ids'
import type { Store } from '../../server/store/store'
import { addUser, openTestServer, type TestServer } from './server'
import { addOrganization, NOW } from './store'

/** What a request answers, as a test reads it. */
export type Answer = { status: number; body: Record<string, unknown> & { code?: string; items?: User[] } }
type Ask = { body?: unknown; headers?: Record<string, string>; as?: string }

/** Two organizations with their people on a real server; `as` names a person by the address before the `@`. */
export type Acme = {
  server: TestServer
  acme: string
  globex: string
  /** The id of a person of Acme by the address before the `@`. */
  idOf: (name: string) => Promise<string>
  /** Adds an active member, or whatever `more` says, and answers the id. */
  person: (name: string, more?: Parameters<typeof addUser>[3]) => Promise<string>
  send: (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, ask?: Ask) => Promise<Answer>
  close: () => Promise<void>
}

/** Adds a domain that is approved. */
export async function approveDomain(store: Store, organizationId: string, name: string): Promise<void> {
  const id = newId()
  await store.system(async (db) => {
    await db.insertInto('domains').values({
      organization_id: organizationId, id, name, unicode_name: name, status: 'approved', record_host: '_orgdesk', record_value: 'value', last_check: null, next_check_at: null, expires_at: null,
      missing_since: null, reason: null, warning: null, created_at: NOW, created_by: null, approved_at: NOW, contested_at: null,
    }).execute()
    await db.insertInto('approved_domains').values({ name, organization_id: organizationId, domain_id: id, approved_at: NOW }).execute()
  })
}

/** Opens Acme (owner, deputy: organization admins; billing; people: user admin; maria: member) beside Globex. */
export async function openAcme(options: Parameters<typeof openTestServer>[0] = {}): Promise<Acme> {
  const server = await openTestServer(options)
  const { store } = server
  const acme = await addOrganization(store, 'Acme')
  const globex = await addOrganization(store, 'Globex')
  await approveDomain(store, acme, 'acme.example')
  await approveDomain(store, globex, 'globex.example')
  const people = { owner: 'org_admin', deputy: 'org_admin', billing: 'billing_admin', people: 'user_admin', maria: 'member' } as const
  for (const [name, role] of Object.entries(people)) await addUser(store, acme, `${name}@acme.example`, { role, first_name: name })
  await addUser(store, globex, 'stranger@globex.example', { role: 'org_admin' })
  await store.system((db) => db.updateTable('license_pools').set({ quantity: 5 }).where('organization_id', '=', acme).execute())
  const tokens = new Map<string, string>()
  const tokenOf = async (name: string): Promise<string> => {
    const token = tokens.get(name) ?? await server.tokenFor(name.includes('@') ? name : `${name}@${name === 'stranger' ? 'globex' : 'acme'}.example`)
    tokens.set(name, token)
    return token
  }
  return {
    server, acme, globex,
    idOf: async (name) => (await store.system((db) => db.selectFrom('users').select('id').where('organization_id', '=', acme).where('email', '=', `${name}@acme.example`).orderBy('created_at', 'desc').executeTakeFirstOrThrow())).id,
    person: (name, more = {}) => addUser(store, acme, `${name}@acme.example`, more),
    send: async (method, url, { body, headers = {}, as = 'owner' } = {}) => {
      const reply = await server.app.inject({ method, url, headers: { authorization: `Bearer ${await tokenOf(as)}`, ...headers }, ...(body === undefined ? {} : { payload: body as object }) })
      return { status: reply.statusCode, body: reply.body === '' ? {} : reply.json() }
    },
    close: () => server.close(),
  }
}
