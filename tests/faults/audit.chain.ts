import { createHash } from 'node:crypto'

/** A line of the log as the auditor reads it; times as RFC 3339 text. */
export type AuditedLine = {
  organization_id: string; sequence: number; id: string; at: string; recorded_at: string; category: string; kind: string
  actor_id: string | null; actor_email: string | null; actor_name: string | null; of_admin: boolean; subjects: { id: string | null; email: string; name: string }[]
  target_type: string | null; target_id: string | null; target_label: string | null; message_id: string | null; changes: Record<string, unknown>
  ip: string | null; client: string; request_id: string; salt: Buffer | null; commitment: Buffer; previous_hash: Buffer; hash: Buffer
}

const sha256 = (...parts: (Buffer | string)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

/** Names of an object in the order of their code units, at every depth. */
const inOrder = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item) => inOrder(item))
  return Object.fromEntries(Object.keys(value).sort().map((name) => [name, inOrder((value as Record<string, unknown>)[name])]))
}

const personalOf = (line: AuditedLine): string =>
  JSON.stringify(inOrder([line.actor_email, line.actor_name, line.subjects, line.target_label, line.changes, line.ip]))

/** A line whose person was erased holds no salt, and none of the text either. */
const isErased = ({ salt, actor_email, actor_name, target_label, ip, subjects, changes }: AuditedLine): boolean =>
  salt === null && actor_email === null && actor_name === null && target_label === null && ip === null && Object.keys(changes).length === 0 && subjects.every(({ email, name }) => email === '' && name === '')

const isTextAsCommitted = (line: AuditedLine): boolean =>
  line.salt === null ? isErased(line) : sha256(line.salt, personalOf(line)).equals(line.commitment)

const fixedOf = (line: AuditedLine): string => JSON.stringify([
  'event/1', line.organization_id, line.sequence, line.id, line.at, line.recorded_at, line.category, line.kind, line.actor_id, line.of_admin,
  line.target_type, line.target_id, line.message_id, line.client, line.request_id,
])

/**
 * What is wrong with the lines of one organization, in order of sequence: a second reading of the format
 * of the chain, so that a mistake of the product's own verifier does not hide itself.
 */
export function findChainFaults(lines: readonly AuditedLine[]): string[] {
  let previous: Buffer = Buffer.alloc(32)
  return lines.flatMap((line, index) => {
    const faults = [
      ...(line.sequence === index + 1 ? [] : [`line ${line.sequence} stands where ${index + 1} belongs`]),
      ...(line.previous_hash.equals(previous) ? [] : [`line ${line.sequence} does not follow the one before it`]),
      ...(isTextAsCommitted(line) ? [] : [`the text of line ${line.sequence} was changed`]),
      ...(sha256(line.previous_hash, fixedOf(line), line.commitment).equals(line.hash) ? [] : [`line ${line.sequence} was changed`]),
    ]
    previous = line.hash
    return faults
  })
}
