import { domainToUnicode } from 'node:url'
import freeEmailDomains from 'free-email-domains'
import { parse } from 'tldts'
import { isBelow } from '../../shared/domains/domains.cover'
import type { DomainLists, ToUnicode } from '../../shared/domains/domains.parse'
import { toAscii } from '../identity/address'

const PUBLIC = new Set<string>(freeEmailDomains.flatMap((name) => toAscii(name) ?? []))

/** The reading form of an ASCII domain by UTS-46. */
export const toUnicode: ToUnicode = (domain) => domainToUnicode(domain)

/** Whether everybody can have a mailbox at this domain (`free-email-domains`). */
export const isPublicMailbox = (name: string): boolean => PUBLIC.has(name)

/** Whether many owners share what lies below this name (public suffix list, its private part too). */
export function isPublicSuffix(name: string): boolean {
  const { publicSuffix } = parse(name, { allowPrivateDomains: true, extractHostname: false, validateHostname: false })
  return publicSuffix === name
}

/** The label that people read, in its reading form: `acme` of `mail.acme.co.uk`. */
export const readLabel = (name: string): string => toUnicode(parse(name, { allowPrivateDomains: true, extractHostname: false, validateHostname: false }).domainWithoutSuffix ?? name)

/** The lists as rules ask them; our own host and what lies below it are nobody's to claim. */
export function createDomainLists(publicUrl: string): DomainLists {
  const own = new URL(publicUrl).hostname
  return { isPublicMailbox, isPublicSuffix, isOwn: (name) => name === own || isBelow(name, own) }
}
