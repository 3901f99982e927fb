import type { ClientBase } from 'pg'

/** A table with the columns that hold its data: none that the database computes. */
export type TableColumns = { name: string; columns: string[] }

/** What is not data: counters that a crash loses, and which steps the schema has taken. */
const LEFT_OUT = ['limit_counters', 'migrations']

/** Every table of data; the months of the log are read and written through the log itself. */
export async function readTables(client: ClientBase): Promise<TableColumns[]> {
  const { rows } = await client.query<TableColumns>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all($1)
    group by c.relname order by c.relname`, [LEFT_OUT])
  return rows
}

/** The tables in an order in which each comes after those that it refers to. */
export async function orderTables(client: ClientBase, names: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ of: string; to: string }>(`
    select conrelid::regclass::text as of, confrelid::regclass::text as to from pg_constraint where contype = 'f' and conrelid <> confrelid`)
  const ordered: string[] = []
  const waiting = new Set(names)
  while (waiting.size > 0) {
    const free = [...waiting].filter((name) => rows.every(({ of, to }) => of !== name || !waiting.has(to)))
    if (free.length === 0) throw new Error('tables refer to each other in a circle')
    for (const name of free) waiting.delete(name)
    ordered.push(...free)
  }
  return ordered
}

/** A list of columns as SQL. */
export const columnList = (columns: readonly string[]): string => columns.map((name) => `"${name}"`).join(', ')
