import type { Viewer } from '../access/access.policy'
import type { Plan } from '../change-plan'
import { consequence, counted } from '../changes/consequences'
import { toPlan } from '../changes/decision'
import type { DomainStatus } from './domains.model'
import { domainAbilities } from './domains.policy'

/** A domain before it is removed. `users` hold addresses in it; `coveredBy` is the approved domain above it, if any. */
export type DomainSnapshot = { id: string; name: string; label: string; status: DomainStatus; users: number; coveredBy: string | null }

/** Removing a domain: how many hold addresses in it, and what follows for them. Never refused because of them. */
export const planDomainRemove = (domain: DomainSnapshot, viewer: Viewer): { plan: Plan } => {
  const allowed = domainAbilities(domain, viewer)['domain.remove']
  const { id, label, users, coveredBy } = domain
  if (allowed !== true) return { plan: toPlan('domain.remove', { refused: [{ id, label, code: allowed ?? 'access.denied' }] }) }
  const isApproved = domain.status === 'approved'
  const after = !isApproved ? [] : coveredBy === null ? [consequence('plan.domain_released', { domain: label })] : [consequence('plan.domain_covered', { domain: coveredBy })]
  return { plan: toPlan('domain.remove', { targets: [{ id, label }], consequences: [...counted(isApproved && coveredBy === null ? 'plan.domain_users_kept' : 'plan.domain_users_stay', { count: users }), ...after, consequence('plan.domain_record_ends', {})] }) }
}
