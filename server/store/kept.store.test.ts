import { sql } from 'kysely'
import { readUsers } from '../actions/users/record'
import { loadUsers } from '../actions/users/write.snapshot'
import { OWNER } from '../../tests/doubles/app'
import { memberRows } from '../../tests/doubles/bench'
import { addOrganization, NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { anyId, insertMany } from './bulk'
import { newId } from './ids'

jest.setTimeout(60_000)

const PEOPLE = 3_000
/** More often than a connection looks at what is asked before it keeps a plan for good. */
const OFTEN = 8
const GROWN = ['licenses', 'activation_links', 'workspace_members'] as const

let store: TestStore
let acme: string

// One connection: what it planned while there was nothing is what it does with a lot.
beforeAll(async () => {
  store = await openTestStore({ poolSize: 1 })
  acme = await addOrganization(store)
  for (const table of ['users', ...GROWN]) await store.asOwner(`alter table ${table} set (autovacuum_enabled = off)`)
})
afterAll(() => store.drop())

/** Every one of these people has a license, a link and a workspace. */
async function addPeople(count: number): Promise<string[]> {
  const workspaceId = newId()
  const rows = memberRows(acme, count, 'pending').map((row) => ({ ...row, email_key: `${row.id}@acme.example` }))
  await store.system(async (db) => {
    await insertMany(db, 'users', rows)
    await sql`insert into licenses (organization_id, user_id, plan, state, assigned_at) select organization_id, id, 'eco', 'assigned', created_at from users where id = ${anyId(rows.map(({ id }) => id))}`.execute(db)
    await sql`insert into activation_links (organization_id, id, user_id, token_hash, created_at, expires_at) select organization_id, id, id, decode(md5(id::text), 'hex'), created_at, created_at + interval '7 days' from users where id = ${anyId(rows.map(({ id }) => id))}`.execute(db)
    await sql`insert into workspaces (organization_id, id, name, created_at) values (${acme}, ${workspaceId}, ${workspaceId}, ${NOW})`.execute(db)
    await sql`insert into workspace_members (organization_id, workspace_id, user_id, added_at) select organization_id, ${workspaceId}, id, created_at from users where id = ${anyId(rows.map(({ id }) => id))}`.execute(db)
  })
  return rows.map(({ id }) => id)
}

/** Has the connections tell what they have counted. A view ends when the next one begins. */
async function tellCounts(): Promise<void> {
  await store.system((db) => sql`select pg_stat_force_next_flush()`.execute(db))
  for (let n = 0; n < 2; n += 1) await store.read(acme, (db) => sql`select pg_stat_force_next_flush()`.execute(db))
}

/** How many rows and entries of these tables the database has looked at so far. */
async function looked(): Promise<number> {
  await tellCounts()
  const [row] = await store.asOwner('select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as n from pg_stat_user_tables where relname = any($1)', [GROWN])
  return Number(row?.['n'])
}

test('what a connection keeps of a small database reads no more than it is asked for when the database is large', async () => {
  const viewer = { ...OWNER, organizationId: acme }
  const read = async (ids: readonly string[]): Promise<unknown[]> => store.read(acme, async (db) => {
    await loadUsers(db, acme, ids, NOW)
    return readUsers(db, viewer, ids)
  })
  for (let n = 0; n < OFTEN; n += 1) await read([OWNER.userId])
  const ids = await addPeople(PEOPLE)
  const before = await looked()
  expect(await read(ids.slice(0, 10))).toHaveLength(10)
  // Three tables, looked at by two statements each.
  expect(await looked() - before).toBeLessThanOrEqual(10 * GROWN.length * 2)
})

/** How many users the database has looked at from one end of the table to the other. */
async function scanned(): Promise<number> {
  await tellCounts()
  const [row] = await store.asOwner("select seq_tup_read as n from pg_stat_user_tables where relname = 'users'")
  return Number(row?.['n'])
}

test('a check of a foreign key that was planned in a small database looks up one row each in a large one', async () => {
  await store.asOwner('truncate users cascade')
  await addPeople(1)
  const before = await scanned()
  await addPeople(PEOPLE)
  expect(await scanned() - before).toBe(0)
})
