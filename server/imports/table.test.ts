import { deflateRawSync } from 'node:zlib'
import { Workbook } from 'exceljs'
import { csvLine, guardCell, parseCsv, unguardCell } from './csv'
import { readTable, type Table } from './table'

jest.setTimeout(30_000)

const LIMITS = { records: 100, cells: 20, length: 1_000 }

const tableOf = async (bytes: Uint8Array): Promise<Table> => {
  const read = await readTable(bytes)
  if (!read.ok) throw new Error(read.failure.code)
  return read.value
}
const codeOf = async (bytes: Uint8Array | string): Promise<string> => {
  const read = await readTable(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
  return read.ok ? 'read' : read.failure.code
}

const HEADERS = {
  en: ['Email', 'First name', 'Last name', 'Workspaces'],
  fr: ['Adresse e-mail', 'Prénom', 'Nom', 'Espaces de travail'],
  es: ['Correo electrónico', 'Nombre', 'Apellidos', 'Espacios'],
}
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()
const ENCODINGS: Record<string, (text: string) => Buffer> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16 little-endian': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16 big-endian': (text) => swapped(`\ufeff${text}`),
  'UTF-16 without a mark': (text) => Buffer.from(text, 'utf16le'),
  'Windows-1252': (text) => Buffer.from(text, 'latin1'),
}

describe('a list of people is read', () => {
  for (const [encoding, encode] of Object.entries(ENCODINGS)) {
    for (const separator of [',', ';', '\t'] as const) {
      for (const [language, header] of Object.entries(HEADERS)) {
        test(`in ${encoding}, divided by ${JSON.stringify(separator)}, with a header in ${language}`, async () => {
          const cells = ['zoe@acme.example', 'Zoé', 'Müller, "Zö"\nNúñez', 'Ventes;Légal']
          const table = await tableOf(encode(csvLine(header, separator) + csvLine(cells, separator)))
          expect(table).toEqual({ header, columns: ['email', 'first_name', 'last_name', 'workspaces'], rows: [{ row: 1, cells }], separator })
        })
      }
    }
  }

  test('with a line that names the separator, as Excel writes it', async () => {
    expect((await tableOf(Buffer.from('sep=;\r\nemail;nom\r\na@acme.example;Bo\r\n'))).rows).toEqual([{ row: 1, cells: ['a@acme.example', 'Bo'] }])
  })

  test('with blank lines, which are counted as a spreadsheet counts them, and are no rows', async () => {
    expect((await tableOf(Buffer.from('\n\nemail\r\n\r\na@acme.example\n , \nb@acme.example'))).rows.map(({ row }) => row)).toEqual([2, 4])
  })

  test('up to 50,000 rows and no further', async () => {
    const rows = (count: number) => Buffer.from(`email\n${'a@acme.example\n'.repeat(count)}`)
    expect((await tableOf(rows(50_000))).rows).toHaveLength(50_000)
    expect(await codeOf(rows(50_001))).toBe('file.too_many_rows')
  })
})

describe('records are kept apart', () => {
  test.each<[string, string[][]]>([
    ['a,b\r\nc,d', [['a', 'b'], ['c', 'd']]],
    ['a,b\rc,d\n', [['a', 'b'], ['c', 'd']]],
    ['a,\n,b\n,', [['a', ''], ['', 'b'], ['', '']]],
    ['"a ""b""",c', [['a "b"', 'c']]],
    ['"",""', [['', '']]],
    ['"a\r\nb",c\nd,e', [['a\r\nb', 'c'], ['d', 'e']]],
    ['"a"b,c\nd,e', [['ab', 'c'], ['d', 'e']]],
    ['"a"b"c,d\n"e",f', [['ab"c', 'd'], ['e', 'f']]],
    ['a "quoted" word,c', [['a "quoted" word', 'c']]],
    ['short\na,b,c', [['short'], ['a', 'b', 'c']]],
    ['a\n\nb', [['a'], [''], ['b']]],
  ])('%j', (text, records) => expect(parseCsv(text, ',', LIMITS)).toEqual({ ok: true, records }))

  test.each<[string, string]>([
    [`"${'x'.repeat(2_000)}`, 'length'],
    [`"${'""'.repeat(2_000)}"`, 'length'],
    ['x'.repeat(2_000), 'length'],
    [','.repeat(50), 'cells'],
    ['a\n'.repeat(200), 'records'],
  ])('%#: what is too much is refused', (text, limit) => expect(parseCsv(text, ',', LIMITS)).toEqual({ ok: false, limit }))
})

