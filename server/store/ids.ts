import { randomBytes } from 'node:crypto'

/**
 * A UUIDv7: 48 bits of `nowMs`, the rest random. Ids made later sort later, which keeps indexes dense.
 * `random` gives at least 10 bytes.
 */
export function uuidv7(nowMs: number, random: Uint8Array): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(nowMs, 0, 6)
  bytes.set(random.subarray(0, 10), 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const RANDOM_BYTES = 10
const IDS_AHEAD = 256
let random = Buffer.alloc(0)
let used = 0

/** The `newId` that programs are composed with. */
export function newId(): string {
  // One call to the system brings the randomness of many ids: the call costs more than the bytes.
  if (used >= random.length) {
    random = randomBytes(RANDOM_BYTES * IDS_AHEAD)
    used = 0
  }
  const start = used
  used += RANDOM_BYTES
  return uuidv7(Date.now(), random.subarray(start, used))
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether text can be the id of a row at all: whatever else a caller sends as an id names nothing. */
export const isUuid = (text: string): boolean => UUID.test(text)
