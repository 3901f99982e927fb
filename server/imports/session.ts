import type { Failure } from '../../shared/errors'
import { firstRowsOf, planUserImport, type ImportOptions } from '../../shared/imports/imports.plan'
import { rawRow, readRow, type ReadRow } from '../../shared/imports/imports.rows'
import { arrived, type Result } from '../../shared/kit/result'
import { toAscii } from '../identity/address'
import { unguardCell } from './csv'
import { toPreview, type PreviewView, type FilePreview } from './preview'
import { toSnapshot, type SnapshotData } from './snapshot'
import { readTable, type Table } from './table'

/** What is known of a file before anybody looks at the organization. `keys` is a JSON array of its folded addresses. */
export type FileFacts = { total: number; header: string[]; separator: Table['separator']; keys: string }

/** Rows as the job stores them: of each its number, and as JSON text its cells as they came and the `PlannedInput` that was read of them. */
export type StoredRows = { rows: number[]; cells: string[]; planned: string[] }

/** One row read, and the first row of its address in the whole file: all that planning it later takes. */
export type PlannedInput = ReadRow & { firstRow: number }

/** A file that has been read. Runs in a thread of its own, so what goes in and out is plain data. */
export type ImportSession = {
  facts: FileFacts
  preview(data: SnapshotData, options: ImportOptions, view: PreviewView): FilePreview
  page(from: number, count: number): StoredRows
}

/** Reads a file into rows; fails as `readTable` does. */
export async function openSession(bytes: Uint8Array): Promise<Result<ImportSession, Failure>> {
  const read = await readTable(bytes)
  if (!read.ok) return read
  const { header, columns, rows, separator } = read.value
  const reads = rows.map(({ row, cells }) => readRow(rawRow(row, columns, cells.map(unguardCell)), toAscii))
  const firstRows = firstRowsOf(reads)
  const keys = JSON.stringify([...firstRows.keys()])
  return arrived({
    facts: { total: rows.length, header, separator, keys },
    preview: (data, options, view) => toPreview(planUserImport(reads, toSnapshot(data), options), data.pools, options, view),
    page: (from, count) => {
      const asked = reads.slice(from, from + count)
      const plannedOf = (one: ReadRow): PlannedInput => ({ ...one, firstRow: firstRows.get(one.key) ?? one.row })
      return {
        rows: asked.map(({ row }) => row),
        cells: asked.map((_, index) => JSON.stringify(rows[from + index]?.cells ?? [])),
        planned: asked.map((one) => JSON.stringify(plannedOf(one))),
      }
    },
  })
}
