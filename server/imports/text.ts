const SAMPLE_BYTES = 2_000
const SAMPLE_CHARACTERS = 8_000

/**
 * The text of a file: UTF-8 or UTF-16 by their marks, UTF-16 without a mark by its zero bytes, strict
 * UTF-8, and Windows-1252 for what is not. Null for bytes that are no text.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes)
  return isText(text) ? text : null
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return unmarkedUtf16(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252')
}

/** In UTF-16, Latin text has a zero in every other byte; separators and line ends see to that in any language. */
function unmarkedUtf16(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  let even = 0
  let odd = 0
  sample.forEach((byte, index) => {
    if (byte !== 0) return
    if (index % 2 === 0) even += 1
    else odd += 1
  })
  if (even + odd < sample.length / 8) return null
  if (even === 0) return 'utf-16le'
  return odd === 0 ? 'utf-16be' : null
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** Every byte is a letter in Windows-1252, so pictures and programs are told by what text never holds. */
function isText(text: string): boolean {
  if (text.includes('\u0000') || text.startsWith('%PDF-')) return false
  const sample = text.slice(0, SAMPLE_CHARACTERS)
  const steering = sample.match(/[\u0001-\u0008\u000e-\u001f\ufffd]/g)?.length ?? 0
  return steering <= sample.length / 50
}
