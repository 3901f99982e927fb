import { attempt } from './attempt'
import type { HostEvent } from './host'
import type { AppsScript } from './vendor'

/** Google's identity token of the person; null when `openid` was not granted. Nothing else identifies a request. */
export const identityToken = (script: AppsScript['ScriptApp']): string | null => attempt(() => script.getIdentityToken() || null, null)

/** The language of Gmail itself where the event tells it, else the account's. */
export const localeOf = (session: AppsScript['Session'], event: HostEvent): string | null =>
  event.locale ?? attempt(() => session.getActiveUserLocale() || null, null)
