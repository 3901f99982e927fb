import { sql } from 'kysely'
import { openTestStore, type TestStore } from '../../tests/doubles/store'
import { arrayOf, type ArrayType } from './arrays'
import { COLUMN_TYPES } from './tables/types'

let store: TestStore

beforeAll(async () => { store = await openTestStore() })
afterAll(async () => { await store.drop() })

/** The values as the database has understood them, as text. */
const understood = (type: ArrayType, values: readonly unknown[]) => store.system(async (db) => {
  const { rows } = await sql<{ value: string | null }>`select value::text from unnest(${arrayOf(type, values)}) with ordinality as given(value, n) order by n`.execute(db)
  return rows.map(({ value }) => value)
})

const CASES: { type: ArrayType; values: readonly unknown[]; stored: readonly (string | null)[] }[] = [
  { type: 'text', values: ['', 'Zoë', null, '"{},\\', '漢字 👩‍👩‍👧', 'NULL', undefined], stored: ['', 'Zoë', null, '"{},\\', '漢字 👩‍👩‍👧', 'NULL', null] },
  { type: 'uuid', values: ['019c0a1b-2c3d-7e4f-8a5b-0123456789ab', null, 'ffffffff-FFFF-ffff-ffff-ffffffffffff'], stored: ['019c0a1b-2c3d-7e4f-8a5b-0123456789ab', null, 'ffffffff-ffff-ffff-ffff-ffffffffffff'] },
  { type: 'bytea', values: [Buffer.from([0, 255, 16]), Buffer.alloc(0), null], stored: ['\\x00ff10', '\\x', null] },
  { type: 'boolean', values: [true, false, null], stored: ['true', 'false', null] },
  { type: 'smallint', values: [0, -32_768, 32_767, null], stored: ['0', '-32768', '32767', null] },
  { type: 'integer', values: [0, -2_147_483_648, 2_147_483_647, null], stored: ['0', '-2147483648', '2147483647', null] },
  { type: 'bigint', values: [0, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, null], stored: ['0', '-9007199254740991', '9007199254740991', null] },
  { type: 'date', values: ['2026-11-30', '1999-12-31', '2000-02-29', null], stored: ['2026-11-30', '1999-12-31', '2000-02-29', null] },
  { type: 'timestamptz', values: [new Date('2026-11-30T12:34:56.789Z'), '1969-07-20T20:17:40.000Z', null], stored: ['2026-11-30 12:34:56.789+00', '1969-07-20 20:17:40+00', null] },
  { type: 'json', values: ['{"a":  [1]}', '[]', null], stored: ['{"a":  [1]}', '[]', null] },
  { type: 'jsonb', values: [{ a: [1, null, 'é'] }, 'text', 0, false, [], null], stored: ['{"a": [1, null, "é"]}', '"text"', '0', 'false', '[]', null] },
]

test.each(CASES)('$type values arrive as they were sent', async ({ type, values, stored }) => {
  expect(await understood(type, values)).toEqual(stored)
  expect(await understood(type, [])).toEqual([])
})

test.each(['nobody', '019c0a1b2c3d7e4f8a5b0123456789ab', ''])('what is no id is refused: %j', async (value) => {
  await expect(understood('uuid', [value])).rejects.toThrow(/binary data format|insufficient data/)
})

test('what a row is sent as are the types of the columns of its table', async () => {
  const columns = await store.system(async (db) => {
    const { rows } = await sql<{ table: string; column: string; type: string }>`
      select table_name as table, column_name as column, coalesce(nullif(data_type, 'timestamp with time zone'), 'timestamptz') as type
      from information_schema.columns where table_schema = 'public' and is_generated = 'NEVER'`.execute(db)
    return rows
  })
  const found = Object.fromEntries(Object.keys(COLUMN_TYPES).map((table) => [table, Object.fromEntries(columns.filter((one) => one.table === table).map(({ column, type }) => [column, type]))]))
  expect(found).toEqual(COLUMN_TYPES)
})
