import { en } from '../../shared/i18n/en'
import { es } from '../../shared/i18n/es'
import { fr } from '../../shared/i18n/fr'
import { createTranslate, type Catalog, type Translate } from '../../shared/i18n/translate'
import type { Locale } from '../../shared/kit/locale'

const CATALOGS: Record<Locale, Catalog> = { en, fr, es }

/** The words of a language, with times in the given zone (UTC where absent or unknown). */
export const translateFor = (locale: Locale, timeZone: string | undefined): Translate => createTranslate(locale, CATALOGS[locale], { timeZone })
