import { columnsOf, languageOf, separatorOf, wordOf } from './imports.columns'
import { ROW_STATUSES, type RowStatus } from './imports.model'
import { firstRowsOf, planUserImport, type ImportSnapshot } from './imports.plan'
import { rawRow, readRow } from './imports.rows'

const toAscii = (domain: string): string | null => (/^[a-z0-9.-]+$/i.test(domain) ? domain.toLowerCase() : null)

describe('a header is understood in any order and language', () => {
  it.each([
    [['email', 'first_name', 'last_name'], ['email', 'first_name', 'last_name']],
    [['Nom', 'Prénom', 'Adresse e-mail', 'Espaces de travail'], ['last_name', 'first_name', 'email', 'workspaces']],
    [['Correo electrónico', 'Apellidos', 'Nombre', 'Móvil', 'Idioma'], ['email', 'last_name', 'first_name', 'mobile', 'language']],
    [['E-Mail', 'Shoe size', 'EMAIL'], ['email', null, null]],
    [['  LICENCE ', 'Rôle'], ['license', 'role']],
  ])('%j', (header, columns) => expect(columnsOf(header)).toEqual(columns))

  it.each([
    ['email;first_name;last_name', ';'],
    ['email,first_name', ','],
    ['email\tfirst_name', '\t'],
    ['email;name, first', ';'],
    ['"email";"nom"', ';'],
    ['email', ','],
  ])('the separator of %j is %j', (line, separator) => expect(separatorOf(line)).toBe(separator))

  it.each([['fr', 'fr'], ['fr-CA', 'fr'], ['Français', 'fr'], ['ESPAÑOL', 'es'], ['anglais', 'en'], ['klingon', null], ['', null]])('the language %j is %j', (word, locale) => expect(languageOf(word)).toBe(locale))
})

const HEADER = ['email', 'first_name', 'last_name', 'role', 'license', 'workspaces', 'language', 'mobile'] as const
const read = (lines: string[]) => lines.map((line, i) => readRow(rawRow(i + 1, HEADER, line.split(',')), toAscii))

const snapshot = (part: Partial<ImportSnapshot> = {}): ImportSnapshot => ({
  people: new Map([['there@acme.example', 'user'], ['invited@acme.example', 'invited']]),
  admitsDomain: (domain) => domain === 'acme.example',
  customRoles: new Map([[wordOf('Help desk'), 'role-1']]),
  mayGrant: (role) => role !== 'org_admin',
  mayAssign: () => true,
  plans: new Map([['pro', 'pro'], ['eco', 'eco']]),
  available: new Map([['pro', 2], ['eco', 0]]),
  workspaces: new Map([['sales', 'ws-1'], ['legal', 'ws-2']]),
  defaultLanguage: 'en',
  ...part,
})

const statuses = (lines: string[], part: Partial<ImportSnapshot> = {}, withoutLicense = false): RowStatus[] =>
  planUserImport(read(lines), snapshot(part), { withoutLicense }).rows.map((row) => row.status)

