import { findLinkProblem, type ChainHead, type ChainProblem } from './events.chain'
import { readHead } from './events.append'
import { findSealProblem, readSeals, sealedHead, sealKey, tellsOf, type Seal } from './log.seals'
import type { Store } from './store'
import type { Row } from './tables'

/** What a verification found: the end of the log and the last line that was purged, or the first that is wrong. */
export type LogVerdict = { ok: true; head: ChainHead; sealed: number } | ({ ok: false } & ChainProblem)

/** How far to look, and who gets each line that holds. */
export type VerifyOptions = { until?: number; onLine?: (event: Row<'events'>) => Promise<void> }

const PAGE_ROWS = 5_000

/**
 * Verifies the log of one organization from its first line: the seals of purged months, the chain that goes on from
 * them, every head kept outside on the way, and that neither the database's own head nor the newest one outside is
 * beyond the end. Names the first bad sequence. With `until`, only the lines up to that one.
 */
export async function verifyLog(store: Store, organizationId: string, outside: readonly ChainHead[], { until = Number.MAX_SAFE_INTEGER, onLine }: VerifyOptions = {}): Promise<LogVerdict> {
  const key = await sealKey(store)
  const { own, seals } = await store.system(async (db) => ({ own: await readHead(db, organizationId), seals: await readSeals(db, organizationId) }))
  const forged = findSealProblem(key, seals)
  if (forged !== null) return { ok: false, ...forged }
  const hashBySequence = new Map([...outside, own, ...seals.map(({ last_sequence: sequence, hash_after: hash }) => ({ sequence, hash }))].map(({ sequence, hash }) => [sequence, hash]))
  for (const { sequence, hash } of outside) hashBySequence.set(sequence, hash)
  const sealed = sealedHead(seals)
  const kept = hashBySequence.get(sealed.sequence)
  if (sealed.sequence > 0 && kept !== undefined && !kept.equals(sealed.hash)) return { ok: false, sequence: sealed.sequence, problem: 'head_differs' }
  const told = seals.filter(({ event_sequence: sequence }) => sequence > sealed.sequence && sequence <= until)
  const walked = await walk({ store, organizationId, until, onLine, hashBySequence, sealed, told })
  if (!walked.ok) return walked
  const last = Math.min(until, Math.max(own.sequence, ...outside.map(({ sequence }) => sequence)))
  return walked.head.sequence < last ? { ok: false, sequence: walked.head.sequence + 1, problem: 'truncated' } : { ...walked, sealed: sealed.sequence }
}

type Walk = { store: Store; organizationId: string; until: number; onLine: VerifyOptions['onLine']; hashBySequence: ReadonlyMap<number, Buffer>; sealed: ChainHead; told: readonly Seal[] }

async function walk({ store, organizationId, until, onLine, hashBySequence, sealed, told }: Walk): Promise<{ ok: true; head: ChainHead } | ({ ok: false } & ChainProblem)> {
  let head: ChainHead | null = null
  for await (const event of readLog(store, organizationId)) {
    if (event.sequence > until) break
    // A purge that is not over leaves the newest of the sealed lines: they must lead to what was sealed.
    head ??= event.sequence <= sealed.sequence ? { sequence: event.sequence - 1, hash: event.previous_hash } : sealed
    const problem = findLinkProblem(head, event)
    if (problem !== null) return { ok: false, sequence: head.sequence + 1, problem }
    head = { sequence: event.sequence, hash: event.hash }
    const expected = hashBySequence.get(head.sequence)
    if (expected !== undefined && !expected.equals(head.hash)) return { ok: false, sequence: head.sequence, problem: 'head_differs' }
    const unsaid = told.find((seal) => seal.event_sequence === event.sequence && !tellsOf(event, seal))
    if (unsaid !== undefined) return { ok: false, sequence: unsaid.first_sequence, problem: 'seal_forged' }
    if (onLine !== undefined) await onLine(event)
  }
  const end = head ?? sealed
  const untold = told.find(({ event_sequence: sequence }) => sequence > end.sequence)
  return untold === undefined ? { ok: true, head: end } : { ok: false, sequence: untold.first_sequence, problem: 'seal_forged' }
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
