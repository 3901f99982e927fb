import { csvLine, guardCell } from '../imports/csv'
import { textOf } from './pages'
import type { Cell, ExportTable } from './table'

/** Without it, spreadsheets read UTF-8 as the old code page of the machine. */
const BOM = '\ufeff'

/** A table as CSV (RFC 4180), in which nothing is a formula. */
export async function* writeCsv({ columns, headed, batches }: ExportTable): AsyncGenerator<string> {
  if (headed) yield BOM + csvLine(columns.map(({ label }) => guardCell(label)), ',')
  yield* textOf(batches, lineOf)
}

const lineOf = (cells: readonly Cell[]): string => csvLine(cells.map((cell) => (typeof cell === 'number' ? String(cell) : guardCell(cell))), ',')
