import type { Abilities } from '../access/abilities'
import { holds, type Viewer } from '../access/access.policy'
import type { DomainStatus } from './domains.model'

/** What the viewer can do with a domain now. */
export const domainAbilities = (domain: { status: DomainStatus }, viewer: Viewer): Abilities => {
  if (!holds(viewer, 'domains.manage')) return { 'domain.check': 'access.denied', 'domain.remove': 'access.denied' }
  return { 'domain.check': domain.status === 'refused' ? 'domain.refused' : true, 'domain.remove': true }
}
