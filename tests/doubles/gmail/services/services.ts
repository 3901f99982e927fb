import { createCardService } from '../cards/card-service'
import type { State } from '../cards/kinds'
import { breach, reported, strictObject, type Report } from '../strict'
import { makeBlob } from './blob'
import { createGmailApp, type MailSettings } from './gmail-app'
import { createCache, createProperties, type CacheContent, type PropertiesContent } from './stores'
import { createUrlFetch, type FetchSettings } from './url-fetch'

export type ServiceSettings = {
  report: Report
  checkCard: (card: State) => void
  fetch: Omit<FetchSettings, 'report'>
  mail: Omit<MailSettings, 'report'>
  scopes: readonly string[]
  /** The identity token that Google would sign for this person; null for nobody. */
  identityToken: () => string | null
  locale: string
  nowMs: () => number
  sleep: (ms: number) => void
  newId: () => string
  cache: CacheContent
  properties: PropertiesContent
  print: (line: string) => void
}

const createScriptApp = ({ report, scopes, identityToken }: ServiceSettings): object => strictObject('ScriptApp', {
  getIdentityToken: () => (scopes.includes('openid') ? identityToken() : null),
  getOAuthToken: reported(report, () => breach('the OAuth token is never taken: whoever gets it can read the mailbox')),
}, report)

const createSession = ({ report, scopes, locale }: ServiceSettings): object => strictObject('Session', {
  getActiveUserLocale: () => {
    if (!scopes.includes('https://www.googleapis.com/auth/script.locale')) throw new Error('Permission denied: script.locale')
    return locale
  },
}, report)

const createUtilities = ({ report, newId, sleep }: ServiceSettings): object => strictObject('Utilities', {
  getUuid: () => newId(),
  sleep: (ms: number) => sleep(ms),
  newBlob: reported(report, (data: unknown, mediaType?: string, name?: string) => makeBlob(report, data, mediaType ?? null, name ?? null)),
}, report)

const createConsole = (print: ServiceSettings['print']): object =>
  Object.fromEntries(['log', 'info', 'warn', 'error'].map((level) => [level, (...parts: unknown[]) => print(`${level}: ${parts.map(String).join(' ')}`)]))

/** The globals of Apps Script, and no others, for one running bundle. */
export const createServices = (settings: ServiceSettings): Record<string, unknown> => {
  const { report } = settings
  const cache = createCache(settings.cache, settings.nowMs, report)
  const properties = createProperties(settings.properties, report)
  return {
    CardService: createCardService(settings.checkCard, report),
    UrlFetchApp: createUrlFetch({ ...settings.fetch, report }),
    GmailApp: createGmailApp({ ...settings.mail, report }),
    ScriptApp: createScriptApp(settings),
    CacheService: strictObject('CacheService', { getUserCache: () => cache }, report),
    PropertiesService: strictObject('PropertiesService', { getUserProperties: () => properties }, report),
    Session: createSession(settings),
    Utilities: createUtilities(settings),
    console: createConsole(settings.print),
  }
}
