import { domainToASCII } from 'node:url'
import { emailKey, parseEmail, type EmailAddress } from '../../shared/kit/email'

/** A domain in its ASCII form by UTS-46; null if it has none. */
export const toAscii = (domain: string): string | null => domainToASCII(domain) || null

/** An address with the key under which addresses are compared; null for anything that is not exactly one. */
export function readAddress(text: string): (EmailAddress & { key: string }) | null {
  const parsed = parseEmail(text, toAscii)
  return parsed.ok ? { ...parsed.value, key: emailKey(parsed.value.address) } : null
}
