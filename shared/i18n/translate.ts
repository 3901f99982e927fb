import type { Instant } from '../kit/result'
import type { Locale } from '../kit/locale'
import type { en } from './en'
import { formatsOf, hostIntl, type IntlPart } from './formats'
import type { Phrase, PhraseParams } from './phrase'

/** Every key of the catalogs. Codes (errors, refusals, issues, consequences) are keys as they stand. */
export type PhraseKey = keyof typeof en
/** All phrases of one language. */
export type Catalog = Readonly<Record<PhraseKey, Phrase>>

/** Words of one language: called with a key it answers the phrase, filled. `More` are keys that only some programs carry. */
export type Translate<More extends string = never> = {
  (key: PhraseKey | More, params?: PhraseParams): string
  readonly locale: Locale
  /** Whether the catalog has this key: for keys that are made of data. */
  has(key: string): key is PhraseKey
  /** The phrase of an error, refusal, issue or consequence code; a general one if the code is unknown. */
  code(code: string, params?: PhraseParams): string
  number(n: number): string
  /** A day, or a day and minute, in the time zone of the catalog; an unreadable instant as it stands. */
  date(at: Instant): string
  dateTime(at: Instant): string
  /** The distance to `now`, past or future ("3 days ago", "in 2 hours"); the day itself beyond 30 days. */
  ago(at: Instant, now: Instant): string
  /** An amount of hundredths of a currency (ISO 4217). */
  money(cents: number, currency: string): string
  /** "Ana, Luc and Maria". */
  list(names: readonly string[]): string
}

/** `timeZone` is an IANA name (UTC if absent or unknown); `intl` replaces the host's own. */
export type TranslateOptions = { timeZone?: string; intl?: IntlPart | null }

const UNITS = [
  { unit: 'minutes', lasts: 60_000, below: 60 * 60_000 },
  { unit: 'hours', lasts: 60 * 60_000, below: 24 * 60 * 60_000 },
  { unit: 'days', lasts: 24 * 60 * 60_000, below: 31 * 24 * 60 * 60_000 },
] as const
/** French “de” and “que” before a name that begins with a vowel: “d’Acme”. An H is told apart by no rule and is left alone. */
const FRENCH_VOWEL = /^[aeiouàâäéèêëîïôöùûüœæ]/i
const SPANISH_E_BEFORE = /^(i|í|hi(?![aeoáéó])|hí)/i

/** Parameters of codes that carry ids, and the phrases that name them: `plan: 'pro'` is said as "Pro"; `cents` with `currency` as an amount, `on` as a day. */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = { plan: ['plan_name'], role: ['role'], from: ['plan_name', 'role'], to: ['plan_name', 'role'] }

/** Parameters of codes that may be a day or a month. */
const DAYS = ['on', 'from', 'to']
const isDay = (value: string | number | undefined): value is string => typeof value === 'string' && /^\d{4}-\d{2}(-\d{2})?$/.test(value) && isTime(value)
const isTime = (at: Instant): boolean => !Number.isNaN(Date.parse(at))

/** Reads phrases of one catalog; missing parameters leave an ellipsis, so that no brace is ever shown. */
export const createTranslate = <More extends string = never>(locale: Locale, catalog: Readonly<Record<PhraseKey | More, Phrase>>, options: TranslateOptions = {}): Translate<More> => {
  const formats = formatsOf(locale, options.timeZone, options.intl === undefined ? hostIntl(locale) : options.intl)
  const has = (key: string): key is PhraseKey => Object.prototype.hasOwnProperty.call(catalog, key)

  const templateOf = (phrase: Phrase, params: PhraseParams): string => {
    if (typeof phrase === 'string') return phrase
    const form = formats.plural(Number(params.count ?? 0))
    return (form === 'many' ? phrase.many : phrase[form]) ?? phrase.other
  }
  const fill = (template: string, params: PhraseParams): string =>
    template.replace(/(\b(?:de|que) )?\{(\w+)\}/gi, (_, before: string = '', name: string) => {
      const value = Object.prototype.hasOwnProperty.call(params, name) ? params[name] : undefined
      if (typeof value === 'number') return before + formats.number(value)
      const elided = locale === 'fr' && before !== '' && FRENCH_VOWEL.test(value ?? '')
      return `${elided ? `${before.slice(0, -2)}’` : before}${value ?? '…'}`
    })
  const say = (key: PhraseKey | More, params: PhraseParams = {}): string => fill(templateOf(catalog[key], params), params)

  const named = (name: string, value: string | number): string | number => {
    const key = NAMED_BY[name]?.map((prefix) => `${prefix}.${value}`).find(has)
    return key === undefined ? value : say(key)
  }
  const code = (word: string, params: PhraseParams = {}): string => {
    if (!has(word)) return say('common.unknown_code')
    const { cents, currency } = params
    const days: PhraseParams = Object.fromEntries(DAYS.flatMap((name) => (isDay(params[name]) ? [[name, formats.date(params[name])]] : [])))
    const amount: PhraseParams = typeof cents === 'number' && typeof currency === 'string' ? { cents: formats.money(cents, currency) } : {}
    return say(word, { ...Object.fromEntries(Object.entries(params).map(([name, value]) => [name, named(name, value)])), ...amount, ...days })
  }

  const ago = (at: Instant, now: Instant): string => {
    if (!isTime(at) || !isTime(now)) return at
    const distanceMs = Date.parse(at) - Date.parse(now)
    const sizeMs = Math.abs(distanceMs)
    if (sizeMs < 60_000) return say('common.now')
    const found = UNITS.find(({ below }) => sizeMs < below)
    if (!found) return formats.date(at)
    return say(`common.${distanceMs < 0 ? 'ago' : 'in'}_${found.unit}`, { count: Math.floor(sizeMs / found.lasts) })
  }
  const list = (names: readonly string[]): string => {
    const last = names[names.length - 1]
    if (last === undefined || names.length === 1) return last ?? ''
    const and = locale === 'es' && SPANISH_E_BEFORE.test(last) ? 'e' : say('common.and')
    return `${names.slice(0, -1).join(', ')} ${and} ${last}`
  }

  return Object.assign(say, {
    locale,
    has,
    code,
    number: formats.number,
    date: (at: Instant) => (isTime(at) ? formats.date(at) : at),
    dateTime: (at: Instant) => (isTime(at) ? formats.dateTime(at) : at),
    ago,
    money: formats.money,
    list,
  })
}
