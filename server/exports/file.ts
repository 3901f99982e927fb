import { PassThrough, Readable } from 'node:stream'
import type { DownloadFormat } from '../actions/downloads/model'
import type { FileAnswer } from '../http/handler'
import { writeCsv } from './csv'
import { MEDIA_TYPES, type ExportTable } from './table'
import { writeXlsx } from './xlsx'

/** Batches that may wait for a slow reader. */
const BUFFERED = 2

/** A table as a file of one format, written while it is sent. `name` is without an ending. */
export function toFile(format: DownloadFormat, name: string, table: ExportTable, headers: Record<string, string> = {}): FileAnswer {
  return { mediaType: MEDIA_TYPES[format], name: `${name}.${format}`, content: contentOf(format, table), headers }
}

function contentOf(format: DownloadFormat, table: ExportTable): Readable {
  if (format === 'csv') return Readable.from(writeCsv(table), { highWaterMark: BUFFERED })
  if (format === 'xlsx') return Readable.from(writeXlsx(table), { highWaterMark: BUFFERED })
  const passing = new PassThrough()
  void printTo(passing, table)
  return passing
}

/** What draws pages weighs more than all else: whoever prints loads it. */
async function printTo(passing: PassThrough, table: ExportTable): Promise<void> {
  const { writePdf } = await import('./pdf')
  writePdf(table, (error) => passing.destroy(error)).pipe(passing)
}
