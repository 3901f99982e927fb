import { failure, type Failure } from '../../shared/errors'
import { columnsOf, separatorOf } from '../../shared/imports/imports.columns'
import type { ImportColumn } from '../../shared/imports/imports.model'
import { IMPORT_MAX_BYTES, IMPORT_MAX_ROWS } from '../../shared/imports/limits.model'
import { arrived, failed, type Result } from '../../shared/kit/result'
import { parseCsv } from './csv'
import { decodeText } from './text'
import { isZip, readXlsx, type SheetRecord } from './xlsx'

/** One row of a file as it stands there; `row` counts from 1 at the first row below the header. */
export type TableRow = { row: number; cells: string[] }

/** A file as text: its header, what each column means, its rows that hold anything, and how its cells are divided. */
export type Table = { header: string[]; columns: (ImportColumn | null)[]; rows: TableRow[]; separator: ',' | ';' | '\t' }

/** Generous for a list of people, and small enough that nothing grows without end. */
const MAX_CELLS = 200
const MAX_RECORD = 65_536
const MAX_PART_BYTES = 64 * 1024 * 1024
/** Blank lines are no rows, but they are read. */
const MAX_RECORDS = 1_000_000
const NAMED_SEPARATOR = /^\ufeff?sep=([,;\t])\r?\n/i

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')
const namesEmail = (header: readonly string[] | undefined): boolean => header !== undefined && columnsOf(header).includes('email')

/**
 * Reads CSV in any of the encodings and separators, or the first sheet with an e-mail column of an XLSX
 * workbook. `file.unreadable`, `file.empty`, `file.no_email_column`, `file.too_many_rows`, `request.too_large`.
 */
export async function readTable(bytes: Uint8Array): Promise<Result<Table, Failure>> {
  if (bytes.length > IMPORT_MAX_BYTES) return failed(failure('request.too_large'))
  if (bytes.length === 0) return failed(failure('file.empty'))
  return isZip(bytes) ? readWorkbook(bytes) : readText(bytes)
}

function readText(bytes: Uint8Array): Result<Table, Failure> {
  const decoded = decodeText(bytes)
  if (decoded === null) return failed(failure('file.unreadable'))
  const named = NAMED_SEPARATOR.exec(decoded)
  const text = decoded.slice(named?.[0].length ?? 0).replace(/^\s+/, '')
  const firstLine = /^[^\r\n]*/.exec(text.slice(0, MAX_RECORD))?.[0] ?? ''
  const separator = named === null ? separatorOf(firstLine) : separatorNamed(named[1])
  const parsed = parseCsv(text, separator, { records: MAX_RECORDS, cells: MAX_CELLS, length: MAX_RECORD })
  if (!parsed.ok) return failed(failure(parsed.limit === 'records' ? 'file.too_many_rows' : 'file.unreadable'))
  return toTable(parsed.records.map((cells, index) => ({ row: index + 1, cells })), separator)
}

const separatorNamed = (character: string | undefined): Table['separator'] => (character === ';' || character === '\t' ? character : ',')

async function readWorkbook(bytes: Uint8Array): Promise<Result<Table, Failure>> {
  const limits = { records: IMPORT_MAX_ROWS + 1, cells: MAX_CELLS, partBytes: MAX_PART_BYTES }
  const read = await readXlsx(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), limits, (sheet) => namesEmail(sheet[0]?.cells))
  if (!read.ok) return failed(failure(read.limit === 'records' ? 'file.too_many_rows' : 'file.unreadable'))
  const wanted = read.sheets.find((sheet) => namesEmail(sheet[0]?.cells)) ?? read.sheets.find((sheet) => sheet.length > 0)
  return toTable(wanted ?? [], ',')
}

/** The first record that holds anything is the header; rows are numbered from it as a spreadsheet shows them. */
function toTable(records: readonly SheetRecord[], separator: Table['separator']): Result<Table, Failure> {
  const [head, ...rest] = records.filter(({ cells }) => !isBlank(cells))
  if (head === undefined) return failed(failure('file.empty'))
  const columns = columnsOf(head.cells)
  if (!columns.includes('email')) return failed(failure('file.no_email_column'))
  if (rest.length === 0) return failed(failure('file.empty'))
  if (rest.length > IMPORT_MAX_ROWS) return failed(failure('file.too_many_rows', [{ code: 'field.too_large', path: 'rows', params: { limit: IMPORT_MAX_ROWS } }]))
  return arrived({ header: head.cells, columns, rows: rest.map(({ row, cells }) => ({ row: row - head.row, cells })), separator })
}
