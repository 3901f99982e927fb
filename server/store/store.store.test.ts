import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { addOrganization, changeScope, NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { insertMany } from './bulk'
import { prepareDatabase, refreshStatistics } from './database'
import { newId } from './ids'
import { openStore } from './store'

jest.setTimeout(60_000)

let store: TestStore
let acme: string
let globex: string

beforeAll(async () => {
  store = await openTestStore()
  acme = await addOrganization(store, 'Acme')
  globex = await addOrganization(store, 'Globex')
  for (const organizationId of [acme, globex]) {
    await store.change(changeScope(organizationId), async ({ db, record }) => {
      await db.insertInto('users').values(user(organizationId, 'zoe@acme.example')).execute()
      record({ category: 'audit', kind: 'user.added', ofAdmin: false })
      return { ok: true, value: null }
    })
  }
})
afterAll(() => store.drop())

function user(organizationId: string, email: string) {
  return { organization_id: organizationId, id: newId(), email, email_key: email, domain: 'acme.example', first_name: 'Zoé', last_name: 'Müller', role: 'member', status: 'active', created_at: NOW } as const
}

describe('row-level security', () => {
  const SCOPED = ['organizations', 'users', 'events', 'chain_heads', 'license_pools'] as const

  test.each(SCOPED)('shows only the own rows of %s, without any filter in the query', async (table) => {
    const own = await store.read(acme, (db) => db.selectFrom(table).selectAll().execute())
    expect(own.length).toBeGreaterThan(0)
    const owners = own.map((row: Record<string, unknown>) => row['organization_id'] ?? row['id'])
    expect(new Set(owners)).toEqual(new Set([acme]))
  })

  test('is forced on every table that names an organization', async () => {
    const open = await store.asOwner(`select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not (c.relrowsecurity and c.relforcerowsecurity)`)
    expect(open).toEqual([])
  })

  test('refuses to write a row of another organization, and finds none to change', async () => {
    await expect(store.change(changeScope(acme), async ({ db }) => {
      await db.insertInto('users').values(user(globex, 'spy@acme.example')).execute()
      return { ok: true, value: null }
    })).rejects.toThrow('row-level security')
    await store.change(changeScope(acme), async ({ db }) => {
      const { numUpdatedRows } = await db.updateTable('users').set({ first_name: 'X' }).where('organization_id', '=', globex).executeTakeFirstOrThrow()
      expect(numUpdatedRows).toBe(0n)
      return { ok: true, value: null }
    })
  })

  test('binds even the owner of the tables, unless a superuser', async () => {
    await store.asOwner("do $$ begin create role plain_owner nologin; exception when duplicate_object then null; end $$")
    await store.asOwner('grant all on schema public to plain_owner; alter table users owner to plain_owner')
    expect(await store.asOwner('set role plain_owner; select count(*)::int as n from users')).toEqual([{ n: 0 }])
    await store.asOwner('alter table users owner to current_user')
  })

  test('leaves nothing in a pooled connection: without a scope nothing is seen', async () => {
    const narrow = await openTestStore({ poolSize: 1 })
    const organizationId = await addOrganization(narrow)
    await narrow.read(organizationId, (db) => db.selectFrom('organizations').selectAll().execute())
    const other = await narrow.read(newId(), (db) => db.selectFrom('organizations').selectAll().execute())
    expect(other).toEqual([])
    await narrow.drop()
  })

  test('a reader cannot write', async () => {
    await expect(store.read(acme, (db) => db.updateTable('users').set({ first_name: 'X' }).execute())).rejects.toThrow('read-only')
  })

  test('server keys are out of reach of an organization', async () => {
    expect(await store.read(acme, (db) => db.selectFrom('server_keys').selectAll().execute())).toEqual([])
    expect(await store.key('cursors')).toHaveLength(32)
  })
})

test('the schema can be laid by an owner without superuser rights, and serves the lesser role', async () => {
  const { database } = store.connection
  const role = `owner_${database}`
  await store.asOwner(`create role ${role} login createrole`)
  await store.asOwner(`grant orgdesk_app to ${role}`)
  await store.asOwner(`create database ${role} owner ${role}`)
  const connection = { ...store.connection, user: role, database: role }
  expect(await prepareDatabase(connection, NOW)).toMatchObject({ ok: true })
  const plain = await openStore({ connection, newId, now: NOW })
  const organizationId = await addOrganization(plain)
  const outcome = await plain.change(changeScope(organizationId), async ({ record }) => {
    record({ category: 'audit', kind: 'organization.created', ofAdmin: true })
    return { ok: true, value: null }
  })
  expect(outcome.ok).toBe(true)
  expect(await plain.read(newId(), (db) => db.selectFrom('events').selectAll().execute())).toEqual([])
  await plain.close()
})

describe('the tables', () => {
  test('fold names and addresses for search', async () => {
    const found = await store.read(acme, (db) => db.selectFrom('users').select(['name_key', 'search']).where('search', 'like', sql<string>`'%' || fold('ZOÉ mull') || '%'`).execute())
    expect(found).toEqual([{ name_key: 'zoe muller', search: 'zoe muller zoe@acme.example zoe@acme.example' }])
  })

  test('let a search for a fragment use its index behind row-level security, which wants LIKE marked leak-free', async () => {
    expect(await store.asOwner("select proleakproof from pg_proc where oid = 'pg_catalog.textlike(text, text)'::regprocedure")).toEqual([{ proleakproof: true }])
    await expect(store.read(acme, (db) => db.selectFrom('users').select('id').where('search', 'like', '%zoe%').execute())).resolves.toHaveLength(1)
    await expect(store.system(refreshStatistics)).resolves.toBeUndefined()
  })

  test('hold one user per address among those not removed', async () => {
    await expect(store.change(changeScope(acme), async ({ db }) => {
      await db.insertInto('users').values(user(acme, 'zoe@acme.example')).execute()
      return { ok: true, value: null }
    })).rejects.toThrow('users_by_email')
  })

  test('take many rows of every kind of column in one statement', async () => {
    await store.change(changeScope(acme), async ({ db }) => {
      const rows = Array.from({ length: 3_000 }, (_item, index) => ({ ...user(acme, `bulk${index}@acme.example`), removed_state: { plan: 'eco', n: index } }))
      await insertMany(db, 'users', rows)
      const last = await db.selectFrom('users').select(['removed_state', 'created_at']).where('organization_id', '=', acme).where('email_key', '=', 'bulk2999@acme.example').executeTakeFirst()
      expect(last).toEqual({ removed_state: { plan: 'eco', n: 2_999 }, created_at: NOW })
      return { ok: false, code: 'request.invalid' }
    })
  })

  test('never hold more licenses than were bought', async () => {
    await expect(store.change(changeScope(acme), async ({ db }) => {
      await db.updateTable('license_pools').set({ assigned: 1 }).where('organization_id', '=', acme).execute()
      return { ok: true, value: null }
    })).rejects.toThrow('license_pools_seats')
  })
})

describe('rows of nobody', () => {
  const nobody = newId()
  const mail = (organizationId: string) => ({ organization_id: organizationId, id: newId(), kind: 'activation', to_email: 'a@acme.example', to_name: '', language: 'en', params: {}, run_at: NOW, created_at: NOW })
  const pending = (organizationId: string, n = 1) => ({ organization_id: organizationId, id: newId(), email: `u${n}@acme.example`, email_key: `u${n}@acme.example`, domain: 'acme.example', role: 'member', status: 'pending', created_at: NOW })
  const addImport = async (organizationId: string): Promise<string> => {
    const id = newId()
    await store.system((db) => db.insertInto('user_imports').values({ organization_id: organizationId, id, name: 'people.csv', media_type: 'text/csv', status: 'queued', without_license: false, language: 'en', created_by_name: '', created_at: NOW }).execute())
    return id
  }
  const addRow = (organizationId: string, importId: string) => store.system((db) => db.insertInto('user_import_rows')
    .values({ organization_id: organizationId, import_id: importId, row: 1, cells: '[]', planned: '{}', outcome: 'waiting' }).execute())
  const count = (table: 'outbox' | 'users' | 'user_import_rows', organizationId: string) => store.system(async (db) => {
    const { n } = await db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('n')).where('organization_id', '=', organizationId).executeTakeFirstOrThrow()
    return n
  })

  test('mails, users and rows of an import are refused where what they belong to is not there', async () => {
    const here = await addOrganization(store, 'Acme')
    await expect(store.system((db) => insertMany(db, 'outbox', [mail(here), mail(nobody)]))).rejects.toThrow('belong to no organization')
    await expect(store.system((db) => insertMany(db, 'users', [pending(here, 1), pending(nobody, 2)]))).rejects.toThrow('user_counts_organization_id_fkey')
    await expect(addRow(here, newId())).rejects.toThrow('belong to no import')
    expect([await count('outbox', here), await count('users', here)]).toEqual([0, 0])
  })

  test('they go with it', async () => {
    const [here, other] = [await addOrganization(store, 'Acme'), await addOrganization(store, 'Other')]
    for (const id of [here, other]) {
      await store.system((db) => insertMany(db, 'outbox', [mail(id)]))
      await store.system((db) => insertMany(db, 'users', [pending(id)]))
      await addRow(id, await addImport(id))
    }
    await store.asOwner('delete from user_imports where organization_id = $1', [other])
    await store.asOwner('delete from organizations where id = $1', [here])
    for (const table of ['outbox', 'users', 'user_import_rows'] as const) expect([table, await count(table, here)]).toEqual([table, 0])
    expect([await count('outbox', other), await count('users', other), await count('user_import_rows', other)]).toEqual([1, 1, 0])
  })

  test('nobody deletes it while they are being stored', async () => {
    const here = await addOrganization(store, 'Acme')
    let deleted: Promise<unknown> = Promise.resolve()
    await store.system(async (db) => {
      await insertMany(db, 'outbox', [mail(here)])
      deleted = store.asOwner('delete from organizations where id = $1', [here])
      expect(await Promise.race([deleted.then(() => 'deleted'), sleep(200, 'waits')])).toBe('waits')
    })
    await deleted
    expect(await count('outbox', here)).toBe(0)
  })
})

