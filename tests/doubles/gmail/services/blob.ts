import { breach, strictObject, type Report } from '../strict'

/** What `getBytes` gives: Apps Script counts bytes from -128 to 127. */
export const signed = (bytes: Uint8Array): number[] => Array.from(bytes, (byte) => (byte > 127 ? byte - 256 : byte))

/** Bytes given by a script; anything but whole numbers from -128 to 127 is a breach. */
export const unsigned = (bytes: unknown): Uint8Array => {
  if (!Array.isArray(bytes)) return breach('bytes are a list')
  if (!bytes.every((byte) => Number.isInteger(byte) && byte >= -128 && byte <= 127)) return breach('bytes go from -128 to 127')
  return Uint8Array.from(bytes as number[], (byte) => byte & 255)
}

const bytesByBlob = new WeakMap<object, { bytes: Uint8Array; mediaType: string | null }>()

/** The content of one of the double's blobs; null for anything else. */
export const contentOf = (value: unknown): { bytes: Uint8Array; mediaType: string | null } | null =>
  (typeof value === 'object' && value !== null ? bytesByBlob.get(value) ?? null : null)

/** The members that blobs and attachments share. */
export const blobMembers = (bytes: Uint8Array, mediaType: string | null, name: string | null) => ({
  getBytes: () => signed(bytes),
  getContentType: () => mediaType,
  getDataAsString: (charset?: string) => new TextDecoder(charset ?? 'utf-8').decode(bytes),
  getName: () => name,
})

/** Remembers what a blob holds, so that it can be sent. */
export const holdContent = (blob: object, bytes: Uint8Array, mediaType: string | null): void => void bytesByBlob.set(blob, { bytes, mediaType })

/** A blob as `Utilities.newBlob` makes it. */
export const makeBlob = (report: Report, data: unknown, mediaType: string | null, name: string | null): object => {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : unsigned(data)
  const blob = strictObject('Blob', blobMembers(bytes, mediaType, name), report)
  holdContent(blob, bytes, mediaType)
  return blob
}
