import type { KyselyPlugin, RootOperationNode } from 'kysely'
import type { Tx } from '../../server/store/bulk'
import { newId } from '../../server/store/ids'
import type { Store } from '../../server/store/store'
import type { TestStore } from './store'

/** Ids of one thing of each kind of an organization, and the address of one of its people. */
export type Things = Record<'userId' | 'workspaceId' | 'contactId' | 'roleId' | 'domainId' | 'importId' | 'messageId' | 'linkId' | 'activationId' | 'email', string>

/** Things that nobody has. */
export const noThings = (): Things => ({
  userId: newId(), workspaceId: newId(), contactId: newId(), roleId: newId(), domainId: newId(), importId: newId(), messageId: `m-${newId()}`, linkId: newId(), activationId: newId(), email: `${newId()}@absent.example`,
})

/** Adds one thing of each kind to an organization; all of their names hold `marker`. */
export async function addThings(store: TestStore, organizationId: string, domain: string, marker: string): Promise<Things> {
  const things: Things = { ...noThings(), email: `person@${domain}` }
  const [o, u, w, r] = [organizationId, things.userId, things.workspaceId, things.roleId].map((id) => `'${id}'`)
  await store.asOwner(`
    insert into roles (organization_id, id, name, permissions, created_at) values (${o}, ${r}, '${marker} role', '{}', now());
    insert into users (organization_id, id, email, email_key, domain, first_name, role, status, created_at) values (${o}, ${u}, '${things.email}', '${things.email}', '${domain}', '${marker}', 'member', 'pending', now());
    update license_pools set quantity = 5, assigned = 1 where organization_id = ${o} and plan = 'pro';
    insert into licenses (organization_id, user_id, plan, state, assigned_at) values (${o}, ${u}, 'pro', 'assigned', now());
    insert into activation_links (organization_id, id, user_id, token_hash, created_at, expires_at) values (${o}, '${things.activationId}', ${u}, sha256('${things.activationId}'), now(), now() + interval '100 years');
    insert into workspaces (organization_id, id, name, created_at) values (${o}, ${w}, '${marker} workspace', now());
    insert into workspace_members (organization_id, workspace_id, user_id, added_at) values (${o}, ${w}, ${u}, now());
    insert into contacts (organization_id, id, workspace_id, email, email_key, name, assigned_to, created_at) values (${o}, '${things.contactId}', ${w}, 'c@out.example', 'c@out.example', '${marker} contact', ${u}, now());
    insert into domains (organization_id, id, name, unicode_name, status, record_host, record_value, created_at) values (${o}, '${things.domainId}', '${domain}', '${domain}', 'approved', '_orgdesk', '${marker}', now());
    insert into approved_domains (name, organization_id, domain_id, approved_at) values ('${domain}', ${o}, '${things.domainId}', now());
    insert into user_imports (organization_id, id, name, media_type, status, without_license, language, created_by_name, created_at, finished_at) values (${o}, '${things.importId}', '${marker}.csv', 'text/csv', 'done', false, 'en', '${marker}', now(), now());
    insert into user_import_sources (organization_id, import_id, bytes) values (${o}, '${things.importId}', 'email');
    insert into messages (organization_id, id, subject, sender_email, sent_at, status) values (${o}, '${things.messageId}', '${marker} message', 'person@${domain}', now(), 'live');
    insert into identity_links (organization_id, id, kind, tenant, created_at) values (${o}, '${things.linkId}', 'google', '${marker}.example', now());`)
  return things
}

/** Stands for all rows of an organization, and changes with each of them. */
export async function fingerprintOf(store: TestStore, organizationId: string): Promise<string> {
  const tables = await store.asOwner("select distinct table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'organization_id' and table_name not like 'events_%' order by 1")
  const parts = tables.map(({ name }) => `select '${name}' as name, count(*) as n, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t where organization_id = '${organizationId}'`)
  return JSON.stringify(await store.asOwner(parts.join(' union all ')))
}

/** Takes the second lock away: the database shows every row to everybody. */
export async function dropRowSecurity(store: TestStore): Promise<void> {
  await store.asOwner("do $$ declare name text; begin for name in select tablename from pg_tables where schemaname = 'public' and rowsecurity loop execute format('alter table %I disable row level security', name); end loop; end $$")
}

type Node = { kind?: string; [part: string]: unknown }

const namesOrganization = (node: unknown): boolean => JSON.stringify(node ?? null).includes('"name":"organization_id"')
const isValue = (node: unknown): boolean => ['ValueNode', 'PrimitiveValueListNode'].includes((node as Node | undefined)?.kind ?? '')
const isFilter = (node: Node): boolean => node.kind === 'BinaryOperationNode' && (node['leftOperand'] as Node).kind === 'ReferenceNode' && namesOrganization(node['leftOperand']) && isValue(node['rightOperand'])
const TRUE: Node = { kind: 'RawNode', sqlFragments: ['true'], parameters: [] }

/** The query as it would be had nobody thought of the organization; what joins tables to each other stays. */
function forget(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forget)
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value) || value instanceof Date) return value
  const node = value as Node
  if (isFilter(node)) return TRUE
  const entries = Object.entries(node).map(([name, part]) => [name, name === 'sqlFragments' ? (part as string[]).map((text) => text.replace(/(\w+\.)?organization_id = $/, "'' <> ")) : forget(part)])
  return Object.fromEntries(entries)
}

const forgetful: KyselyPlugin = {
  transformQuery: ({ node }) => forget(node) as RootOperationNode,
  transformResult: async ({ result }) => result,
}

/** Takes the first lock away: every query of a request loses its condition on the organization. */
export const withoutChecks = (store: Store): Store => {
  const loose = (db: Tx): Tx => db.withPlugin(forgetful)
  return {
    ...store,
    read: (organizationId, work) => store.read(organizationId, (db) => work(loose(db))),
    change: (scope, work, ask) => store.change(scope, (change, asked: Parameters<typeof work>[1]) => work({ ...change, db: loose(change.db) }, asked), ask && ((db) => ask(loose(db)))),
  }
}
