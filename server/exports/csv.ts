import { csvLine, guardCell } from '../imports/csv'
import type { Cell, ExportTable } from './table'

/** Without it, spreadsheets read UTF-8 as the old code page of the machine. */
const BOM = '\ufeff'

/** A table as CSV (RFC 4180), in which nothing is a formula. */
export async function* writeCsv({ columns, headed, batches }: ExportTable): AsyncGenerator<string> {
  if (headed) yield BOM + csvLine(columns.map(({ label }) => guardCell(label)), ',')
  for await (const rows of batches) yield rows.map(lineOf).join('')
}

const lineOf = (cells: readonly Cell[]): string => csvLine(cells.map((cell) => (typeof cell === 'number' ? String(cell) : guardCell(cell))), ',')