describe('every row gets the one status that comes first', () => {
  it.each<[string, RowStatus]>([
    ['new@acme.example,Ana,Ruiz,member,pro,Sales;Legal,fr,+34 600 000 000', 'ready'],
    ['new@acme.example,,,,,,,', 'ready'],
    ['new@acme.example,,,Help desk,,,,', 'ready'],
    ['new@acme.example,,,Utilisateur,,,,', 'ready'],
    ['not an address,,,,,,,', 'malformed'],
    [',Ana,,,,,,', 'malformed'],
    [`new@acme.example,${'x'.repeat(101)},,,,,,`, 'malformed'],
    ['new@acme.example,A\u0007na,,,,,,', 'malformed'],
    ['new@acme.example,,,,,,klingon,', 'malformed'],
    ['new@acme.example,,,,,,,call me', 'malformed'],
    ['There@ACME.example,,,,,,,', 'already_user'],
    ['invited@acme.example,,,,,,,', 'already_invited'],
    ['new@elsewhere.example,,,,,,,', 'domain_not_approved'],
    ['new@acme.example,,,emperor,,,,', 'unknown_role'],
    ['new@acme.example,,,org_admin,,,,', 'role_not_allowed'],
    ['new@acme.example,,,,gold,,,', 'unknown_license'],
    ['new@acme.example,,,,,Sales;Mars,,', 'unknown_workspace'],
    ['new@acme.example,,,,eco,,,', 'no_license_left'],
    ['new@elsewhere.example,,,emperor,gold,Mars,,', 'domain_not_approved'],
    ['new@acme.example,,,emperor,gold,Mars,,', 'unknown_role'],
    ['new@acme.example,,,,gold,Mars,,', 'unknown_license'],
  ])('%s → %s', (line, status) => expect(statuses([line])).toEqual([status]))

  it('lists all the problems of a row, not only the first', () => {
    const [row] = planUserImport(read(['there@acme.example,,,emperor,gold,Mars,klingon,x']), snapshot(), { withoutLicense: false }).rows
    expect(row?.status).toBe('malformed')
    expect(row?.issues.map((issue) => issue.code).sort()).toEqual(['row.unknown_language', 'mobile.malformed', 'row.already_user', 'row.unknown_license', 'row.unknown_role', 'row.unknown_workspace'].sort())
  })

  it('names what is missing or wrong in a row, where no field stands beside the sentence', () => {
    const { rows } = planUserImport(read([',Ana,Ruiz,,,,,', 'new@acme.example,A\u0007na,,,,,klingon,']), snapshot(), { withoutLicense: false })
    expect(rows.map(({ issues }) => issues)).toEqual([
      [{ code: 'row.no_email', path: 'email' }],
      [{ code: 'row.control_characters', path: 'first_name' }, { code: 'row.unknown_language', path: 'language', params: { value: 'klingon' } }],
    ])
  })

  it('leaves the first of duplicates as it is and names its row to the others', () => {
    const plan = planUserImport(read(['a@acme.example,,,,,,,', 'A@acme.example,,,,,,,', 'b@acme.example,,,,,,,', 'a@ACME.example,,,,,,,']), snapshot(), { withoutLicense: false })
    expect(plan.rows.map((row) => row.status)).toEqual(['ready', 'duplicate_in_file', 'ready', 'duplicate_in_file'])
    expect(plan.rows[3]?.issues).toEqual([{ code: 'row.duplicate_in_file', path: 'email', params: { row: 1 } }])
  })

  it('plans a part of a file as it plans the whole', () => {
    const all = read(['a@acme.example,,,,,,,', 'b@acme.example,,,,,,,', 'A@acme.example,,,,,,,'])
    const whole = planUserImport(all, snapshot(), { withoutLicense: false })
    const part = planUserImport(all.slice(2), snapshot(), { withoutLicense: false, firstRows: firstRowsOf(all) })
    expect(part.rows).toEqual(whole.rows.slice(2))
  })

  it('counts every row once', () => {
    const plan = planUserImport(read(['a@acme.example', 'a@acme.example', 'x', 'there@acme.example', 'a@x.example']), snapshot(), { withoutLicense: false })
    expect(ROW_STATUSES.reduce((sum, status) => sum + plan.counts[status], 0)).toBe(5)
    expect([...plan.domains]).toEqual([['x.example', 1]])
  })
})

describe('seats go in file order', () => {
  const three = ['a@acme.example,,,,pro,,,', 'b@acme.example,,,,pro,,,', 'c@acme.example,,,,pro,,,']

  it.each([1, 2, 3])('whether the rows are planned together or %i at a time', (size) => {
    const all = read([...three, 'd@acme.example,,,,eco,,,', 'e@acme.example,,,,pro,,,'])
    const whole = planUserImport(all, snapshot(), { withoutLicense: true })
    let { available } = snapshot()
    const rows = Array.from({ length: Math.ceil(all.length / size) }, (_, index) => {
      const part = planUserImport(all.slice(index * size, (index + 1) * size), { ...snapshot(), available }, { withoutLicense: true, firstRows: firstRowsOf(all) })
      available = part.left
      return part.rows
    })
    expect(rows.flat()).toEqual(whole.rows)
    expect(available).toEqual(whole.left)
  })

  it('rejects the rows for which none is left', () => {
    const plan = planUserImport(read(three), snapshot(), { withoutLicense: false })
    expect(plan.rows.map((row) => row.status)).toEqual(['ready', 'ready', 'no_license_left'])
    expect(plan.needed.get('pro')).toBe(3)
  })

  it('adds them without one when that is chosen, and says so', () => {
    const plan = planUserImport(read(three), snapshot(), { withoutLicense: true })
    expect(plan.rows.map((row) => [row.status, row.user.plan])).toEqual([['ready', 'pro'], ['ready', 'pro'], ['ready', null]])
    expect(plan.rows[2]?.issues).toEqual([{ code: 'row.no_license_left', path: 'license', params: { plan: 'pro' } }])
  })

  it('spends none on a row that is refused for another reason', () => {
    expect(statuses(['there@acme.example,,,,pro,,,', ...three.slice(0, 2)])).toEqual(['already_user', 'ready', 'ready'])
  })

  it('assigns none for somebody who may not assign licenses to such a user', () => {
    expect(statuses(three.slice(0, 1), { mayAssign: () => false })).toEqual(['unknown_license'])
  })
})
