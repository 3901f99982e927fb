import { en } from '../../shared/i18n/en'
import { mails as enMails } from '../../shared/i18n/en/mails'
import { es } from '../../shared/i18n/es'
import { mails as esMails } from '../../shared/i18n/es/mails'
import { fr } from '../../shared/i18n/fr'
import { mails as frMails } from '../../shared/i18n/fr/mails'
import { createTranslate, type Translate } from '../../shared/i18n/translate'
import { localeOf, type Locale } from '../../shared/kit/locale'

/** Words of one language with those of mails, which no front carries. */
export type MailWords = Translate<keyof typeof enMails>

const WORDS: Record<Locale, MailWords> = { en: createTranslate('en', { ...en, ...enMails }), fr: createTranslate('fr', { ...fr, ...frMails }), es: createTranslate('es', { ...es, ...esMails }) }

/** The words of a language, nearest to the one named; the server has them all at hand. */
export const wordsOf = (language: string): MailWords => WORDS[localeOf(language)]
