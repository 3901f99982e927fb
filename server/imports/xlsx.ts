import { StringDecoder } from 'node:string_decoder'
import { SaxesParser } from 'saxes'
import { readZip, unpack, type ZipEntry } from './zip'

/** A record of a sheet with its number there, from 1. */
export type SheetRecord = { row: number; cells: string[] }

/** Where reading gives up: records with content, cells in one, and unpacked bytes of one part of the workbook. */
export type XlsxLimits = { records: number; cells: number; partBytes: number }

/** The sheets of a workbook in their order, or why there are none. */
export type Sheets = { ok: true; sheets: SheetRecord[][] } | { ok: false; limit: 'unreadable' | 'records' }

const MAX_SHEETS = 8
const MAX_STRINGS = 2_000_000
const MAX_STRING = 32_767

/** Whether bytes begin as a ZIP archive does. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04

/** Reads sheets until `isWanted` likes one, which is then the last; formulas count as their last results. */
export async function readXlsx(bytes: Buffer, limits: XlsxLimits, isWanted: (sheet: SheetRecord[]) => boolean): Promise<Sheets> {
  const entries = readZip(bytes)
  if (entries === null) return { ok: false, limit: 'unreadable' }
  try {
    const names = await sheetNames(entries, limits)
    const strings = await readStrings(entries.get('xl/sharedStrings.xml'), limits)
    const sheets: SheetRecord[][] = []
    for (const name of names.slice(0, MAX_SHEETS)) {
      const entry = entries.get(name)
      const sheet = entry === undefined ? [] : await readSheet(entry, strings, limits)
      if (sheet === null) return { ok: false, limit: 'records' }
      sheets.push(sheet)
      if (isWanted(sheet)) break
    }
    return names.length === 0 ? { ok: false, limit: 'unreadable' } : { ok: true, sheets }
  } catch {
    // Broken XML, a broken or oversized part.
    return { ok: false, limit: 'unreadable' }
  }
}

type Tags = { open: (name: string, attributes: Record<string, string>) => void; text?: (text: string) => void; close?: (name: string) => void }

/** Reads XML piece by piece; names come without their prefix. A `false` from `wantsMore` ends it early. */
async function readXml(entry: ZipEntry, limits: XlsxLimits, tags: Tags, wantsMore: () => boolean = () => true): Promise<void> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  const decoder = new StringDecoder('utf8')
  parser.on('error', (error) => { throw error })
  parser.on('opentag', ({ name, attributes }) => tags.open(bare(name), attributes))
  parser.on('text', (text) => tags.text?.(text))
  parser.on('cdata', (text) => tags.text?.(text))
  parser.on('closetag', ({ name }) => tags.close?.(bare(name)))
  for await (const piece of unpack(entry, limits.partBytes)) {
    parser.write(decoder.write(piece))
    if (!wantsMore()) return
  }
  parser.close()
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The paths of the sheets, in the order of the workbook. */
async function sheetNames(entries: Map<string, ZipEntry>, limits: XlsxLimits): Promise<string[]> {
  const workbook = entries.get('xl/workbook.xml')
  const relations = entries.get('xl/_rels/workbook.xml.rels')
  if (workbook === undefined || relations === undefined) return []
  const targets = new Map<string, string>()
  await readXml(relations, limits, { open: (name, { Id = '', Target = '' }) => { if (name === 'Relationship') targets.set(Id, Target) } })
  const ids: string[] = []
  await readXml(workbook, limits, { open: (name, attributes) => { if (name === 'sheet') ids.push(relationOf(attributes)) } })
  return ids.flatMap((id) => {
    const target = targets.get(id)
    return target === undefined ? [] : [target.startsWith('/') ? target.slice(1) : `xl/${target}`]
  })
}

const relationOf = (attributes: Record<string, string>): string => Object.entries(attributes).find(([name]) => bare(name) === 'id' && name !== 'id')?.[1] ?? ''

async function readStrings(entry: ZipEntry | undefined, limits: XlsxLimits): Promise<string[]> {
  const strings: string[] = []
  if (entry === undefined) return strings
  let text = ''
  let inText = false
  let inReading = false
  await readXml(entry, limits, {
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') inReading = true
      inText = name === 't' && !inReading
    },
    text: (part) => { if (inText && text.length <= MAX_STRING) text += part },
    close: (name) => {
      inText = false
      if (name === 'rPh') inReading = false
      if (name === 'si' && strings.push(text) > MAX_STRINGS) throw new Error('too many strings')
    },
  })
  return strings
}

/** The records of a sheet that hold anything; null where there are too many. */
async function readSheet(entry: ZipEntry, strings: readonly string[], limits: XlsxLimits): Promise<SheetRecord[] | null> {
  const records: SheetRecord[] = []
  let record: SheetRecord = { row: 0, cells: [] }
  let cell = { column: 0, type: 'n', text: '' }
  let inValue = false
  await readXml(entry, limits, {
    open: (name, attributes) => {
      if (name === 'row') record = { row: Number(attributes['r'] ?? record.row + 1), cells: [] }
      if (name === 'c') cell = { column: columnOf(attributes['r']) ?? record.cells.length, type: attributes['t'] ?? 'n', text: '' }
      inValue = name === 'v' || name === 't'
    },
    text: (part) => { if (inValue && cell.text.length <= MAX_STRING) cell.text += part },
    close: (name) => {
      inValue = false
      if (name === 'c' && cell.column < limits.cells) put(record.cells, cell.column, valueOf(cell, strings))
      if (name === 'row' && record.cells.some((text) => text.trim() !== '')) records.push(record)
    },
  }, () => records.length <= limits.records)
  return records.length > limits.records ? null : records
}

function put(cells: string[], column: number, text: string): void {
  while (cells.length < column) cells.push('')
  cells[column] = text
}

/** `C7` is column 2; null where the reference is absent. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return null
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function valueOf({ type, text }: { type: string; text: string }, strings: readonly string[]): string {
  if (type === 's') return strings[Number(text)] ?? ''
  if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE'
  if (type === 'e') return ''
  // A phone number that was typed as a number may be stored with an exponent.
  return type === 'n' && text !== '' && Number.isFinite(Number(text)) ? String(Number(text)) : text
}
