import { coverOf, type Claim } from '../../shared/domains/domains.cover'
import { isPublicMailbox } from './lists'

/** What decides whether users of a domain may be added (I5), as plain data that a thread can be handed. */
export type AdmissionRules = { claims: Claim[]; elsewhere: string[]; allowPublicDomains: boolean }

/** The rule: an approved domain of the organization covers it, or it is a public one and those are admitted. */
export function admitsOf({ claims, elsewhere, allowPublicDomains }: AdmissionRules): (domain: string) => boolean {
  const byName = new Map(claims.map((claim) => [claim.name, claim]))
  const others = new Set(elsewhere)
  return (domain) => coverOf(domain, byName, others) !== null || (allowPublicDomains && isPublicMailbox(domain))
}
