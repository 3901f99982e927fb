import { en } from '../../shared/i18n/en'
import { es } from '../../shared/i18n/es'
import { fr } from '../../shared/i18n/fr'
import { createTranslate, type Translate } from '../../shared/i18n/translate'
import { localeOf, type Locale } from '../../shared/kit/locale'

const WORDS: Record<Locale, Translate> = { en: createTranslate('en', en), fr: createTranslate('fr', fr), es: createTranslate('es', es) }

/** The words of a language, nearest to the one named; the server has them all at hand. */
export const wordsOf = (language: string): Translate => WORDS[localeOf(language)]
