import { Client } from 'pg'
import { NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { prepareDatabase } from './database'

const ROUNDS = 4
const MONTHS = 3
jest.setTimeout(60_000)
let store: TestStore

beforeAll(async () => { store = await openTestStore() })
afterAll(() => store.drop())

const open = async (): Promise<Client> => {
  const client = new Client(store.connection)
  await client.connect()
  return client
}

test('servers and commands that need the same new months at the same moment make each once', async () => {
  const clients = await Promise.all([open(), open(), open()])
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(clients.map((client) => client.query('select ensure_event_partitions($1, $2)', [`${2040 + round}-01-01`, MONTHS])))
  }
  await Promise.all(clients.map((client) => client.end()))
  const [made] = await store.asOwner("select count(*)::int as count from pg_inherits where inhparent = 'events'::regclass and inhrelid::regclass::text >= 'events_2040'")
  expect(made?.['count']).toBe(ROUNDS * MONTHS)
})

test('a server and the operator’s commands can prepare one fresh database at the same moment', async () => {
  const database = `${store.connection.database}_fresh`
  await store.asOwner(`create database ${database}`)
  const prepared = await Promise.all([1, 2, 3].map(() => prepareDatabase({ ...store.connection, database }, NOW)))
  expect(prepared.map(({ ok }) => ok)).toEqual([true, true, true])
  expect(prepared.filter((one) => one.ok && one.applied.length > 0)).toHaveLength(1)
})
