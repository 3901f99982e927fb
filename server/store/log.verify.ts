import { EMPTY_CHAIN, findLinkProblem, type ChainHead, type ChainVerdict } from './events.chain'
import { readHead } from './events.append'
import type { Store } from './store'
import type { Row } from './tables'

const PAGE_ROWS = 5_000

/**
 * Verifies the log of one organization from its first line: the chain itself, every head kept outside on the way,
 * and that neither the database's own head nor the newest one outside is beyond the end. Names the first bad sequence.
 */
export async function verifyLog(store: Store, organizationId: string, outside: readonly ChainHead[]): Promise<ChainVerdict> {
  const hashBySequence = new Map(outside.map(({ sequence, hash }) => [sequence, hash]))
  const own = await store.system((db) => readHead(db, organizationId))
  let head = EMPTY_CHAIN
  for await (const event of readLog(store, organizationId)) {
    const problem = findLinkProblem(head, event)
    if (problem !== null) return { ok: false, sequence: head.sequence + 1, problem }
    head = { sequence: event.sequence, hash: event.hash }
    const expected = hashBySequence.get(head.sequence) ?? (own.sequence === head.sequence ? own.hash : undefined)
    if (expected !== undefined && !expected.equals(head.hash)) return { ok: false, sequence: head.sequence, problem: 'head_differs' }
  }
  const last = Math.max(own.sequence, ...hashBySequence.keys())
  return head.sequence < last ? { ok: false, sequence: head.sequence + 1, problem: 'truncated' } : { ok: true, head }
}

/** Page by page, the next one on its way while this one is checked. */
async function* readLog(store: Store, organizationId: string): AsyncGenerator<Row<'events'>> {
  const read = (after: number): Promise<Row<'events'>[]> => store.system((db) => db.selectFrom('events').selectAll()
    .where('organization_id', '=', organizationId).where('sequence', '>', after).orderBy('sequence').limit(PAGE_ROWS).execute())
  let coming = read(0)
  for (;;) {
    const rows = await coming
    const last = rows.at(-1)
    if (rows.length === PAGE_ROWS && last !== undefined) {
      coming = read(last.sequence)
      coming.catch(() => undefined)
    }
    yield* rows
    if (rows.length < PAGE_ROWS) return
  }
}
