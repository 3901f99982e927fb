import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { Client } from 'pg'
import { addOrganization, changeScope, NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { kept } from './kept'

jest.setTimeout(60_000)

let store: TestStore
let acme: string

// One connection: what one piece of work leaves behind, the next would meet.
beforeEach(async () => {
  store = await openTestStore({ poolSize: 1 })
  acme = await addOrganization(store)
})
afterEach(() => store.drop())

/** The organizations that a read of this one sees, by a kept statement that names none. */
const namesSeenBy = (id: string) => store.read(id, async (db) => (await kept(db).selectFrom('organizations').selectAll().orderBy('name').execute()).map(({ name }) => name))

const openTransactions = async (): Promise<string[]> =>
  (await store.asOwner("select state from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'")).map((row) => String(row['state']))

test('a kept statement answers for the organization that asks now, not for the one that asked first', async () => {
  const globex = await addOrganization(store, 'Globex')
  for (const [id, name] of [[acme, 'Acme'], [globex, 'Globex'], [acme, 'Acme']] as const) expect(await namesSeenBy(id)).toEqual([name])
  expect(await store.look((db) => kept(db).selectFrom('organizations').selectAll().orderBy('name').execute())).toHaveLength(2)
  expect(await namesSeenBy(acme)).toEqual(['Acme'])
})

test('tables that change under kept statements are read as they are now', async () => {
  expect(await namesSeenBy(acme)).toEqual(['Acme'])
  await store.asOwner('alter table organizations add column motto text')
  expect(await namesSeenBy(acme)).toEqual(['Acme'])
  expect(await store.change(changeScope(acme), async ({ organization }) => ({ ok: true, value: organization.name }))).toMatchObject({ value: 'Acme' })
})

test('a change sees what was committed while the read before it was still open', async () => {
  await namesSeenBy(acme)
  await store.asOwner("update organizations set name = 'Renamed'")
  expect(await namesSeenBy(acme)).toEqual(['Renamed'])
  await namesSeenBy(acme)
  expect(await store.change(changeScope(acme), async ({ db }) => {
    await db.insertInto('workspaces').values({ organization_id: acme, id: acme, name: 'Desk', created_at: NOW }).execute()
    return { ok: true, value: null }
  })).toMatchObject({ ok: true })
  expect(await store.read(acme, (db) => db.selectFrom('workspaces').select('name').execute())).toEqual([{ name: 'Desk' }])
})

test('nothing stays open behind a read that nobody follows', async () => {
  await namesSeenBy(acme)
  await sleep(200)
  expect(await openTransactions()).toEqual([])
})

test('what only reads can change nothing', async () => {
  await expect(store.look((db) => db.updateTable('organizations').set({ name: 'Mine' }).execute())).rejects.toMatchObject({ code: '25006' })
  expect(await namesSeenBy(acme)).toEqual(['Acme'])
})

test('of statements that are sent together, one that fails undoes them all and harms nobody after them', async () => {
  const failed = store.change(changeScope(acme), async ({ db }) => {
    await Promise.all([
      db.updateTable('organizations').set({ name: 'Half' }).where('id', '=', acme).execute(),
      sql`insert into plans (id) values ('free')`.execute(db),
      kept(db).selectFrom('organizations').select('id').where('id', '=', acme).execute(),
    ])
    return { ok: true, value: null }
  })
  await expect(failed).rejects.toMatchObject({ code: '42501' })
  expect(await namesSeenBy(acme)).toEqual(['Acme'])
  expect(await namesSeenBy(acme)).toEqual(['Acme'])
})

test('what a piece of work asks after it has ended reaches nobody’s transaction', async () => {
  let late: () => Promise<unknown> = async () => undefined
  const globex = await addOrganization(store, 'Globex')
  for (const [id, fails] of [[acme, true], [globex, false]] as const) {
    const done = store.change(changeScope(id), async ({ db }) => {
      late = () => db.updateTable('organizations').set({ name: 'Late' }).execute()
      if (fails) throw new Error('too bad')
      return { ok: true, value: null }
    })
    await done.catch(() => undefined)
    await store.change(changeScope(acme), async () => {
      await expect(late()).rejects.toThrow('the transaction is over')
      return { ok: true, value: null }
    })
  }
  await store.read(acme, async (db) => { late = () => db.selectFrom('organizations').selectAll().execute() })
  await expect(late()).rejects.toThrow('the transaction is over')
  expect(await namesSeenBy(acme)).toEqual(['Acme'])
})

test('a connection that was cut while a read was open is replaced by another', async () => {
  await namesSeenBy(acme)
  const owner = new Client(store.connection)
  await owner.connect()
  await owner.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')
  await owner.end()
  await sleep(50)
  expect(await namesSeenBy(acme)).toEqual(['Acme'])
})

test('who reads does not wait for a connection that waits for a lock', async () => {
  let end: () => void = () => undefined
  const told = new Promise<void>((resolve) => { end = resolve })
  let begun: () => void = () => undefined
  const hasBegun = new Promise<void>((resolve) => { begun = resolve })
  const change = store.change(changeScope(acme), async () => {
    begun()
    await told
    return { ok: true, value: null }
  })
  await hasBegun
  const another = store.change(changeScope(acme), async () => ({ ok: true, value: null }))
  const names = await namesSeenBy(acme).catch(() => 'no connection was left').finally(end)
  expect(names).toEqual(['Acme'])
  expect(await Promise.all([change, another])).toMatchObject([{ ok: true }, { ok: true }])
})
