import { createHash } from 'node:crypto'
import type { Row } from './tables'

/** Where a chain stands: its last sequence and hash; sequence 0 is the empty chain. */
export type ChainHead = { sequence: number; hash: Buffer }

/** A line of the log before it is chained: everything but salt, commitment and hashes. */
export type OpenEvent = Omit<Row<'events'>, 'salt' | 'commitment' | 'previous_hash' | 'hash'>

/** What a verification found first, with the sequence where it shows. */
export type ChainProblem = { sequence: number; problem: 'missing' | 'edited' | 'relinked' | 'text_edited' | 'truncated' | 'head_differs' | 'seal_forged' }
export type ChainVerdict = { ok: true; head: ChainHead } | ({ ok: false } & ChainProblem)

/** Bytes of salt per event. */
export const SALT_BYTES = 16

/** The head of a chain without events. */
export const EMPTY_CHAIN: ChainHead = { sequence: 0, hash: Buffer.alloc(32) }

/**
 * The commitment to the personal text of an event: salted, so that an erased text cannot be guessed back
 * from what stays.
 */
export function commitmentOf(event: OpenEvent, salt: Buffer): Buffer {
  return createHash('sha256').update(salt).update(personalBytes(event)).digest()
}

/** The hash of an event that follows `previousHash`. */
export function hashOf(event: OpenEvent, commitment: Buffer, previousHash: Buffer): Buffer {
  return createHash('sha256').update(previousHash).update(fixedBytes(event)).update(commitment).digest()
}

/** Chains events onto a head, in order; `saltOf` gives SALT_BYTES random bytes for the n-th of them. Sequences must follow the head. */
export function chainEvents(head: ChainHead, events: OpenEvent[], saltOf: (index: number) => Buffer): { rows: Row<'events'>[]; head: ChainHead } {
  const rows: Row<'events'>[] = []
  let last = head
  for (const [index, event] of events.entries()) {
    const salt = saltOf(index)
    const commitment = commitmentOf(event, salt)
    const hash = hashOf(event, commitment, last.hash)
    rows.push(rowOf(event, salt, commitment, last.hash, hash))
    last = { sequence: event.sequence, hash }
  }
  return { rows, head: last }
}

/** Column by column: to spread an object of twenty columns takes as long as to hash it, and every line of the log comes this way. */
const rowOf = (event: OpenEvent, salt: Buffer, commitment: Buffer, previousHash: Buffer, hash: Buffer): Row<'events'> => ({
  organization_id: event.organization_id, sequence: event.sequence, id: event.id, at: event.at, recorded_at: event.recorded_at, category: event.category, kind: event.kind,
  actor_id: event.actor_id, actor_email: event.actor_email, actor_name: event.actor_name, of_admin: event.of_admin, subjects: event.subjects,
  target_type: event.target_type, target_id: event.target_id, target_label: event.target_label, message_id: event.message_id, changes: event.changes,
  ip: event.ip, client: event.client, request_id: event.request_id, salt, commitment, previous_hash: previousHash, hash,
})

/**
 * Verifies stored events in order of sequence, from just after `start` (the empty chain, or the last line purged).
 * Without `expected`, a head kept outside, a truncated tail cannot be told from an end.
 */
export async function verifyChain(
  events: Iterable<Row<'events'>> | AsyncIterable<Row<'events'>>,
  options: { start?: ChainHead; expected?: ChainHead } = {},
): Promise<ChainVerdict> {
  const { expected } = options
  let head = options.start ?? EMPTY_CHAIN
  for await (const event of events) {
    const problem = findLinkProblem(head, event)
    if (problem !== null) return { ok: false, sequence: head.sequence + 1, problem }
    head = { sequence: event.sequence, hash: event.hash }
    if (expected?.sequence === head.sequence && !expected.hash.equals(head.hash)) return { ok: false, sequence: head.sequence, problem: 'head_differs' }
  }
  if (expected !== undefined && head.sequence < expected.sequence) return { ok: false, sequence: head.sequence + 1, problem: 'truncated' }
  return { ok: true, head }
}

/** What is wrong with the line that should follow `head`, or null. */
export function findLinkProblem(head: ChainHead, event: Row<'events'>): ChainProblem['problem'] | null {
  if (event.sequence !== head.sequence + 1) return 'missing'
  if (!event.previous_hash.equals(head.hash)) return 'relinked'
  if (!hashOf(event, event.commitment, event.previous_hash).equals(event.hash)) return 'edited'
  if (event.salt === null) return isErased(event) ? null : 'text_edited'
  return commitmentOf(event, event.salt).equals(event.commitment) ? null : 'text_edited'
}

/** Text as PostgreSQL can hold it: no NUL, no half of a surrogate pair; a hash must cover what is stored. */
export function storableText<T extends string | null>(value: T): T | string {
  // Most text holds neither, nor the pairs that are fine: to look is quicker than to replace nothing.
  return value === null || !/[\0\ud800-\udfff]/.test(value) ? value : value.replace(/\0|\p{Surrogate}/gu, '\uFFFD')
}

/** JSON as it comes back from the database: plain values, storable text. Copied by hand, which is quicker than by way of text. */
export function storableJson<T>(value: T): T {
  // A copy of the same shape: only what JSON can't hold differs.
  return plainOf(value) as T
}

function plainOf(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map((item: unknown) => (item === undefined ? null : plainOf(item)))
  return copyOf(value, Object.keys(value), plainOf)
}

/** An object of these keys in this order, its values copied; without those that are undefined. By hand: every line of the log comes this way. */
function copyOf(value: object, keys: readonly string[], copy: (item: unknown) => unknown): Record<string, unknown> {
  const from = value as Record<string, unknown>
  const made: Record<string, unknown> = {}
  for (const key of keys) {
    const item = from[key]
    if (item === undefined) continue
    if (key === '__proto__') Object.defineProperty(made, key, { value: copy(item), enumerable: true, configurable: true, writable: true })
    else made[key] = copy(item)
  }
  return made
}

/** An erased event holds no salt and none of the text that the commitment covered. */
function isErased(event: OpenEvent): boolean {
  const named = event.subjects.some((subject) => subject.email !== '' || subject.name !== '')
  return !named && event.actor_email === null && event.actor_name === null && event.target_label === null
    && event.ip === null && Object.keys(event.changes).length === 0
}

function fixedBytes(event: OpenEvent): string {
  const recordedAt = event.recorded_at.toISOString()
  const at = event.at === event.recorded_at ? recordedAt : event.at.toISOString()
  return JSON.stringify([
    'event/1', event.organization_id, event.sequence, event.id, at, recordedAt,
    event.category, event.kind, event.actor_id, event.of_admin, event.target_type, event.target_id, event.message_id,
    event.client, event.request_id,
  ])
}

function personalBytes(event: OpenEvent): string {
  const text = [event.actor_email, event.actor_name, event.subjects, event.target_label, event.changes, event.ip]
  return JSON.stringify(sorted(text))
}

/** jsonb forgets the order of keys, so the canonical form sorts them. Sorting first is quicker than a replacer. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sorted)
  return copyOf(value, Object.keys(value).sort(), sorted)
}
