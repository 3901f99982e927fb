import type { MailContext } from './mail.model'

const TOKEN = /^[A-Za-z0-9_-]{20,200}$/
const MESSAGE_ID = /^[A-Za-z0-9._-]{1,200}$/

/** What a mail client may put around a link: white space, angle brackets, quotes. */
const bare = (link: string): string => link.trim().replace(/^[<"']+|[>"']+$/g, '')

const below = (link: string, prefix: string): string | null => (link.startsWith(prefix) ? link.slice(prefix.length) : null)

/**
 * The token of an activation link, or null. Only links that begin with exactly our own origin count
 * and hold nothing but a token after it: look-alike hosts, `user@host`, backslashes, tabs and
 * wrapped links show no button. The origin is compared as text because a URL parser is lenient
 * where this must not be.
 */
export const activationTokenOf = (links: readonly string[], appOrigin: string): string | null => {
  for (const link of links) {
    const token = below(bare(link), `${appOrigin}/activate#`)
    if (token !== null && TOKEN.test(token)) return token
  }
  return null
}

const trackedLinkId = (links: readonly string[], messageOrigin: string): string | null => {
  for (const link of links) {
    const rest = below(bare(link), `${messageOrigin}/m/`)
    const id = rest?.split(/[/?#]/)[0] ?? ''
    if (MESSAGE_ID.test(id)) return id
  }
  return null
}

/** The id of the secure message that the open mail carries: its tracking header first, then a link of the configured origin. */
export const trackedMessageOf = (mail: MailContext, messageOrigin: string | null): string | null => {
  const header = mail.trackingHeader?.trim() ?? ''
  if (MESSAGE_ID.test(header)) return header
  return messageOrigin === null ? null : trackedLinkId(mail.links ?? [], messageOrigin)
}

const LINK = /https?:\/\/[^\s<>"']+/g

/** The links that stand in plain text. */
export const linksInText = (text: string): string[] => text.match(LINK) ?? []
