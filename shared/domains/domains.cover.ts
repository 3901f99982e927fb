import type { DomainStatus, DomainWarning } from './domains.model'

/** A domain of the organization as its addresses see it. */
export type Claim = { name: string; status: DomainStatus; warning: DomainWarning | null }

/** The domain itself and everything that it lies below, longest first: `a.b.c` → `a.b.c`, `b.c`. */
export const withParents = (domain: string): string[] => {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
}

/** Whether `name` lies below `parent`. */
export const isBelow = (name: string, parent: string): boolean => name.length > parent.length && name.endsWith(`.${parent}`)

/** The longest claim, approved or not, that a domain is or lies below; null for none. */
export const longestClaim = <C extends { name: string }>(domain: string, claims: ReadonlyMap<string, C>): C | null => {
  for (const name of withParents(domain)) {
    const claim = claims.get(name)
    if (claim !== undefined) return claim
  }
  return null
}

/**
 * The approved claim that covers a domain: the longest approved match decides, whoever holds it
 * (`elsewhere`: names approved for others). A domain whose record has vanished covers itself only.
 */
export const coverOf = <C extends Claim>(domain: string, claims: ReadonlyMap<string, C>, elsewhere: ReadonlySet<string>): C | null => {
  for (const name of withParents(domain)) {
    if (elsewhere.has(name)) return null
    const claim = claims.get(name)
    if (claim?.status !== 'approved') continue
    return claim.warning === 'record_missing' && name !== domain ? null : claim
  }
  return null
}
