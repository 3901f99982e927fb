import type { Locale } from '../kit/locale'
import { en } from './en'
import { es } from './es'
import { fr } from './fr'
import { formatsOf, pluralOf } from './formats'
import { createTranslate, type Catalog } from './translate'

const CATALOGS: Record<Locale, Catalog> = { en, fr, es }
const LOCALES: Locale[] = ['en', 'fr', 'es']
const at = (locale: Locale, options = {}) => createTranslate(locale, CATALOGS[locale], options)
const NOW = '2026-03-10T12:00:00.000Z'
/** Spaces of any width as one, so that a release of ICU does not decide these tests. */
const plainly = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ')

describe.each([['with the host’s Intl', undefined], ['where Intl is missing', null]] as const)('%s', (_, intl) => {
  test.each([
    ['en', 0, '0 users'], ['en', 1, '1 user'], ['en', 2, '2 users'], ['en', 100_000, '100,000 users'], ['en', 1_000_000, '1,000,000 users'],
    ['fr', 0, '0 utilisateur'], ['fr', 1, '1 utilisateur'], ['fr', 2, '2 utilisateurs'], ['fr', 100_000, '100 000 utilisateurs'], ['fr', 1_000_000, '1 000 000 d’utilisateurs'],
    ['es', 0, '0 usuarios'], ['es', 1, '1 usuario'], ['es', 2, '2 usuarios'], ['es', 9999, '9999 usuarios'], ['es', 100_000, '100.000 usuarios'], ['es', 1_000_000, '1.000.000 de usuarios'],
  ] as const)('in %s %d people are counted as "%s"', (locale, count, text) => expect(plainly(at(locale, { intl })('users.count', { count }))).toBe(text))

  test.each([
    ['2026-03-10T11:59:30.000Z', ['just now', 'à l’instant', 'ahora mismo']],
    ['2026-03-10T11:58:00.000Z', ['2 minutes ago', 'il y a 2 minutes', 'hace 2 minutos']],
    ['2026-03-10T11:00:00.000Z', ['1 hour ago', 'il y a 1 heure', 'hace 1 hora']],
    ['2026-03-07T12:00:00.000Z', ['3 days ago', 'il y a 3 jours', 'hace 3 días']],
    ['2026-03-10T14:30:00.000Z', ['in 2 hours', 'dans 2 heures', 'en 2 horas']],
    ['2026-03-17T12:00:00.000Z', ['in 7 days', 'dans 7 jours', 'en 7 días']],
    ['not a date', ['not a date', 'not a date', 'not a date']],
  ])('%s is told as its distance', (moment, texts) => expect(LOCALES.map((locale) => at(locale, { intl }).ago(moment, NOW))).toEqual(texts))

  test('an unreadable moment stands as it is', () => {
    expect([at('en', { intl }).date('soon'), at('en', { intl }).dateTime('')]).toEqual(['soon', ''])
  })
})

test.each([
  ['en', 'Mar 10, 2026', '1,234.5', '€12.50'],
  ['fr', '10 mars 2026', '1 234,5', '12,50 €'],
  ['es', '10 mar 2026', '1234,5', '12,50 €'],
] as const)('%s writes days, numbers and money its own way', (locale, date, number, money) => {
  const t = at(locale)
  expect([t.date(NOW), t.number(1234.5), t.money(1250, 'EUR')].map(plainly)).toEqual([date, number, money])
})

test.each([
  ['en', 'August 2026', '1 line of the log goes, from January 2026 to August 2026.'],
  ['fr', 'août 2026', '1 ligne de l’historique disparaît, de janvier 2026 à août 2026.'],
  ['es', 'agosto de 2026', 'Desaparece 1 línea del historial, de enero de 2026 a agosto de 2026.'],
] as const)('%s writes months out, by themselves and in a sentence', (locale, month, sentence) => {
  const t = at(locale, { timeZone: 'America/Los_Angeles' })
  expect([t.date('2026-08'), t.code('plan.log_lines_purged', { count: 1, from: '2026-01', to: '2026-08' })].map(plainly)).toEqual([month, sentence])
  expect(at(locale, { intl: null }).date('2026-08')).toBe('2026-08')
})

