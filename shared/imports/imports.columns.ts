import { fold } from '../kit/text'
import { BUILT_IN_ROLES, type BuiltInRole } from '../access/roles'
import { LOCALES, type Locale } from '../kit/locale'
import { IMPORT_COLUMNS, type ImportColumn } from './imports.model'

/** What a header may say for each column, in three languages, folded (no accents, lower case, words joined by a space). */
const HEADERS: Record<ImportColumn, readonly string[]> = {
  email: ['email', 'e mail', 'mail', 'email address', 'e mail address', 'courriel', 'adresse e mail', 'adresse email', 'adresse mail', 'correo', 'correo electronico', 'direccion de correo'],
  first_name: ['first name', 'firstname', 'given name', 'prenom', 'nombre', 'nombre de pila'],
  last_name: ['last name', 'lastname', 'surname', 'family name', 'nom', 'nom de famille', 'apellido', 'apellidos'],
  role: ['role', 'rol', 'fonction', 'funcion'],
  license: ['license', 'licence', 'plan', 'licencia', 'forfait'],
  workspaces: ['workspaces', 'workspace', 'espaces', 'espace', 'espaces de travail', 'espace de travail', 'espacios', 'espacio', 'espacios de trabajo', 'espacio de trabajo'],
  language: ['language', 'lang', 'langue', 'idioma', 'lengua'],
  mobile: ['mobile', 'mobile phone', 'cell', 'phone', 'portable', 'telephone', 'telephone portable', 'telephone mobile', 'movil', 'telefono', 'telefono movil', 'celular'],
}

const ROLE_WORDS: Record<BuiltInRole, readonly string[]> = {
  org_admin: ['organization admin', 'organisation admin', 'admin', 'administrator', 'administrateur', 'administrateur de l organisation', 'administrador', 'administrador de la organizacion'],
  billing_admin: ['billing admin', 'billing administrator', 'administrateur de la facturation', 'administrador de facturacion'],
  user_admin: ['user admin', 'user administrator', 'administrateur des utilisateurs', 'administrador de usuarios'],
  member: ['user', 'membre', 'utilisateur', 'miembro', 'usuario'],
}

const LANGUAGE_WORDS: Record<Locale, readonly string[]> = {
  en: ['english', 'anglais', 'ingles'],
  fr: ['french', 'francais', 'frances'],
  es: ['spanish', 'espagnol', 'espanol', 'castellano'],
}

/** A word as headers and cells are compared: folded, with everything but letters and digits as one space. */
export const wordOf = (text: string): string => fold(text).replace(/[^a-z0-9]+/g, ' ').trim()

const COLUMN_BY_WORD = new Map(IMPORT_COLUMNS.flatMap((column) => [wordOf(column), ...HEADERS[column]].map((word) => [word, column] as const)))
const ROLE_BY_WORD = new Map(BUILT_IN_ROLES.flatMap((role) => [wordOf(role), ...ROLE_WORDS[role]].map((word) => [word, role] as const)))
const LANGUAGE_BY_WORD = new Map(LOCALES.flatMap((locale) => [locale, ...LANGUAGE_WORDS[locale]].map((word) => [word, locale] as const)))

/** Which column each cell of a header is; null for one that means nothing here, and for a column named twice after its first. */
export const columnsOf = (header: readonly string[]): (ImportColumn | null)[] => {
  const seen = new Set<ImportColumn>()
  return header.map((cell) => {
    const column = COLUMN_BY_WORD.get(wordOf(cell))
    if (column === undefined || seen.has(column)) return null
    seen.add(column)
    return column
  })
}

/** The separator under which the first line names the most columns; a guess from the data would take a comma inside a name for one. */
export const separatorOf = (firstLine: string): ',' | ';' | '\t' => {
  const known = (separator: string) => columnsOf(firstLine.split(separator).map((cell) => cell.replace(/^\s*"|"\s*$/g, ''))).filter(Boolean).length
  const [best] = ([',', ';', '\t'] as const).map((separator) => ({ separator, known: known(separator) })).sort((a, b) => b.known - a.known)
  return best?.separator ?? ','
}

/** A built-in role by its word in any of the languages. */
export const builtInRoleOf = (word: string): BuiltInRole | null => ROLE_BY_WORD.get(wordOf(word)) ?? null

/** A language by its name or code; `fr-CA` is French. */
export const languageOf = (word: string): Locale | null => {
  const words = wordOf(word)
  return LANGUAGE_BY_WORD.get(words) ?? LANGUAGE_BY_WORD.get(words.split(' ')[0] ?? '') ?? null
}
