import type { DownloadFormat } from '../actions/downloads/model'

/** A cell as every format can hold it; `sub` numbers are whole. */
export type Cell = string | number

/** A table that is written while it is read: columns with a heading and a share of a page's width, then batches of rows. */
export type ExportTable = {
  title: string
  /** Shown under the title where the format has room: what was left out by the filter. */
  note: string
  /** What printed pages say at their end of so many lines of which a character had to be left out, because their font does not hold it. */
  gaps?: (lines: number) => string
  columns: readonly { label: string; width: number }[]
  /** Whether the first line names the columns: a file that goes on from an earlier one does not. */
  headed: boolean
  batches: AsyncIterable<readonly (readonly Cell[])[]>
}

/** How many rows one file may hold: what a spreadsheet opens, and what somebody would still print. CSV has no end. */
export const ROWS_MAX: Record<DownloadFormat, number> = { csv: Number.MAX_SAFE_INTEGER, xlsx: 1_000_000, pdf: 10_000 }

export const MEDIA_TYPES: Record<DownloadFormat, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
}
