/**
 * One e-mail address, as the organization stores it. Decided: an address is `local@domain` with a
 * dot-atom local part (RFC 5321 4.1.2), in ASCII or in letters of any script (RFC 6531). Quoted
 * local parts, comments, display names and address literals are refused: no mailbox of a claimed
 * domain needs them, and each of them is a way to make one string mean several recipients. So are
 * compatibility forms of letters (ſ, ａ), which imitate a colleague.
 */

/** A domain in its ASCII form by UTS-46, lower case; null if it has none. The caller brings it: it needs tables. */
export type ToAscii = (domain: string) => string | null

/** `address` is `local@domain`: the local part as it was typed (NFC), the domain in ASCII. */
export type EmailAddress = { address: string; local: string; domain: string }

/** What is wrong with an address. */
export type EmailIssue = { code: 'field.required' | 'field.control_characters' | 'email.malformed' | 'email.too_long' | 'email.many' | 'domain.malformed'; path: string }
export type ParsedEmail = { ok: true; value: EmailAddress } | { ok: false; issues: EmailIssue[] }

/** RFC 5321 4.5.3.1: octets of the local part, of the domain, and of a path without its brackets. */
const MAX_LOCAL = 64
const MAX_DOMAIN = 253
const MAX_ADDRESS = 254
/** Nothing longer can be an address in any reading, so it is not looked at any further. */
const MAX_TEXT = 320

const CONTROL = /[\u0000-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/
const ATOM = String.raw`[A-Za-z0-9!#$%&'*+/=?^_\`{|}~\u00A1-\uD7FF\uE000-\uFFFD-]`
const DOT_ATOM = new RegExp(`^(${ATOM}|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])+(\\.(${ATOM}|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])+)*$`)
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** Octets in UTF-8: what the limits of SMTP count. */
const octets = (text: string): number => {
  let size = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    size += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return size
}

const isHost = (domain: string): boolean => {
  const labels = domain.split('.')
  const top = labels[labels.length - 1] ?? ''
  return domain.length <= MAX_DOMAIN && labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(top)
}

/** Local part and domain as typed, or why the text as a whole is no single address. */
const splitAddress = (text: string): { local: string; domain: string } | EmailIssue['code'] => {
  if (text === '') return 'field.required'
  if (text.length > MAX_TEXT) return 'email.too_long'
  if (CONTROL.test(text)) return 'field.control_characters'
  const [local = '', domain = '', ...more] = text.split('@')
  if (!text.includes('@')) return 'email.malformed'
  if (more.length > 0) return /[,;\s]/.test(text) ? 'email.many' : 'email.malformed'
  if (/[,;]/.test(text)) return 'email.many'
  return /\s/.test(text) ? 'email.malformed' : { local: local.normalize('NFC'), domain }
}

const isLocal = (local: string): boolean => DOT_ATOM.test(local) && local === local.normalize('NFKC')

/**
 * Reads exactly one address; blanks around it are dropped, and nothing else is mended. Lists are
 * told apart from typing errors (`email.many`), because a mailer would deliver to every one of them.
 */
export const parseEmail = (text: string, toAscii: ToAscii, path = 'email'): ParsedEmail => {
  const refuse = (code: EmailIssue['code']): ParsedEmail => ({ ok: false, issues: [{ code, path }] })
  const split = splitAddress(text.trim())
  if (typeof split === 'string') return refuse(split)
  const { local } = split
  if (!isLocal(local)) return refuse('email.malformed')
  const domain = split.domain === '' ? null : toAscii(split.domain)?.toLowerCase()
  if (domain == null || !isHost(domain)) return refuse('domain.malformed')
  if (octets(local) > MAX_LOCAL || octets(local) + 1 + domain.length > MAX_ADDRESS) return refuse('email.too_long')
  return { ok: true, value: { address: `${local}@${domain}`, local, domain } }
}

/**
 * The one key under which addresses are compared: local part and domain without regard to case, by
 * the default mapping and never by a language's. Takes what `parseEmail` gave. An address in
 * compatibility forms (ſ, fullwidth) is nobody's key, because `parseEmail` lets none in: folding them
 * here would let the owner of one mailbox stand for another.
 */
export const emailKey = (address: string): string => address.normalize('NFC').toLowerCase().normalize('NFC')

/** What stands after the `@`, lower case; empty where there is none. */
export const domainOf = (address: string): string => {
  const at = address.lastIndexOf('@')
  return at < 0 ? '' : address.slice(at + 1).toLowerCase()
}
