import type { Instant } from '../kit/result'
import type { Locale } from '../kit/locale'

/** The part of `Intl` that the catalogs use; null where a host lacks it or lacks the language. */
export type IntlPart = Pick<typeof Intl, 'DateTimeFormat' | 'NumberFormat' | 'PluralRules'>

/** Writes numbers, moments and plurals of one language. */
export type Formats = {
  number(n: number): string
  money(cents: number, currency: string): string
  /** Of a moment, of a day (`2026-03-10`), or of a month (`2026-03`). */
  date(at: Instant): string
  dateTime(at: Instant): string
  plural(n: number): 'one' | 'many' | 'other'
}

const supports = (part: { supportedLocalesOf(locales: string): string[] }, locale: Locale): boolean => part.supportedLocalesOf(locale).length > 0

/** The host's `Intl`, if it is there and knows the language. */
export const hostIntl = (locale: Locale): IntlPart | null => {
  if (typeof Intl !== 'object' || !Intl.DateTimeFormat || !Intl.NumberFormat || !Intl.PluralRules) return null
  const knows = supports(Intl.DateTimeFormat, locale) && supports(Intl.NumberFormat, locale) && supports(Intl.PluralRules, locale)
  return knows ? Intl : null
}

/** The plural rules of CLDR for the three languages, for whole numbers and fractions. */
export const pluralOf = (locale: Locale, n: number): 'one' | 'many' | 'other' => {
  const size = Math.abs(n)
  if (locale === 'fr' ? size < 2 : size === 1) return 'one'
  if (locale !== 'en' && size !== 0 && size % 1_000_000 === 0) return 'many'
  return 'other'
}

const MINUS = '\u2212'
const MONTH = /^\d{4}-\d{2}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const SEPARATORS = { en: { group: ',', decimal: '.' }, fr: { group: '\u202F', decimal: ',' }, es: { group: '.', decimal: ',' } } as const
const SPANISH_GROUPS_FROM = 10_000

const plainNumber = (locale: Locale, n: number, decimals: number | null): string => {
  const [whole = '', fraction = ''] = (decimals === null ? String(Math.round(Math.abs(n) * 1000) / 1000) : Math.abs(n).toFixed(decimals)).split('.')
  const grouped = locale === 'es' && Number(whole) < SPANISH_GROUPS_FROM ? whole : whole.replace(/\B(?=(\d{3})+$)/g, SEPARATORS[locale].group)
  return `${n < 0 ? '-' : ''}${grouped}${fraction === '' ? '' : SEPARATORS[locale].decimal + fraction}`
}

/** ISO order, which nobody reads wrongly, where the host can't write dates. */
const plainFormats = (locale: Locale): Formats => {
  const iso = (at: Instant) => new Date(at).toISOString()
  const amount = (cents: number) => plainNumber(locale, cents / 100, 2)
  return {
    number: (n) => plainNumber(locale, n, null),
    money: (cents, currency) => (locale === 'en' ? `${currency}\u00A0${amount(cents)}` : `${amount(cents)}\u00A0${currency}`),
    date: (at) => (MONTH.test(at) ? at : iso(at).slice(0, 10)),
    dateTime: (at) => `${iso(at).slice(0, 10)} ${iso(at).slice(11, 16)} UTC`,
    plural: (n) => pluralOf(locale, n),
  }
}

/** A zone that the host does not know must not take the screen with it. */
const knownZone = (intl: IntlPart, timeZone: string | undefined): string => {
  try {
    return new intl.DateTimeFormat('en', { timeZone: timeZone || 'UTC' }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

const intlFormats = (locale: Locale, intl: IntlPart, zone: string | undefined): Formats => {
  const plain = plainFormats(locale)
  const timeZone = knownZone(intl, zone)
  const number = new intl.NumberFormat(locale)
  const rules = new intl.PluralRules(locale)
  const day = new intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
  const dayOnly = new intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const month = new intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' })
  const minute = new intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  // A hyphen would let the line break between the sign and its amount.
  const signed = (amount: string): string => amount.replace('-', MINUS)
  return {
    number: (n) => number.format(n),
    money: (cents, currency) => signed(/^[A-Za-z]{3}$/.test(currency) ? new intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100) : plain.money(cents, currency)),
    // A month and a day are the same everywhere; a moment falls on the day of its reader.
    date: (at) => (MONTH.test(at) ? month : DAY.test(at) ? dayOnly : day).format(new Date(at)),
    dateTime: (at) => minute.format(new Date(at)),
    plural: (n) => {
      const form = rules.select(n)
      return form === 'one' || form === 'many' ? form : 'other'
    },
  }
}

/** Formats of one language, in one time zone (UTC if absent or unknown), without `Intl` where it is null. */
export const formatsOf = (locale: Locale, timeZone: string | undefined, intl: IntlPart | null): Formats =>
  intl === null ? plainFormats(locale) : intlFormats(locale, intl, timeZone)
