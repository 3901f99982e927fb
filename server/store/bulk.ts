import { sql, type Insertable, type Kysely, type RawBuilder } from 'kysely'
import { kept } from './kept'
import type { Database } from './tables'

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

/** Rows as one JSON parameter that json_populate_recordset reads back: bytes in hex, dates in UTC. */
export function toRecordset(rows: readonly PlainRow[]): string {
  return JSON.stringify(rows.map((row) => picked(row, Object.keys(row))))
}

/**
 * Rows as records of a table, to select from. What is the same in all of them is sent and read once: most
 * of what a batch holds. All rows have the columns of the first; jsonb columns are given as plain values.
 */
export function recordsOf<T extends keyof Database>(table: T, rows: readonly { [K in keyof Insertable<Database[T]>]?: unknown }[]): RawBuilder<unknown> {
  const { shared, own } = factored(rows)
  return sql`json_populate_recordset(json_populate_record(null::${sql.table(table)}, ${toJson(shared)}::json), ${toJson(own)}::json)`
}

/** Inserts any number of rows in one statement; see `recordsOf`. */
export async function insertMany<T extends keyof Database>(
  db: Tx, table: T, rows: readonly { [K in keyof Insertable<Database[T]>]: unknown }[], onConflict: 'fail' | 'ignore' = 'fail',
): Promise<void> {
  const first = rows[0]
  if (first === undefined) return
  const columns = sql.join(Object.keys(first).map((name) => sql.ref(name)))
  const ending = onConflict === 'ignore' ? sql`on conflict do nothing` : sql``
  await sql`insert into ${sql.table(table)} (${columns}) select ${columns} from ${recordsOf(table, rows)} ${ending}`.execute(kept(db))
}

/** Parts rows into what all of them share, compared by identity, and what each has for itself; both plain. */
function factored(rows: readonly PlainRow[]): { shared: PlainRow; own: PlainRow[] } {
  const first = rows[0] ?? {}
  const sharedNames: string[] = []
  const ownNames: string[] = []
  for (const name of Object.keys(first)) (isSame(rows, name) ? sharedNames : ownNames).push(name)
  const own: PlainRow[] = []
  for (const row of rows) own.push(picked(row, ownNames))
  return { shared: picked(first, sharedNames), own }
}

function isSame(rows: readonly PlainRow[], name: string): boolean {
  const value = rows[0]?.[name]
  for (const row of rows) if (row[name] !== value) return false
  return true
}

/** These columns of a row as plain values. One copy, made by hand: whatever is stored by the thousand comes this way. */
function picked(row: PlainRow, names: readonly string[]): PlainRow {
  const plain: PlainRow = {}
  for (const name of names) plain[name] = plainValue(row[name])
  return plain
}

const plainValue = (value: unknown): unknown => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value)
