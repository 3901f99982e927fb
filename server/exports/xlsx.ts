import { textOf } from './pages'
import type { Cell, ExportTable } from './table'
import { writeZip } from './zip'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
/** What a cell holds at most. */
const CELL_MAX = 32_767

const PARTS: [string, string][] = [
  ['[Content_Types].xml', `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`],
  ['_rels/.rels', `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
  ['xl/workbook.xml', `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Orgdesk" sheetId="1" r:id="rId1"/></sheets></workbook>`],
  ['xl/_rels/workbook.xml.rels', `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`],
]

/** A table as a workbook of one sheet. Texts are texts: no cell is a formula. */
export function writeXlsx(table: ExportTable): AsyncGenerator<Buffer> {
  return writeZip([...PARTS.map(([name, text]) => ({ name, content: [text] })), { name: 'xl/worksheets/sheet1.xml', content: sheetOf(table) }])
}

async function* sheetOf({ columns, batches }: ExportTable): AsyncGenerator<string> {
  const widths = columns.map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width * 2}" customWidth="1"/>`).join('')
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`
  let written = 0
  const rowOf = (cells: readonly Cell[]): string => {
    written += 1
    return `<row r="${written}">${cells.map((cell, index) => cellOf(cell, `${letterOf(index)}${written}`)).join('')}</row>`
  }
  yield rowOf(columns.map(({ label }) => label))
  yield* textOf(batches, rowOf)
  yield '</sheetData></worksheet>'
}

/** Our tables have fewer columns than the alphabet has letters. */
const letterOf = (column: number): string => String.fromCharCode(65 + column)

function cellOf(cell: Cell, place: string): string {
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (cell === '') return ''
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escape(cell.slice(0, CELL_MAX))}</t></is></c>`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/** What XML cannot hold at all becomes the replacement character. */
const UNHOLDABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu
const escape = (text: string): string => text.replace(UNHOLDABLE, '\ufffd').replace(/[&<>]/g, (character) => ENTITIES[character] ?? character)
