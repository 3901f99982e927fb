import { toAnswer, toCard, toUniversalAnswer } from './card-service'
import { readEvent } from './event'
import { fetchAll } from './fetch'
import type { Host } from './host'
import { identityToken, localeOf } from './identity'
import { attachmentBytes, openMail } from './mail'
import { userCache } from './store'
import type { AppsScript } from './vendor'

/** The host over the given Apps Script services; requests go to `origin` (https, no trailing slash). */
export const createHost = (vendor: AppsScript, origin: string): Host => ({
  readEvent,
  openMail: (event) => openMail(vendor.GmailApp, event),
  attachmentBytes: (event, attachmentId) => attachmentBytes(vendor.GmailApp, event, attachmentId),
  fetchAll: (requests) => fetchAll(vendor, origin, requests),
  cache: userCache(vendor.CacheService),
  identityToken: () => identityToken(vendor.ScriptApp),
  locale: (event) => localeOf(vendor.Session, event),
  now: () => new Date().toISOString(),
  newId: () => vendor.Utilities.getUuid(),
  showCards: (cards) => cards.map((card) => toCard(vendor.CardService, card)),
  answer: (reply) => toAnswer(vendor.CardService, reply),
  answerUniversal: (reply) => toUniversalAnswer(vendor.CardService, reply),
})
