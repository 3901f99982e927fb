import { createRequire } from 'node:module'
import { setImmediate as breathe } from 'node:timers/promises'
import Document from 'pdfkit'
import type { ExportTable } from './table'

const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')
const MARGIN = 36
const SIZE = 7
const LINE = 11
/** Rows between two pauses, in which other requests are answered. */
const ROWS_AT_ONCE = 50

/** A table as pages to print, landscape A4; what does not fit into a cell ends with an ellipsis. Pages leave as they are full. */
export function writePdf(table: ExportTable, onError: (error: Error) => void): PDFKit.PDFDocument {
  const document = new Document({ size: 'A4', layout: 'landscape', margin: MARGIN, autoFirstPage: false, info: { Title: table.title } })
  document.font(FONT)
  void fill(document, table).then(() => document.end(), (error: unknown) => onError(error instanceof Error ? error : new Error(String(error))))
  return document
}

async function fill(document: PDFKit.PDFDocument, table: ExportTable): Promise<void> {
  document.addPage()
  document.fontSize(14).text(table.title).fontSize(SIZE).fillColor('#555').text(table.note).fillColor('#000').moveDown()
  let y = writeRow(document, table, table.columns.map(({ label }) => label), document.y, true)
  let written = 0
  for await (const rows of table.batches) {
    for (const row of rows) {
      if (y > document.page.height - MARGIN - LINE) {
        document.addPage()
        y = writeRow(document, table, table.columns.map(({ label }) => label), MARGIN, true)
      }
      y = writeRow(document, table, row.map(String), y, false)
      written += 1
      if (written % ROWS_AT_ONCE === 0) await breathe()
    }
  }
}

function writeRow(document: PDFKit.PDFDocument, { columns }: ExportTable, cells: readonly string[], y: number, isHeading: boolean): number {
  const room = document.page.width - 2 * MARGIN
  const total = columns.reduce((sum, { width }) => sum + width, 0)
  let x = MARGIN
  for (const [index, { width }] of columns.entries()) {
    const wide = (room * width) / total
    document.fontSize(SIZE).text((cells[index] ?? '').replace(/\s+/g, ' '), x, y, { width: wide - 4, height: LINE, ellipsis: true, lineBreak: false })
    x += wide
  }
  if (isHeading) document.moveTo(MARGIN, y + LINE - 2).lineTo(document.page.width - MARGIN, y + LINE - 2).lineWidth(0.5).stroke('#888')
  return y + LINE
}