test('the database counts the users of each status, whatever changes them', async () => {
  const [one, other] = [await addOrganization(store, 'One'), await addOrganization(store, 'Other')]
  const counts = async (id: string): Promise<Record<string, number>> =>
    Object.fromEntries((await store.read(id, (db) => db.selectFrom('user_counts').selectAll().where('count', '<>', 0).execute())).map(({ status, count }) => [status, count]))
  const row = (organizationId: string, n: number) => ({ organization_id: organizationId, id: newId(), email: `u${n}@acme.example`, email_key: `u${n}@acme.example`, domain: 'acme.example', role: 'member' as const, status: 'pending' as const, created_at: NOW })
  await store.system((db) => db.insertInto('users').values([row(one, 1), row(one, 2), row(one, 3), row(other, 4)]).execute())
  expect(await store.read(other, (db) => db.selectFrom('user_counts').selectAll().execute())).toEqual([{ organization_id: other, status: 'pending', count: 1 }])
  await store.system((db) => db.updateTable('users').set({ status: 'active' }).where('email', 'in', ['u1@acme.example', 'u2@acme.example']).execute())
  expect(await counts(one)).toEqual({ pending: 1, active: 2 })
  await store.system((db) => db.updateTable('users').set({ last_active_at: NOW }).where('organization_id', '=', one).execute())
  expect(await counts(one)).toEqual({ pending: 1, active: 2 })
  await store.system((db) => db.deleteFrom('users').where('email', '=', 'u1@acme.example').execute())
  expect(await counts(one)).toEqual({ pending: 1, active: 1 })
  await store.asOwner('delete from organizations where id = $1', [one])
  expect([await counts(one), await counts(other)]).toEqual([{}, { pending: 1 }])
})
