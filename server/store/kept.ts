import { sql, type CompiledQuery, type Kysely, type KyselyPlugin, type QueryId, type RawBuilder } from 'kysely'
import type { Database } from './tables'

/** Far more than there are: a text that varies with what it is asked must not fill every connection's memory. */
const MAX_NAMES = 200

const marked = new WeakSet<QueryId>()
const names = new Map<string, string>()

const MARKING: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => {
    marked.add(queryId)
    return node
  },
  transformResult: async ({ result }) => result,
}

/**
 * For statements whose way does not depend on what is asked, as by key: each connection parses and plans them
 * once and keeps the plan. Never for lists and searches, whose plan follows the size of the organization, the
 * words and the filter, nor for a text with as many parameters as there are values.
 */
export const kept = (db: Kysely<Database>): Kysely<Database> => db.withPlugin(MARKING)

/**
 * In a kept statement, a row that is joined by its key: `limit 1` leaves no other way than to look it up. A join
 * alone may read the whole table instead, if there was hardly anything in it when the plan was made.
 */
export const ONE = sql<number>`1`

/** A word of ours that stands in the text itself: a kept plan can't tell that an index of some rows serves a parameter. */
export const fixed = <W extends string>(word: W): RawBuilder<W> => sql.lit(word)

/** The name under which a connection keeps the statement; undefined for one that is planned each time. */
export function keptName({ queryId, sql: text }: CompiledQuery): string | undefined {
  if (!marked.has(queryId)) return undefined
  const known = names.get(text)
  if (known !== undefined || names.size >= MAX_NAMES) return known
  const name = `kept_${names.size}`
  names.set(text, name)
  return name
}
