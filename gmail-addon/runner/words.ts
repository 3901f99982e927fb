import { en } from '../../shared/i18n/en'
import { es } from '../../shared/i18n/es'
import { fr } from '../../shared/i18n/fr'
import { createTranslate, type Catalog, type Translate } from '../../shared/i18n/translate'
import type { Locale } from '../../shared/kit/locale'

const CATALOGS: Record<Locale, Catalog> = { en, fr, es }

/** Made once an execution: the host's formats are slow to make. */
const made = new Map<string, Translate>()

/** The words of a language, with times in the given zone (UTC where absent or unknown). */
export const translateFor = (locale: Locale, timeZone: string | undefined): Translate => {
  const key = `${locale} ${timeZone ?? ''}`
  const known = made.get(key)
  if (known !== undefined) return known
  const translate = createTranslate(locale, CATALOGS[locale], { timeZone })
  made.set(key, translate)
  return translate
}
