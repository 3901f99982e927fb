import { createInflateRaw } from 'node:zlib'

/** One file inside a ZIP archive, still packed. */
export type ZipEntry = { name: string; packed: Buffer; isDeflated: boolean }

const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const END_LENGTH = 22
const MAX_COMMENT = 65_535
const MAX_ENTRIES = 10_000
const ENCRYPTED = 0x1
const DEFLATE = 8

/** The entries of an archive by name, from its directory; null for what is no plain ZIP archive. */
export function readZip(bytes: Buffer): Map<string, ZipEntry> | null {
  try {
    const end = findEnd(bytes)
    const count = end === null ? 0 : bytes.readUInt16LE(end + 10)
    if (end === null || count > MAX_ENTRIES) return null
    const entries = new Map<string, ZipEntry>()
    let at = bytes.readUInt32LE(end + 16)
    for (let index = 0; index < count; index += 1) {
      const entry = readEntry(bytes, at)
      if (entry === null) return null
      entries.set(entry.name, entry)
      at = entry.next
    }
    return entries
  } catch {
    // A place that lies outside of the file.
    return null
  }
}

function findEnd(bytes: Buffer): number | null {
  for (let at = bytes.length - END_LENGTH; at >= Math.max(0, bytes.length - END_LENGTH - MAX_COMMENT); at -= 1) {
    if (bytes.readUInt32LE(at) === END_SIGNATURE) return at
  }
  return null
}

function readEntry(bytes: Buffer, at: number): (ZipEntry & { next: number }) | null {
  if (bytes.readUInt32LE(at) !== ENTRY_SIGNATURE || (bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0) return null
  const method = bytes.readUInt16LE(at + 10)
  const nameLength = bytes.readUInt16LE(at + 28)
  const local = bytes.readUInt32LE(at + 42)
  if ((method !== 0 && method !== DEFLATE) || bytes.readUInt32LE(local) !== LOCAL_SIGNATURE) return null
  // The lengths of the local header may differ from those of the directory.
  const content = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  return {
    name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
    packed: bytes.subarray(content, content + bytes.readUInt32LE(at + 20)),
    isDeflated: method === DEFLATE,
    next: at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32),
  }
}

/** The content of an entry, piece by piece; throws when it is broken or unpacks to more than `maxBytes`. */
export async function* unpack(entry: ZipEntry, maxBytes: number): AsyncGenerator<Buffer> {
  if (!entry.isDeflated) {
    if (entry.packed.length > maxBytes) throw new Error('too large')
    yield entry.packed
    return
  }
  const inflate = createInflateRaw()
  inflate.end(entry.packed)
  let size = 0
  for await (const piece of inflate as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > maxBytes) throw new Error('too large')
    yield piece
  }
}
