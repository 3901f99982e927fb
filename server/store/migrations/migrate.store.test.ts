import { Client } from 'pg'
import { addUser } from '../../../tests/doubles/server'
import { addOrganization, openTestStore, type TestStore } from '../../../tests/doubles/store'
import { MIGRATIONS } from './index'
import { migrate } from './migrate'

jest.setTimeout(60_000)

let store: TestStore
let client: Client

beforeEach(async () => {
  store = await openTestStore()
  client = new Client(store.connection)
  await client.connect()
})
afterEach(async () => {
  await client.end()
  await store.drop()
})

const next = (sql: string) => [...MIGRATIONS, { id: 1_000, name: 'next', sql }]

test('an up-to-date database is left alone', async () => {
  expect(await migrate(client)).toEqual({ ok: true, applied: [] })
})

test('a new step is applied once, by one of two servers that start together', async () => {
  const other = new Client(store.connection)
  await other.connect()
  const results = await Promise.all([client, other].map((one) => migrate(one, next('create table fresh (n int)'))))
  await other.end()
  expect(results.flatMap((result) => (result.ok ? result.applied : ['refused']))).toEqual(['next'])
})

test('a failing step leaves nothing of itself', async () => {
  await expect(migrate(client, next('create table half (n int); select 1 / 0'))).rejects.toThrow('division by zero')
  expect((await client.query("select to_regclass('half') as half")).rows).toEqual([{ half: null }])
  expect(await migrate(client)).toEqual({ ok: true, applied: [] })
})

test('a database of a newer version is refused', async () => {
  await migrate(client, next('select 1'))
  expect(await migrate(client)).toEqual({ ok: false, code: 'store.newer_schema', migration: 'next' })
})

test('a step that was changed after it was applied is refused', async () => {
  await migrate(client, next('select 1'))
  expect(await migrate(client, next('select 2'))).toEqual({ ok: false, code: 'store.changed_migration', migration: 'next' })
})

test('a time zone that was stored for everybody is forgotten once, and who chooses it afterwards keeps it', async () => {
  const acme = await addOrganization(store, 'Acme')
  for (const zone of ['UTC', 'Europe/Paris', '']) await addUser(store, acme, `${zone.slice(0, 3)}@acme.example`, { time_zone: zone })
  const zones = async () => (await store.asOwner('select time_zone from users order by id')).map((row) => row['time_zone'])
  await client.query('delete from migrations where id = 15')
  expect(await migrate(client)).toEqual({ ok: true, applied: ['time-zone'] })
  expect(await zones()).toEqual(['', 'Europe/Paris', ''])
  await store.system((db) => db.updateTable('users').set({ time_zone: 'UTC' }).where('time_zone', '=', 'Europe/Paris').execute())
  expect(await migrate(client)).toEqual({ ok: true, applied: [] })
  expect(await zones()).toEqual(['', 'UTC', ''])
})

test('licenses that were bought before terms were known end a year after the first of them, in the years to come', async () => {
  const acme = await addOrganization(store, 'Acme')
  const bought = async (plan: string, ago: string, status = 'done') => client.query(`insert into orders (organization_id, id, plan, quantity, amount_cents, currency, status, provider, created_by_name, created_at, settled_at)
    values ($1, gen_random_uuid(), $2, 3, 900, 'EUR', $3, 'manual', 'B', now() - $4::interval, now() - $4::interval)`, [acme, plan, status, ago])
  await client.query("set app.system = 'on'")
  await client.query('update license_pools set quantity = 5')
  await bought('eco', '2 years 2 months')
  await bought('eco', '1 month')
  await bought('pro', '1 day')
  await bought('advanced', '1 day', 'failed')
  await client.query('alter table orders drop column renewal; alter table license_pools drop column renewal_told; drop index license_pools_by_renewal; delete from migrations where id = 16')
  expect(await migrate(client)).toMatchObject({ ok: true })
  const { rows } = await client.query("select plan, renews_on = (current_date - '2 months'::interval + '1 year')::date as eco, renews_on = (current_date - 1 + '1 year'::interval)::date as pro, renews_on from license_pools order by plan")
  expect(rows.map(({ plan, eco, pro, renews_on: on }) => [plan, plan === 'eco' ? eco : plan === 'pro' ? pro : on])).toEqual([['advanced', null], ['eco', true], ['pro', true]])
})
