import { createTranslate, type Catalog, type Translate } from '../../shared/i18n/translate'
import type { Locale } from '../../shared/kit/locale'

/** Each language is a chunk of its own: a pane loads the one it speaks. */
const CATALOGS: Record<Locale, () => Promise<Catalog>> = {
  en: () => import(/* webpackChunkName: "language-en" */ '../../shared/i18n/en').then((part) => part.en),
  fr: () => import(/* webpackChunkName: "language-fr" */ '../../shared/i18n/fr').then((part) => part.fr),
  es: () => import(/* webpackChunkName: "language-es" */ '../../shared/i18n/es').then((part) => part.es),
}

/** Words of one language, with times in the reader's own zone (IANA name). */
export const loadLanguage = async (locale: Locale, timeZone: string): Promise<Translate> => createTranslate(locale, await CATALOGS[locale](), { timeZone })
