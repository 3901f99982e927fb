import { createHost } from './create-host'
import type { Host } from './host'
import type { CardApi } from './vendor'

/** Written by the build from the configured public URL. */
declare const __PUBLIC_URL__: string

/** The host of a running script: the only place that names the services of Apps Script. */
export const appsScriptHost = (): Host => createHost({
  // The published types lack the two-column widgets that the service has.
  CardService: CardService as CardApi,
  UrlFetchApp, GmailApp, ScriptApp, CacheService, Session, Utilities,
}, __PUBLIC_URL__)
