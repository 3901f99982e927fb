/** Where reading gives up: records (blank ones count), cells in a record, and UTF-16 units in a record. */
export type CsvLimits = { records: number; cells: number; length: number }

/** The records of a text, or which limit it breaks. */
export type CsvRecords = { ok: true; records: string[][] } | { ok: false; limit: keyof CsvLimits }

const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d

/**
 * Reads RFC 4180 with every kind of line end, the separator given. Forgiving where rows can be kept
 * apart: text behind a closing quote stays in its cell, a quote inside a bare cell is a letter. A quote
 * that never closes breaks the limit of its record instead of eating the file.
 */
export function parseCsv(text: string, separator: string, limits: CsvLimits): CsvRecords {
  const divider = separator.charCodeAt(0)
  const records: string[][] = []
  let cells: string[] = []
  let start = 0
  let at = 0
  let [nextDivider, nextLf, nextCr] = [-1, -1, -1]
  /** Each is looked for again only once it is passed, so the text is searched once. */
  const endOfBare = (from: number): number => {
    if (nextDivider < from) nextDivider = placeOf(text, separator, from)
    if (nextLf < from) nextLf = placeOf(text, '\n', from)
    if (nextCr < from) nextCr = placeOf(text, '\r', from)
    const end = nextDivider < nextLf ? nextDivider : nextLf
    return end < nextCr ? end : nextCr
  }
  /** The place of the quote that closes the cell, or -1 where the record is too long by then. */
  const endOfQuoted = (from: number): number => {
    let end = text.indexOf('"', from)
    while (end >= 0 && text.charCodeAt(end + 1) === QUOTE && end - start <= limits.length) end = text.indexOf('"', end + 2)
    return end
  }
  while (at < text.length) {
    if (text.charCodeAt(at) === QUOTE) {
      const close = endOfQuoted(at + 1)
      if (close < 0 || close - start > limits.length) return { ok: false, limit: 'length' }
      const end = endOfBare(close + 1)
      cells.push(text.slice(at + 1, close).replaceAll('""', '"') + text.slice(close + 1, end))
      at = end
    } else {
      const end = endOfBare(at)
      cells.push(text.slice(at, end))
      at = end
    }
    if (at - start > limits.length) return { ok: false, limit: 'length' }
    if (cells.length > limits.cells) return { ok: false, limit: 'cells' }
    const isDivided = text.charCodeAt(at) === divider
    if (isDivided && at + 1 < text.length && !isLineEnd(text.charCodeAt(at + 1))) {
      at += 1
      continue
    }
    // A separator before the end of a line opens one last, empty cell.
    if (isDivided) cells.push('')
    at += isDivided ? 1 : 0
    at += text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? 2 : 1
    records.push(cells)
    cells = []
    start = at
    if (records.length > limits.records) return { ok: false, limit: 'records' }
  }
  return { ok: true, records }
}

/** Where the character stands next, or the end of the text. */
function placeOf(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from)
  return at < 0 ? text.length : at
}

const isLineEnd = (code: number): boolean => code === LF || code === CR

const FORMULA = /^[\s"']*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n\u0000]/
const GUARDED = /^'(?=[\s"']*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n\u0000])/
const PHONE = /^\+?[0-9][0-9 ().-]*$/

/** A cell that a spreadsheet shows and never computes: what looks like a formula gets an apostrophe, a phone number needs none. */
export const guardCell = (cell: string): string => (FORMULA.test(cell) && !GUARDED.test(cell) && !PHONE.test(cell) ? `'${cell}` : cell)

/** Takes the apostrophe of `guardCell` off again, so that what was given out can come back in. */
export const unguardCell = (cell: string): string => cell.replace(GUARDED, '')

/** One record as a line with its end; cells are quoted where they must be. */
export const csvLine = (cells: readonly string[], separator: string): string =>
  `${cells.map((cell) => (cell.includes(separator) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(separator)}\r\n`
