import { coverOf, longestClaim } from '../../../shared/domains/domains.cover'
import { looksAlike } from '../../../shared/domains/domains.scripts'
import type { ContextPerson } from '../../../shared/mail/context.model'
import { admitsOf } from '../../domains/admission'
import { admissionRules, readClaims, type Claims } from '../../domains/claims'
import { isPublicMailbox, readLabel } from '../../domains/lists'
import type { Tx } from '../../store/bulk'
import { settingsOf } from '../settings'

/** How the domain of an address stands in the organization. */
export type DomainStates = (domain: string) => ContextPerson['domain']

/** Looks the domains up at once; the longest claimed name decides for what lies below it. */
export async function domainStates(db: Tx, organizationId: string, domains: readonly string[]): Promise<DomainStates> {
  const claims = await readClaims(db, organizationId)
  const answers = new Map([...new Set(domains)].map((domain) => [domain, stateOf(domain, claims)]))
  return (domain) => answers.get(domain) ?? { name: domain, state: 'unclaimed', looksLike: null }
}

function stateOf(domain: string, { byName, elsewhere }: Claims): ContextPerson['domain'] {
  if (coverOf(domain, byName, elsewhere) !== null) return { name: domain, state: 'approved', looksLike: null }
  const claim = longestClaim(domain, new Map([...byName].filter(([, { status }]) => status !== 'approved')))
  if (claim !== null) return { name: domain, state: claim.status, looksLike: null }
  if (isPublicMailbox(domain)) return { name: domain, state: 'public', looksLike: null }
  const own = [...byName.values()].filter(({ status }) => status === 'approved').map(({ name }) => name)
  return { name: domain, state: 'unclaimed', looksLike: own.find((name) => looksAlike(readLabel(domain), readLabel(name))) ?? null }
}

/** Whether users of a domain may be added (I5): an approved domain covers it, or it is a public one and the organization admits those. */
export async function admissionsOf(db: Tx, organizationId: string): Promise<(domain: string) => boolean> {
  const { settings } = await db.selectFrom('organizations').select('settings').where('id', '=', organizationId).executeTakeFirstOrThrow()
  return admitsOf(admissionRules(await readClaims(db, organizationId), settingsOf(settings)))
}
