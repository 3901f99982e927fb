import { Client } from 'pg'
import { openTestStore, type TestStore } from '../../../tests/doubles/store'
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