describe('what is no list of people is refused with its reason', () => {
  test.each<[string, Uint8Array | string, string]>([
    ['nothing', '', 'file.empty'],
    ['blank lines', '\r\n \r\n', 'file.empty'],
    ['a header alone', 'email,first_name\r\n', 'file.empty'],
    ['no e-mail column', 'name,phone\nAna,1', 'file.no_email_column'],
    ['prose', 'Dear all,\nplease find attached nothing.', 'file.no_email_column'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file.unreadable'],
    ['a PDF', '%PDF-1.7\nemail', 'file.unreadable'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1000000', 'hex'), 'file.unreadable'],
    ['an archive of something else', Buffer.from('504b0304aaaa', 'hex'), 'file.unreadable'],
    ['a quote that never closes', `email\n"${'a@acme.example\n'.repeat(100_000)}`, 'file.unreadable'],
    ['64 MB', Buffer.alloc(64 * 1024 * 1024, 0x22), 'request.too_large'],
    ['thousands of columns', `email${',x'.repeat(10_000)}\na`, 'file.unreadable'],
  ])('%s', async (_name, bytes, code) => expect(await codeOf(bytes)).toBe(code))
})

describe('a workbook is read', () => {
  const workbookOf = async (sheets: Record<string, unknown[][]>): Promise<Uint8Array> => {
    const workbook = new Workbook()
    for (const [name, rows] of Object.entries(sheets)) workbook.addWorksheet(name).addRows(rows)
    return new Uint8Array(await workbook.xlsx.writeBuffer())
  }

  test('with texts, numbers, formulas and gaps', async () => {
    const rows = [['E-mail', 'Nom', null, 'Téléphone'], ['a@acme.example', 'Zoé & <b>', null, 34600000000], [], [{ formula: '"b@"&"acme.example"', result: 'b@acme.example' }, { richText: [{ text: 'Nu' }, { text: 'ñez' }] }]]
    const table = await tableOf(await workbookOf({ People: rows }))
    expect(table.columns).toEqual(['email', 'last_name', null, 'mobile'])
    expect(table.rows).toEqual([{ row: 1, cells: ['a@acme.example', 'Zoé & <b>', '', '34600000000'] }, { row: 3, cells: ['b@acme.example', 'Nuñez'] }])
  })

  test('from its first sheet with an e-mail column', async () => {
    const table = await tableOf(await workbookOf({ Notes: [['Read me']], People: [['email'], ['a@acme.example']] }))
    expect(table.rows).toEqual([{ row: 1, cells: ['a@acme.example'] }])
    expect(await codeOf(await workbookOf({ Notes: [['Read me']] }))).toBe('file.no_email_column')
    expect(await codeOf(await workbookOf({ Nothing: [] }))).toBe('file.empty')
  })

  test('unless it unpacks to more than a list of people could', async () => {
    const bomb = zipOf({ 'xl/_rels/workbook.xml.rels': RELATIONS, 'xl/workbook.xml': WORKBOOK, 'xl/worksheets/sheet1.xml': `<worksheet>${' '.repeat(70 * 1024 * 1024)}` })
    expect(bomb.length).toBeLessThan(1_000_000)
    expect(await codeOf(bomb)).toBe('file.unreadable')
  })

  test.each([
    ['entities that grow', '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>email&b;</t></is></c></row></sheetData></worksheet>'],
    ['an entity of a file', '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="inlineStr"><is><t>email</t></is></c><c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>'],
  ])('unless its XML brings %s', async (_what, xml) => {
    expect(await codeOf(zipOf({ 'xl/_rels/workbook.xml.rels': RELATIONS, 'xl/workbook.xml': WORKBOOK, 'xl/worksheets/sheet1.xml': xml }))).toBe('file.unreadable')
  })

  test('unless its XML is broken', async () => {
    expect(await codeOf(zipOf({ 'xl/_rels/workbook.xml.rels': RELATIONS, 'xl/workbook.xml': WORKBOOK, 'xl/worksheets/sheet1.xml': '<worksheet><row></c>' }))).toBe('file.unreadable')
  })
})

const RELATIONS = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
const WORKBOOK = '<x:workbook xmlns:x="urn:x" xmlns:r="urn:r"><x:sheets><x:sheet name="A" r:id="r1"/></x:sheets></x:workbook>'

/** A ZIP archive as small as can be. */
function zipOf(files: Record<string, string>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    parts.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...directory, end])
}

describe('what is given out can come back in', () => {
  test.each([['=1+1', "'=1+1"], ['+cmd|calc', "'+cmd|calc"], ['@x', "'@x"], [' -1+2', "' -1+2"], ['"=1"', '\'"=1"'], ['＝1', "'＝1"], ['\t=1', "'\t=1"], ['+34 600 000 000', '+34 600 000 000'], ['Ana', 'Ana'], ["O'Neil", "O'Neil"]])('%j', (cell, guarded) => {
    expect(guardCell(cell)).toBe(guarded)
    expect(unguardCell(guarded)).toBe(cell)
    expect(guardCell(guarded)).toBe(guarded)
  })
})