test.each([
  ['en', '1,234.5', '-1,234,567', 'EUR 12.50'],
  ['fr', '1 234,5', '-1 234 567', '12,50 EUR'],
  ['es', '1234,5', '-1.234.567', '12,50 EUR'],
] as const)('%s stays readable without Intl', (locale, number, negative, money) => {
  const t = at(locale, { intl: null })
  expect([t.date(NOW), t.dateTime(NOW)]).toEqual(['2026-03-10', '2026-03-10 12:00 UTC'])
  expect([t.number(1234.5), t.number(-1_234_567), t.money(1250, 'EUR')].map(plainly)).toEqual([number, negative, money])
})

test('moments are told in the reader’s time zone, and in UTC where the zone is unknown', () => {
  const hours = ['Europe/Paris', 'Nowhere/Atlantis', ''].map((timeZone) => /(\d+):00/.exec(at('fr', { timeZone }).dateTime(NOW))?.[1])
  expect(hours).toEqual(['13', '12', '12'])
})

test('a credit keeps its sign beside its amount', () => expect(at('en').money(-1250, 'EUR')).toBe('\u2212€12.50'))
test('an amount in an impossible currency is still told', () => expect(plainly(at('en').money(1250, 'E'))).toBe('E 12.50'))

test('the plural rules of the fallback are those of Intl', () => {
  const numbers = [0, 1, 1.5, 2, 5, 11, 21, 100, 1000, 999_999, 1_000_000, 1_000_001, 2_000_000]
  for (const locale of LOCALES) expect(numbers.map((n) => pluralOf(locale, n))).toEqual(numbers.map((n) => formatsOf(locale, undefined, Intl).plural(n)))
})

test.each<[Locale, string[], string]>([
  ['en', [], ''], ['en', ['Ana'], 'Ana'], ['en', ['Ana', 'Luc'], 'Ana and Luc'], ['en', ['Ana', 'Luc', 'Inés'], 'Ana, Luc and Inés'],
  ['fr', ['Ana', 'Luc'], 'Ana et Luc'], ['fr', ['Ana', 'Luc', 'Inés'], 'Ana, Luc et Inés'],
  ['es', ['Ana', 'Luc'], 'Ana y Luc'], ['es', ['Ana', 'Luc', 'Inés'], 'Ana, Luc e Inés'], ['es', ['Ana', 'Hielo'], 'Ana y Hielo'],
])('%s lists %j as "%s"', (locale, names, text) => expect(at(locale).list(names)).toBe(text))

describe('codes', () => {
  test('a known code is its own phrase', () => expect(at('fr').code('license.none_left')).toBe(fr['license.none_left']))
  test.each(['no.such_code', '', 'toString', '__proto__', 'constructor'])('%j is told as a general failure, never raw', (code) => {
    for (const locale of LOCALES) expect(at(locale).code(code)).toBe(CATALOGS[locale]['common.unknown_code'])
  })
  test('plans and roles are named in the reader’s language, names of people and custom roles stand as they are', () => {
    expect(at('es').code('plan.role_changed', { from: 'member', to: 'Auditoría' })).toBe('El rol cambia de Miembro a Auditoría.')
    expect(at('fr').code('plan.license_changed', { count: 1, from: 'eco', to: 'advanced' })).toBe('1 licence passe d’Eco à Avancée. Tout le reste est conservé.')
  })
  test('an amount is written as its language writes money', () => {
    const said = LOCALES.map((locale) => at(locale).code('plan.costs', { cents: 123_450, currency: 'EUR' }).replace(/\s/g, ' '))
    expect(said).toEqual(['It costs €1,234.50; an invoice is issued.', 'Cela coûte 1 234,50 € ; une facture est établie.', 'Cuesta 1234,50 €; se emite una factura.'])
  })
  test('a missing parameter leaves an ellipsis, never a brace', () => expect(at('en').code('field.too_long')).toBe('This is too long: use at most … characters.'))
  test('elides in French before a name that begins with a vowel', () => {
    const of = (name: string) => at('fr')('contacts.reassign_from', { name })
    expect([of('Olive Owens'), of('Élodie'), of('Maria'), of('Yılmaz')]).toEqual(['Contacts d’Olive Owens', 'Contacts d’Élodie', 'Contacts de Maria', 'Contacts de Yılmaz'])
  })
  test('what a parameter holds is text, whatever it looks like', () => {
    expect(at('en')('contacts.assigned_to', { name: '{name} $& <b>' })).toBe('Assigned to {name} $& <b>')
  })
  test('keys made of data can be asked for', () => expect([at('en').has('role.member'), at('en').has('role.hacker'), at('en').locale]).toEqual([true, false, 'en']))
})
