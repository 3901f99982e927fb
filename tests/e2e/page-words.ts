import { en } from '../../shared/i18n/en'
import { page as enPage } from '../../shared/i18n/en/page'
import { es } from '../../shared/i18n/es'
import { page as esPage } from '../../shared/i18n/es/page'
import { fr } from '../../shared/i18n/fr'
import { page as frPage } from '../../shared/i18n/fr/page'
import { createTranslate } from '../../shared/i18n/translate'

/** The words of the activation page, which says more than the screens do. */
export const PAGE_WORDS = { en: createTranslate('en', { ...en, ...enPage }), fr: createTranslate('fr', { ...fr, ...frPage }), es: createTranslate('es', { ...es, ...esPage }) }
