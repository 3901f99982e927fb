/** The languages of the product, each complete. */
export const LOCALES = ['en', 'fr', 'es'] as const
export type Locale = (typeof LOCALES)[number]

/** The nearest language for a host's locale (`fr-CA` → `fr`), English where there is none. */
export const localeOf = (hostLocale: string | null | undefined): Locale => {
  const language = (hostLocale ?? '').toLowerCase().slice(0, 2)
  return LOCALES.find((l) => l === language) ?? 'en'
}
