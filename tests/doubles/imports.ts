import pino from 'pino'
import type { ImportPreview, UserImport } from '../../shared/imports/imports.model'
import { createImportReader } from '../../server/imports/reader'
import { createImportJob, type ImportJobDeps } from '../../server/jobs/import.job'
import { IMPORT_JOB } from '../../server/jobs/import.kind'
import { runJobs } from '../../server/jobs/jobs'
import { newId } from '../../server/store/ids'
import type { Store } from '../../server/store/store'
import { as } from './app'
import { addUser, type TestServer } from './server'
import { addOrganization, NOW } from './store'

/** An organization with all that an import asks about: an approved domain, seats, workspaces, a custom role and its people. */
export type ImportingOrganization = { id: string; domain: string; ownerId: string; workspaceIds: Record<'Legal' | 'Sales', string>; roleId: string }

/** Adds one with `owner@`, `people@` (user admin), `maria@` and the invited `nina@` of its domain. */
export async function addImportingOrganization(store: Store, domain = 'acme.example', seats: Record<string, number> = { eco: 100, pro: 2 }): Promise<ImportingOrganization> {
  const id = await addOrganization(store, domain)
  const domainId = newId()
  const roleId = newId()
  const workspaceIds = { Legal: newId(), Sales: newId() }
  await store.system(async (db) => {
    await db.insertInto('domains').values({ organization_id: id, id: domainId, name: domain, unicode_name: domain, status: 'approved', record_host: '_orgdesk', record_value: 'x', last_check: null, next_check_at: null, expires_at: null, missing_since: null, reason: null, warning: null, created_at: NOW, created_by: null, approved_at: NOW, contested_at: null }).execute()
    await db.insertInto('approved_domains').values({ name: domain, organization_id: id, domain_id: domainId, approved_at: NOW }).execute()
    await db.insertInto('roles').values({ organization_id: id, id: roleId, name: 'Help desk', permissions: ['users.view'], created_at: NOW }).execute()
    await db.insertInto('workspaces').values(Object.entries(workspaceIds).map(([name, workspaceId]) => ({ organization_id: id, id: workspaceId, name, created_at: NOW }))).execute()
    for (const [plan, quantity] of Object.entries(seats)) await db.updateTable('license_pools').set({ quantity }).where('organization_id', '=', id).where('plan', '=', plan).execute()
  })
  const ownerId = await addUser(store, id, `owner@${domain}`, { role: 'org_admin', first_name: 'Olive', last_name: 'Owner' })
  await addUser(store, id, `people@${domain}`, { role: 'user_admin' })
  await addUser(store, id, `maria@${domain}`)
  await addUser(store, id, `nina@${domain}`, { status: 'pending', activated_at: null })
  return { id, domain, ownerId, workspaceIds, roleId }
}

/** The header of the template. */
export const HEADER = 'email,first_name,last_name,role,license,workspaces,language,mobile'

/** A file of these lines below the header. */
export const csvOf = (...lines: string[]): Buffer => Buffer.from(`${[HEADER, ...lines].join('\n')}\n`)

/** Does the waiting import jobs to their end, as the server's worker would. */
export async function runImports(store: Store, more: Partial<ImportJobDeps> = {}): Promise<void> {
  const clock = more.clock ?? (() => NOW)
  const job = createImportJob({ store, reader: createImportReader(null), clock, publish: () => undefined, ...more })
  const deps = { store, handlers: { [IMPORT_JOB]: job }, clock, newId, logger: pino({ level: 'silent' }) }
  while ((await runJobs(deps)) > 0);
}

/** What an importer does, over HTTP. Replies come as they are: status and body. */
export function importerOf({ app, tokenFor }: TestServer, email: string) {
  const call = async (method: 'GET' | 'POST', url: string, payload?: Buffer | object, headers: Record<string, string> = {}) => {
    const type = Buffer.isBuffer(payload) ? { 'content-type': 'text/csv' } : {}
    return app.inject({ method, url, headers: { ...as(await tokenFor(email)), ...type, ...headers }, ...(payload === undefined ? {} : { payload }) })
  }
  return {
    call,
    preview: async (file: Buffer, query = ''): Promise<ImportPreview> => (await call('POST', `/v1/user-imports/preview${query}`, file)).json(),
    start: async (file: Buffer, query = '', headers: Record<string, string> = {}): Promise<UserImport> => (await call('POST', `/v1/user-imports${query}`, file, headers)).json(),
    get: async (importId: string): Promise<UserImport> => (await call('GET', `/v1/user-imports/${importId}`)).json(),
    rejected: async (importId: string): Promise<string> => (await call('GET', `/v1/user-imports/${importId}/rejected`)).body,
  }
}
