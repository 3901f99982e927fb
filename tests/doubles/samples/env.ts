import { en } from '../../../shared/i18n/en'
import { es } from '../../../shared/i18n/es'
import { fr } from '../../../shared/i18n/fr'
import { createTranslate, type Catalog } from '../../../shared/i18n/translate'
import type { Locale } from '../../../shared/kit/locale'
import type { Env } from '../../../shared/screens/vocabulary'
import { NOW, viewer } from './records'

export const CATALOGS: Record<Locale, Catalog> = { en, fr, es }

/** What a view depends on, for a host that can do everything. */
export const sampleEnv = (part: Partial<Env> & { locale?: Locale } = {}): Env => {
  const { locale = 'en', ...rest } = part
  return {
    viewer: viewer(), mail: null, now: NOW, supportUrl: 'https://support.example/', origins: { app: 'https://desk.example', message: 'https://messages.example' },
    can: { pageSize: 50, live: true, pickFile: true, select: true, purchase: true, compose: true, signOut: true },
    t: createTranslate(locale, CATALOGS[locale]),
    ...rest,
  }
}
