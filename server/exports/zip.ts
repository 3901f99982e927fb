import { createDeflateRaw } from 'node:zlib'
import { crc32 } from './crc32'

/** One file of an archive, written while it is packed. */
export type ZipEntry = { name: string; content: AsyncIterable<string> | Iterable<string> }

type Written = { name: Buffer; crc: number; packed: number; size: number; offset: number }

const STREAMED_UTF8 = 0x0808
const DEFLATE = 8
const VERSION = 20
/** 1 January 1980, the oldest day that the format knows: archives do not tell when they were made. */
const DAY = 0x0021
const FASTEST = 1

/**
 * Packs files into a ZIP archive in one pass at constant memory: sizes stand behind each file. Less than 4 GB in
 * all, as the format without extensions holds.
 */
export async function* writeZip(entries: readonly ZipEntry[]): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let offset = 0
  for (const entry of entries) {
    const file: Written = { name: Buffer.from(entry.name), crc: 0, packed: 0, size: 0, offset }
    const header = headerOf(file)
    offset += header.length
    yield header
    for await (const chunk of pack(entry.content, file)) {
      offset += chunk.length
      yield chunk
    }
    const descriptor = numbers([0x08074b50, 4], [file.crc, 4], [file.packed, 4], [file.size, 4])
    offset += descriptor.length
    written.push(file)
    yield descriptor
  }
  const directory = Buffer.concat(written.map(directoryOf))
  yield Buffer.concat([directory, numbers([0x06054b50, 4], [0, 2], [0, 2], [written.length, 2], [written.length, 2], [directory.length, 4], [offset, 4], [0, 2])])
}

/** Whatever the compressor has ready is passed on after each piece, so neither side runs ahead of the reader. */
async function* pack(content: ZipEntry['content'], file: Written): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level: FASTEST })
  const feed = async (): Promise<void> => {
    for await (const text of content) {
      const bytes = Buffer.from(text)
      file.crc = crc32(bytes, file.crc)
      file.size += bytes.length
      if (!deflate.write(bytes)) await new Promise((resolve) => { deflate.once('drain', resolve) })
    }
    deflate.end()
  }
  const feeding = feed().catch((error: unknown) => deflate.destroy(error instanceof Error ? error : new Error(String(error))))
  for await (const chunk of deflate) {
    const bytes = Buffer.from(chunk)
    file.packed += bytes.length
    yield bytes
  }
  await feeding
}

const headerOf = ({ name }: Written): Buffer =>
  Buffer.concat([numbers([0x04034b50, 4], [VERSION, 2], [STREAMED_UTF8, 2], [DEFLATE, 2], [0, 2], [DAY, 2], [0, 4], [0, 4], [0, 4], [name.length, 2], [0, 2]), name])

const directoryOf = ({ name, crc, packed, size, offset }: Written): Buffer => Buffer.concat([
  numbers([0x02014b50, 4], [VERSION, 2], [VERSION, 2], [STREAMED_UTF8, 2], [DEFLATE, 2], [0, 2], [DAY, 2], [crc, 4], [packed, 4], [size, 4], [name.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
  name,
])

/** Numbers in little-endian order, each of so many bytes. */
function numbers(...values: [value: number, bytes: 2 | 4][]): Buffer {
  const buffer = Buffer.alloc(values.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of values) at = buffer.writeUIntLE(value, at, bytes)
  return buffer
}
