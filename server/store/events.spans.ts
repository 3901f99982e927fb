import { sql } from 'kysely'
import type { Tx } from './bulk'

/** A stretch of a log, both ends included. */
export type Span = { first: number; last: number }

/** Lines that share one row of `event_spans`; `event_block` of the database divides by the same. */
const BLOCK_LINES = 4096
/** Asking for a stretch costs as much as passing over some thousand lines. */
const MAX_SPANS = 16

/**
 * The stretches that may hold lines of a period, newest first: one where lines came in the order in which they
 * happened, more where some were late. What lies outside them holds none.
 */
export async function findSpans(db: Tx, organizationId: string, { from, to }: { from?: Date; to?: Date }): Promise<Span[]> {
  const since = from === undefined ? sql`` : sql`and max_at >= ${from}`
  const until = to === undefined ? sql`` : sql`and min_at < ${to}`
  const { rows } = await sql<Span>`
    select min(block) * ${BLOCK_LINES}::bigint as first, max(block) * ${BLOCK_LINES}::bigint + ${BLOCK_LINES - 1}::bigint as last
    from (select block, block + row_number() over (order by block desc) as stretch from event_spans where organization_id = ${organizationId} ${since} ${until}) as found
    group by stretch order by last desc`.execute(db)
  return joinRest(rows.map(({ first, last }) => ({ first: Number(first), last: Number(last) })))
}

/** Many short stretches become one: what lies between them is passed over then. */
function joinRest(spans: Span[]): Span[] {
  const [next, oldest] = [spans[MAX_SPANS - 1], spans.at(-1)]
  return next === undefined || oldest === undefined ? spans : [...spans.slice(0, MAX_SPANS - 1), { first: oldest.first, last: next.last }]
}
