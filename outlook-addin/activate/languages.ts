import type { page as en } from '../../shared/i18n/en/page'
import { createTranslate, type Catalog, type Translate } from '../../shared/i18n/translate'
import type { Phrase } from '../../shared/i18n/phrase'
import type { Locale } from '../../shared/kit/locale'

type PageKey = keyof typeof en
/** Words of this page beside those of all screens. */
export type PageTranslate = Translate<PageKey>
type PageCatalog = Catalog & Readonly<Record<PageKey, Phrase>>

const both = async (all: Promise<Catalog>, own: Promise<Readonly<Record<PageKey, Phrase>>>): Promise<PageCatalog> => {
  const [shared, page] = await Promise.all([all, own])
  return { ...shared, ...page }
}

/** A language with what only this page says: no add-in carries that. */
const CATALOGS: Record<Locale, () => Promise<PageCatalog>> = {
  en: () => both(import(/* webpackChunkName: "language-en" */ '../../shared/i18n/en').then((part) => part.en), import(/* webpackChunkName: "page-en" */ '../../shared/i18n/en/page').then((part) => part.page)),
  fr: () => both(import(/* webpackChunkName: "language-fr" */ '../../shared/i18n/fr').then((part) => part.fr), import(/* webpackChunkName: "page-fr" */ '../../shared/i18n/fr/page').then((part) => part.page)),
  es: () => both(import(/* webpackChunkName: "language-es" */ '../../shared/i18n/es').then((part) => part.es), import(/* webpackChunkName: "page-es" */ '../../shared/i18n/es/page').then((part) => part.page)),
}

/** Words of one language, with times in the reader's own zone (IANA name). */
export const loadPageLanguage = async (locale: Locale, timeZone: string): Promise<PageTranslate> => createTranslate<PageKey>(locale, await CATALOGS[locale](), { timeZone })
