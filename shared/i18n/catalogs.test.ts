import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONSEQUENCES } from '../changes/consequences'
import { ERROR_STATUS, FRONT_ERRORS, ISSUE_CODES, REFUSALS } from '../errors'
import { LOCALES, type Locale } from '../kit/locale'
import { CLIENTS, EVENT_CATEGORIES } from '../logs/logs.model'
import { EVENT_KINDS } from '../logs/kinds.model'
import { BUILT_IN_ROLES } from '../access/roles'
import { ADDRESS_DOMAIN_STATES } from '../domains/address.model'
import { USER_SORTS, USER_STATUSES } from '../users/users.model'
import { en } from './en'
import { errors } from './en/errors'
import { issues } from './en/issues'
import { mails as enMails } from './en/mails'
import { mails as esMails } from './es/mails'
import { mails as frMails } from './fr/mails'
import { page as enPage } from './en/page'
import { page as esPage } from './es/page'
import { page as frPage } from './fr/page'
import { es } from './es'
import { fr } from './fr'
import type { Phrase } from './phrase'
import type { PhraseKey } from './translate'

const CATALOGS: Record<Locale, Readonly<Record<string, Phrase>>> = { en: { ...en, ...enPage, ...enMails }, fr: { ...fr, ...frPage, ...frMails }, es: { ...es, ...esPage, ...esMails } }
const KEYS = Object.keys(CATALOGS.en) as PhraseKey[]
const formsOf = (phrase: Phrase | undefined): string[] => (phrase === undefined ? [] : typeof phrase === 'string' ? [phrase] : Object.values(phrase))
const paramsOf = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? ''))].sort()
const ALL = LOCALES.flatMap((locale) => KEYS.flatMap((key) => formsOf(CATALOGS[locale][key]).map((text) => ({ locale, key, text }))))
const broken = (is: (entry: { locale: Locale; key: string; text: string }) => boolean) => ALL.filter(is).map(({ locale, key, text }) => `${locale} ${key}: ${text}`)

/** Words that are the same in another language, and names. */
const SAME_WORD = /^(plan_name\.|client\.|common\.language_|sort\.|common\.(no|date|actions|menu|page|system|details|results)|filter\.|.*\.(status|domain|license|plan|role|contacts?|active|administration)|home\.(contacts|imports)|category\.audit)/

describe('completeness', () => {
  test.each(['fr', 'es'] as const)('%s has the keys of English and no other', (locale) => expect(Object.keys(CATALOGS[locale]).sort()).toEqual([...KEYS].sort()))
  test('each error code has exactly one phrase', () => expect(Object.keys(errors).sort()).toEqual([...Object.keys(ERROR_STATUS), ...FRONT_ERRORS].sort()))
  test('each issue code has exactly one phrase', () => expect(Object.keys(issues).sort()).toEqual([...ISSUE_CODES].sort()))
  test('each refusal can be said', () => expect(REFUSALS.filter((code) => !(code in en))).toEqual([]))
  test('each word that data can hold can be said', () => {
    const wanted = [
      ...Object.keys(CONSEQUENCES), ...EVENT_KINDS.map((kind) => `log.${kind}`), ...EVENT_CATEGORIES.map((c) => `log_category.${c}`), ...CLIENTS.map((c) => `client.${c}`),
      ...USER_STATUSES.flatMap((s) => [`status.${s}`, `status.${s}_explained`]), ...USER_SORTS.map((s) => `sort.${s}`), ...BUILT_IN_ROLES.flatMap((r) => [`role.${r}`, `role.${r}_explained`]),
      ...ADDRESS_DOMAIN_STATES.map((s) => `address_domain.${s}`), ...LOCALES.map((l) => `common.language_${l}`),
    ]
    expect(wanted.filter((key) => !(key in en))).toEqual([])
  })
})

test('no key is defined in two areas', () => {
  const folder = join(__dirname, 'en')
  const defined = readdirSync(folder).flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {2}'([^']+)':/gm)].map((found) => found[1]))
  expect(defined.filter((key, i) => defined.indexOf(key) !== i)).toEqual([])
  expect(defined).toHaveLength(KEYS.length)
})

describe('parameters', () => {
  test('a phrase takes the same parameters in each language and each plural form', () => {
    const differing = KEYS.filter((key) => new Set(LOCALES.flatMap((locale) => formsOf(CATALOGS[locale][key]).map((text) => paramsOf(text).filter((name) => name !== 'count').join()))).size > 1)
    expect(differing).toEqual([])
  })
  test('a phrase with plural forms has them in each language and counts', () => {
    const isPlural = (locale: Locale, key: string) => typeof CATALOGS[locale][key] === 'object'
    expect(KEYS.filter((key) => new Set(LOCALES.map((locale) => isPlural(locale, key))).size > 1)).toEqual([])
    expect(KEYS.filter((key) => isPlural('en', key) && LOCALES.some((locale) => !formsOf(CATALOGS[locale][key]).some((text) => text.includes('{count}'))))).toEqual([])
  })
  test('a consequence is said with the parameters that it carries', () => {
    const differing = Object.entries(CONSEQUENCES).filter(([code, { params }]) => formsOf(CATALOGS.en[code]).some((text) => paramsOf(text).some((name) => !(params as readonly string[]).includes(name))))
    expect(differing).toEqual([])
  })
  test('an error takes no parameters', () => expect(broken(({ key, text }) => key in errors && paramsOf(text).length > 0)).toEqual([]))
  test('a sentence of the log takes the actor and the target at most', () =>
    expect(broken(({ key, text }) => key.startsWith('log.') && paramsOf(text).some((name) => name !== 'actor' && name !== 'target'))).toEqual([]))
})

describe('wording', () => {
  test('no phrase is empty, a raw key or left with blanks around it', () => expect(broken(({ key, text }) => text.trim() === '' || text === key || text !== text.trim())).toEqual([]))
  test.each(['fr', 'es'] as const)('%s is translated: no phrase is left in English', (locale) => {
    const left = KEYS.filter((key) => !SAME_WORD.test(key) && JSON.stringify(CATALOGS[locale][key]) === JSON.stringify(en[key]))
    expect(left.length / KEYS.length).toBeLessThanOrEqual(0.05)
  })
  test('quotes and apostrophes are typographic', () => expect(broken(({ text }) => /['"]/.test(text))).toEqual([]))
  test('French keeps its narrow and fixed spaces', () =>
    expect(broken(({ locale, text }) => locale === 'fr' && /[^\u202F?!][?!;]|[^\u00A0]:(?!\/\/)|«[^\u00A0]|[^\u00A0]»/.test(text))).toEqual([]))
  test('Spanish opens its questions and exclamations', () => expect(broken(({ locale, text }) => locale === 'es' && ((/\?/.test(text) && !/¿/.test(text)) || (/!/.test(text) && !/¡/.test(text))))).toEqual([]))
  test('three dots are one character', () => expect(broken(({ text }) => text.includes('...'))).toEqual([]))
  test('what went wrong and what to do next are whole sentences', () => expect(broken(({ key, text }) => (key in errors || key in issues) && !text.endsWith('.'))).toEqual([]))
})
