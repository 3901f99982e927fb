import { randomBytes } from 'node:crypto'
import { Client, type QueryResult } from 'pg'
import { newId } from '../../server/store/ids'
import { openStore, type Store } from '../../server/store/store'
import type { ChangeScope } from '../../server/store/transactions'

/** A store on a database of its own, copied from the migrated template of the run. */
export type TestStore = Store & {
  connection: { host: string; port: number; user: string; database: string }
  /** Runs SQL as the owner of the database, as an intruder or an operator would; rows of the last statement. */
  asOwner: (statement: string, values?: unknown[]) => Promise<Record<string, unknown>[]>
  drop: () => Promise<void>
}

/** The moment that test stores take for now, unless a test moves its clock. */
export const NOW = new Date('2026-03-02T09:00:00.000Z')

/** Opens a fresh database; `drop` closes the store and removes it. */
export async function openTestStore(options: { poolSize?: number } = {}): Promise<TestStore> {
  const server = JSON.parse(process.env['ORGDESK_TEST_POSTGRES'] ?? '')
  const database = `test_${randomBytes(8).toString('hex')}`
  await runAs({ ...server, database: 'postgres' }, `create database ${database} template orgdesk_template`)
  const connection = { ...server, database }
  const store = await openStore({ connection, newId, now: NOW, poolSize: options.poolSize ?? 6 })
  return {
    ...store,
    connection,
    asOwner: (statement, values) => runAs(connection, statement, values),
    drop: async () => {
      await store.close()
      await runAs({ ...server, database: 'postgres' }, `drop database ${database} with (force)`)
    },
  }
}

/** Opens the database of another store once more, as another server does; `drop` only closes it. */
export async function openStoreBeside(other: TestStore): Promise<TestStore> {
  const store = await openStore({ connection: other.connection, newId, now: NOW, poolSize: 6 })
  return { ...store, connection: other.connection, asOwner: other.asOwner, drop: store.close }
}

/** Adds an organization with pools of no licenses, and returns its id. */
export async function addOrganization(store: Store, name = 'Acme'): Promise<string> {
  const id = newId()
  await store.system(async (db) => {
    await db.insertInto('organizations').values({ id, name, created_at: NOW }).execute()
    await db.insertInto('license_pools').columns(['organization_id', 'plan']).expression(
      db.selectFrom('plans').select((eb) => [eb.val(id).$castTo<string>().as('organization_id'), 'plans.id as plan']),
    ).execute()
  })
  return id
}

/** A change by a nameless operator, for tests that do not care who. */
export function changeScope(organizationId: string, more: Partial<ChangeScope> = {}): ChangeScope {
  return { organizationId, actor: { id: null, email: 'operator', name: 'Operator' }, requestId: 'request', ip: null, client: 'command', now: NOW, ...more }
}

async function runAs(connection: object, statement: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ ...connection })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const result: QueryResult | QueryResult[] = await client.query(statement, values)
    return (Array.isArray(result) ? result.at(-1)?.rows : result.rows) ?? []
  } finally {
    await client.end()
  }
}
