import { createRequire } from 'node:module'
import { setImmediate as breathe } from 'node:timers/promises'
import Document from 'pdfkit'
import type { Cell, ExportTable } from './table'

const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')
const MARGIN = 36
const SIZE = 7
const LINE = 11
const GAP = '\ufffd'
/** What is surely printed needs no question: Latin, Greek and Cyrillic. */
const OTHER_SCRIPTS = /[^\u0000-\u052f\s]/gu
/** Rows between two pauses, in which other requests are answered. */
const ROWS_AT_ONCE = 50

/** A table as pages to print, landscape A4; what does not fit into a cell ends with an ellipsis. Pages leave as they are full. */
export function writePdf(table: ExportTable, onError: (error: Error) => void): PDFKit.PDFDocument {
  const document = new Document({ size: 'A4', layout: 'landscape', margin: MARGIN, autoFirstPage: false, info: { Title: table.title } })
  document.font(FONT)
  const print = createPrintable(document)
  void fill(document, table, print).then(() => document.end(), (error: unknown) => onError(error instanceof Error ? error : new Error(String(error))))
  return document
}

/** How many lines of a table hold characters that pages cannot print. */
export async function countUnprintable({ batches }: Pick<ExportTable, 'batches'>): Promise<number> {
  const document = new Document({ autoFirstPage: false })
  document.font(FONT)
  const print = createPrintable(document)
  for await (const rows of batches) {
    for (const row of rows) print.line(row)
    await breathe()
  }
  return print.gaps()
}

/** What the font of a document can print: the cells of a line with a sign for what it can't, and how many lines had one. */
type Printable = { line: (row: readonly Cell[]) => string[]; gaps: () => number }

/** What of pdfkit's font is needed to ask; it has no public way. */
type WithGlyphs = { _font?: { font?: { hasGlyphForCodePoint?: (code: number) => boolean } } }

/** Puts a sign in place of what the font does not hold: an empty box would look like a fault of the log. */
function createPrintable(document: PDFKit.PDFDocument): Printable {
  const font = (document as unknown as WithGlyphs)._font?.font
  let lines = 0
  const sign = (character: string): string => (font?.hasGlyphForCodePoint?.(character.codePointAt(0) ?? 0) !== false ? character : GAP)
  const line = (row: readonly Cell[]): string[] => {
    const cells = row.map(String)
    const printed = cells.map((cell) => cell.replace(OTHER_SCRIPTS, sign))
    if (printed.some((cell, i) => cell !== cells[i])) lines += 1
    return printed
  }
  return { line, gaps: () => lines }
}

async function fill(document: PDFKit.PDFDocument, table: ExportTable, print: Printable): Promise<void> {
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
      y = writeRow(document, table, print.line(row), y, false)
      written += 1
      if (written % ROWS_AT_ONCE === 0) await breathe()
    }
  }
  if (print.gaps() > 0 && table.gaps !== undefined) document.fontSize(SIZE).text(table.gaps(print.gaps()), MARGIN, y + LINE)
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
