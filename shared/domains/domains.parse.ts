import type { ErrorCode, Issue } from '../errors'
import type { ToAscii } from '../kit/email'
import { CHALLENGE_LABEL } from './domains.model'

/** The reading form of an ASCII domain by UTS-46; the domain itself where it has none. The caller brings it: it needs tables. */
export type ToUnicode = (domain: string) => string

/** `name` is ASCII and lower case, `unicodeName` is for reading only. */
export type DomainName = { name: string; unicodeName: string }
export type ParsedDomain = { ok: true; value: DomainName } | { ok: false; issues: Issue[] }

/** The lists that decide who may be claimed at all; each is asked for an ASCII name. */
export type DomainLists = { isPublicMailbox: (name: string) => boolean; isPublicSuffix: (name: string) => boolean; isOwn: (name: string) => boolean }

/** The host of the proof has to fit into a name of 253 octets as well. */
export const DOMAIN_MAX_LENGTH = 253 - CHALLENGE_LABEL.length - 1

const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}/u
/** What stands in addresses of the web and never in a name; a converter might cut or decode at it. */
const NOT_IN_NAMES = /[\s/\\?#%@:[\]<>()|^"'`*_,;=&+!$~{}]/
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** Hyphens in the third and fourth place announce an encoding; `xn--` is the only one. */
const RESERVED_LABEL = /^(?!xn--)..--/

const isLabel = (label: string): boolean => LABEL.test(label) && !RESERVED_LABEL.test(label)

/** The ASCII form, or null: mapped by UTS-46, and the same again when it is read and written back. */
const normalize = (text: string, toAscii: ToAscii, toUnicode: ToUnicode): DomainName | null => {
  const name = toAscii(text)?.toLowerCase().replace(/\.$/, '')
  if (name === undefined || name === '') return null
  const labels = name.split('.')
  const isNumeric = /^(\d+|0x[0-9a-f]*)$/.test(labels[labels.length - 1] ?? '')
  if (isNumeric || !labels.every(isLabel)) return null
  const unicodeName = toUnicode(name)
  return toAscii(unicodeName) === name ? { name, unicodeName } : null
}

/**
 * Reads a domain name and normalizes it by UTS-46 before anything is looked up. One `@` in front and
 * one dot at the end are forgiven; addresses of pages, IP addresses and invisible characters are not.
 * A single label is a name here, so that `com` is refused for what it is.
 */
export const parseDomainName = (text: string, toAscii: ToAscii, toUnicode: ToUnicode, path = 'name'): ParsedDomain => {
  const refuse = (code: Issue['code'], params?: Issue['params']): ParsedDomain => ({ ok: false, issues: [{ code, path, ...(params ? { params } : {}) }] })
  const typed = text.trim().replace(/^@/, '')
  if (typed === '') return refuse('field.required')
  if (INVISIBLE.test(typed)) return refuse('field.control_characters')
  if (typed.length > 253 || NOT_IN_NAMES.test(typed.normalize('NFKC'))) return refuse('domain.malformed')
  const value = normalize(typed, toAscii, toUnicode)
  if (value === null) return refuse('domain.malformed')
  return value.name.length > DOMAIN_MAX_LENGTH ? refuse('field.too_long', { limit: DOMAIN_MAX_LENGTH }) : { ok: true, value }
}

/** Why nobody here may claim a domain, whoever they are; null where it can be claimed. Takes the ASCII name. */
export const refusalOfDomain = (name: string, lists: DomainLists): Extract<ErrorCode, 'domain.reserved' | 'domain.public_mailbox' | 'domain.public_suffix'> | null => {
  if (lists.isOwn(name)) return 'domain.reserved'
  if (lists.isPublicMailbox(name)) return 'domain.public_mailbox'
  return lists.isPublicSuffix(name) ? 'domain.public_suffix' : null
}
