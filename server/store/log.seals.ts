import { createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from './bulk'
import { readHead } from './events.append'
import { EMPTY_CHAIN, type ChainHead, type ChainProblem } from './events.chain'
import type { Store } from './store'
import type { Row } from './tables'
import type { Change } from './transactions'

/** What stands for a month of the log that was purged. */
export type Seal = Row<'log_seals'>

/** A month that may be sealed, with the lines that it takes; months without a line are none. */
export type SealableMonth = { month: string; firstSequence: number; lastSequence: number }

const KEY_NAME = 'log_seals'
const SLICE_LINES = 5_000

/** The key that seals are signed with. */
export const sealKey = (store: Store): Promise<Buffer> => store.key(KEY_NAME)

/** The seals of an organization, oldest first. */
export const readSeals = (db: Tx, organizationId: string): Promise<Seal[]> =>
  db.selectFrom('log_seals').selectAll().where('organization_id', '=', organizationId).orderBy('last_sequence').execute()

/** Where the chain stands after the last seal. */
export const sealedHead = (seals: readonly Seal[]): ChainHead => {
  const last = seals.at(-1)
  return last === undefined ? EMPTY_CHAIN : { sequence: last.last_sequence, hash: last.hash_after }
}

/** The first seal that is not ours, or does not follow the one before it; named by its first sequence. */
export function findSealProblem(key: Buffer, seals: readonly Seal[]): ChainProblem | null {
  let before = EMPTY_CHAIN
  for (const seal of seals) {
    const follows = seal.first_sequence === before.sequence + 1 && seal.hash_before.equals(before.hash)
    const [given, right] = [Buffer.from(seal.signature), Buffer.from(signatureOf(key, seal))]
    if (!follows || given.length !== right.length || !timingSafeEqual(given, right)) return { sequence: before.sequence + 1, problem: 'seal_forged' }
    before = { sequence: seal.last_sequence, hash: seal.hash_after }
  }
  return null
}

/** Whether a line is the one that tells of this seal. */
export const tellsOf = (event: Pick<Row<'events'>, 'kind' | 'target_id'>, seal: Seal): boolean => event.kind === 'log.purged' && event.target_id === seal.signature

/**
 * The months that ended before a moment and are not sealed yet, oldest first. Lines are recorded by several at a
 * time, so that one of a month may stand behind the first of the next: it goes with that one.
 */
export async function findSealable(db: Tx, organizationId: string, before: Date): Promise<SealableMonth[]> {
  const seals = await readSeals(db, organizationId)
  let { sequence: last } = sealedHead(seals)
  const first = await firstLine(db, organizationId, last, null)
  const months: SealableMonth[] = []
  for (let start = first === undefined ? before : monthStart(first.recorded_at); start < before; start = monthAfter(start)) {
    const next = await firstLine(db, organizationId, last, monthAfter(start))
    const end = next === undefined ? (await readHead(db, organizationId)).sequence : next.sequence - 1
    if (end > last) months.push({ month: start.toISOString().slice(0, 7), firstSequence: last + 1, lastSequence: end })
    last = end
    if (next === undefined) break
  }
  return months
}

/** The moment before which an organization that keeps so many months keeps nothing. */
export function keptSince(now: Date, months: number): Date {
  const start = monthStart(now)
  start.setUTCMonth(start.getUTCMonth() - months)
  return start
}

/**
 * Seals months: from now on their lines may be removed. A line of the log tells of each. Called first in its
 * change, by whom the log names; `through` of the months was verified before.
 */
export async function sealMonths({ db, organization, now, record }: Pick<Change, 'db' | 'organization' | 'now' | 'record'>, key: Buffer, months: readonly SealableMonth[]): Promise<void> {
  const head = await readHead(db, organization.id)
  let before = sealedHead(await readSeals(db, organization.id))
  for (const [index, { month, firstSequence, lastSequence }] of months.entries()) {
    const { hash } = await db.selectFrom('events').select('hash').where('organization_id', '=', organization.id).where('sequence', '=', lastSequence).executeTakeFirstOrThrow()
    const open = {
      organization_id: organization.id, month, first_sequence: firstSequence, last_sequence: lastSequence, lines: lastSequence - firstSequence + 1,
      hash_before: before.hash, hash_after: hash, event_sequence: head.sequence + 1 + index, sealed_at: now,
    }
    const signature = signatureOf(key, open)
    await db.insertInto('log_seals').values({ ...open, signature }).execute()
    record({
      category: 'audit', kind: 'log.purged', ofAdmin: true, target: { type: 'log_month', id: signature, label: month },
      changes: { lines: { from: open.lines, to: 0 }, firstSequence: { from: null, to: firstSequence }, lastSequence: { from: null, to: lastSequence } },
    })
    before = { sequence: lastSequence, hash }
  }
}

/** Removes the lines of sealed months, a slice at a time, each by itself; answers how many there were. Begun again, it goes on. */
export async function purgeSealed(store: Store, organizationId: string, onSlice: () => Promise<void> = async () => undefined): Promise<number> {
  let total = 0
  for (;;) {
    const { rows } = await store.system((db) => sql<{ purged: number }>`select purge_sealed_events(${organizationId}, ${SLICE_LINES}) as purged`.execute(db))
    const purged = rows[0]?.purged ?? 0
    total += purged
    if (purged < SLICE_LINES) return total
    await onSlice()
  }
}

const signatureOf = (key: Buffer, seal: Omit<Seal, 'signature'>): string => createHmac('sha256', key).update(JSON.stringify([
  'seal/1', seal.organization_id, seal.month, seal.first_sequence, seal.last_sequence, seal.lines, seal.hash_before.toString('hex'), seal.hash_after.toString('hex'), seal.event_sequence, seal.sealed_at.toISOString(),
])).digest('base64url')

const firstLine = (db: Tx, organizationId: string, after: number, since: Date | null) => db.selectFrom('events').select(['sequence', 'recorded_at'])
  .where('organization_id', '=', organizationId).where('sequence', '>', after)
  .$if(since !== null, (query) => query.where('recorded_at', '>=', since ?? new Date(0)))
  .orderBy('sequence').limit(1).executeTakeFirst()

const monthStart = (at: Date): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1))
const monthAfter = (start: Date): Date => new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1))
