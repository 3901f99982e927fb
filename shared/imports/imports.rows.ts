import type { Issue } from '../errors'
import { emailKey, parseEmail, type ToAscii } from '../kit/email'
import { hasControlCharacters } from '../kit/text'
import { isMobile } from '../users/users.parse'
import { languageOf } from './imports.columns'
import { IMPORT_COLUMNS, type ImportColumn } from './imports.model'

/** One row of a file as text by column; `row` counts from 1 at the first row below the header. */
export type RawRow = { row: number; cells: Record<ImportColumn, string> }

/** One row read: its values as they would be stored, and what is wrong with them. `key` is the folded address, empty where there is none. */
export type ReadRow = {
  row: number
  key: string
  domain: string
  email: string
  firstName: string
  lastName: string
  roleWord: string
  planWord: string
  workspaceWords: string[]
  language: string
  mobile: string
  issues: Issue[]
}

const MAX_NAME = 100

/** Cells by column. Cells beyond the header and columns that mean nothing are left out here and come back with a rejected row. */
export const rawRow = (row: number, columns: readonly (ImportColumn | null)[], cells: readonly string[]): RawRow => {
  const values = Object.fromEntries(IMPORT_COLUMNS.map((column) => [column, ''])) as Record<ImportColumn, string>
  columns.forEach((column, i) => {
    if (column !== null) values[column] = (cells[i] ?? '').trim()
  })
  return { row, cells: values }
}

const nameIssues = (path: string, name: string): Issue[] => {
  if (name.length > MAX_NAME) return [{ code: 'name.too_long', path, params: { limit: MAX_NAME } }]
  return hasControlCharacters(name) ? [{ code: 'row.control_characters', path }] : []
}

/** A row shows no form: what is missing or wrong in it is named. */
const NO_EMAIL: Issue[] = [{ code: 'row.no_email', path: 'email' }]
const languageIssues = (word: string): Issue[] => (word !== '' && languageOf(word) === null ? [{ code: 'row.unknown_language', path: 'language', params: { value: word.slice(0, 40) } }] : [])
const mobileIssues = (mobile: string): Issue[] => (mobile !== '' && !isMobile(mobile) ? [{ code: 'mobile.malformed', path: 'mobile' }] : [])

/** Reads one row: every problem of its own, none of its place in the organization. */
export const readRow = ({ row, cells }: RawRow, toAscii: ToAscii): ReadRow => {
  const email = parseEmail(cells.email, toAscii)
  const address = email.ok ? email.value.address : cells.email
  return {
    row,
    key: email.ok ? emailKey(email.value.address) : '',
    domain: email.ok ? email.value.domain : '',
    email: address,
    firstName: cells.first_name,
    lastName: cells.last_name,
    roleWord: cells.role,
    planWord: cells.license,
    workspaceWords: cells.workspaces.split(';').map((word) => word.trim()).filter(Boolean),
    language: languageOf(cells.language) ?? '',
    mobile: cells.mobile,
    issues: [
      ...(cells.email === '' ? NO_EMAIL : email.ok ? [] : email.issues),
      ...nameIssues('first_name', cells.first_name),
      ...nameIssues('last_name', cells.last_name),
      ...languageIssues(cells.language),
      ...mobileIssues(cells.mobile),
    ],
  }
}
