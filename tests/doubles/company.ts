import type { Selectable } from 'kysely'
import type { UserRole } from '../../server/store/tables/columns'
import type { Database } from '../../server/store/tables'
import { addUser, openTestServer, type TestServer } from './server'
import { addOrganization } from './store'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** An organization of people who are known by their names, and a stranger of another one, on a real server. */
export type Company = {
  server: TestServer
  acme: string
  /** Ids of people by their names. */
  ids: Record<string, string>
  /** What a person's request is answered; `code` names a refusal. */
  send: (who: string, method: Method, url: string, payload?: Record<string, unknown>, headers?: Record<string, string>) => Promise<{ status: number; body: ReturnType<typeof JSON.parse>; code: string | null }>
  lastEvent: (kind: string) => Promise<Selectable<Database['events']>>
}

/** An id that nothing has. */
export const ABSENT = '01890000-0000-7000-8000-00000000abcd'

/** The header that names the version one has seen. */
export const match = (version: number) => ({ 'if-match': `"${version}"` })

/** Opens *Acme* with people of these roles by their names, beside *Globex* with its `stranger`. */
export async function openCompany(people: Record<string, UserRole>): Promise<Company> {
  const server = await openTestServer()
  const { app, store, tokenFor } = server
  const acme = await addOrganization(store, 'Acme')
  const globex = await addOrganization(store, 'Globex')
  const all = [...Object.entries(people).map(([name, role]) => [name, acme, `${name}@acme.example`, role] as const), ['stranger', globex, 'owner@globex.example', 'org_admin'] as const]
  const rows = await Promise.all(all.map(async ([name, organization, email, role]) => [name, await addUser(store, organization, email, { role }), await tokenFor(email)] as const))
  const tokens = Object.fromEntries(rows.map(([name, , token]) => [name, token]))
  return {
    server,
    acme,
    ids: Object.fromEntries(rows.map(([name, id]) => [name, id])),
    send: async (who, method, url, payload, headers = {}) => {
      const reply = await app.inject({ method, url: `/v1${url}`, headers: { authorization: `Bearer ${tokens[who]}`, ...headers }, ...(payload === undefined ? {} : { payload }) })
      const body = reply.body === '' ? null : reply.json()
      return { status: reply.statusCode, body, code: body?.code ?? null }
    },
    lastEvent: (kind) => store.system((db) => db.selectFrom('events').selectAll().where('organization_id', '=', acme).where('kind', '=', kind).orderBy('sequence', 'desc').limit(1).executeTakeFirstOrThrow()),
  }
}
