import { sql, type Kysely, type RawBuilder } from 'kysely'
import { bytesOf, type ArrayType } from './arrays'
import { kept } from './kept'
import type { Database } from './tables'
import { COLUMN_TYPES, type BulkRow, type BulkTable } from './tables/types'

/** An array without values. */
const NONE = '{}'

/** A queryable transaction; begun and ended by the store, never by its user. */
export type Tx = Kysely<Database>

/** The values of one row to insert, with jsonb as plain values. */
export type PlainRow = Record<string, unknown>

/** For `column = any of these ids`: one parameter, however many they are. */
export function anyId(ids: readonly string[]) {
  return sql<string>`any(${ids}::uuid[])`
}

/** As `anyId`, for text. */
export function anyText(texts: readonly string[]) {
  return sql<string>`any(${texts}::text[])`
}

/** JSON text for a jsonb column of a typed insert or update. */
export function toJson(value: unknown): string {
  return JSON.stringify(value)
}

/**
 * The insert of any number of rows, at least one, up to its values: one statement, whose text depends on table and
 * columns alone. All rows have the columns of the first. A column whose values are all the same is sent once.
 */
export function insertOf<T extends BulkTable>(table: T, rows: readonly BulkRow<T>[]): RawBuilder<unknown> {
  const names = Object.keys(rows[0] ?? {})
  const types: Record<string, ArrayType> = COLUMN_TYPES[table]
  const columns = names.map((name): Column => {
    const type = types[name]
    if (type === undefined) throw new Error(`${table} has no column ${name}`)
    return { name, type }
  })
  const values = columns.map(({ name, type }) => valuesOf(type, rows, name))
  return sql(textFor(table, columns), ...values.map(({ shared }) => shared), rows.length, ...values.map(({ own }) => own))
}

type Column = { name: string; type: ArrayType }

/** The texts around the parameters, put together once: for one row, that takes ten times as long as all else. */
const texts = new Map<string, TemplateStringsArray>()

function textFor(table: BulkTable, columns: readonly Column[]): TemplateStringsArray {
  const key = `${table} ${columns.map(({ name }) => name).join(' ')}`
  const known = texts.get(key)
  if (known !== undefined) return known
  const list = columns.map(({ name }) => `"${name}"`).join(', ')
  const parts: string[] = []
  let text = `insert into "${table}" (${list}) select `
  const parameter = (before: string, after: string): void => {
    parts.push(text + before)
    text = after
  }
  for (const [index, { name, type }] of columns.entries()) parameter(`${index === 0 ? '' : ', '}coalesce(own."${name}", `, `::${type})`)
  parameter(' from rows from (generate_series(1, ', ')')
  for (const { type } of columns) parameter(', unnest(', `::${type}[])`)
  parts.push(`${text}) as own(n, ${list})`)
  const made = Object.assign(parts, { raw: parts })
  texts.set(key, made)
  return made
}

/** Inserts any number of rows in one statement; see `insertOf`. */
export async function insertMany<T extends BulkTable>(db: Tx, table: T, rows: readonly BulkRow<T>[], onConflict: 'fail' | 'ignore' = 'fail'): Promise<void> {
  if (rows.length === 0) return
  const ending = onConflict === 'ignore' ? sql`on conflict do nothing` : sql``
  await sql`${insertOf(table, rows)} ${ending}`.execute(kept(db))
}

/** The values of a column: one by one as the bytes of an array, or once. Compared by identity. */
function valuesOf(type: ArrayType, rows: readonly PlainRow[], name: string): { own: unknown; shared: unknown } {
  const first = rows[0]?.[name]
  for (const row of rows) {
    if (row[name] !== first) return { own: bytesOf(type, rows.map((one) => one[name])), shared: null }
  }
  return { own: NONE, shared: type === 'jsonb' && first !== null && first !== undefined ? JSON.stringify(first) : first ?? null }
}

