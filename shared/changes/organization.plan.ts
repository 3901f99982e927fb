import { holds, type Viewer } from '../access/access.policy'
import type { Plan } from '../change-plan'
import { consequence, counted } from './consequences'
import { refusedOf, toPlan } from './decision'

/** An organization as the plan of its deletion sees it. `users` counts those who are not removed. */
export type OrganizationFacts = { id: string; label: string; users: number; licenses: number; domains: number; workspaces: number; liveMessages: number }

/** Delete the organization: nobody gets in any more, its domains can be claimed elsewhere. */
export const planOrganizationDelete = (organization: OrganizationFacts, viewer: Viewer): { plan: Plan } => {
  if (!holds(viewer, 'organization.delete')) return { plan: toPlan('organization.delete', { refused: [refusedOf(organization, 'access.denied')] }) }
  const { users, licenses, domains, workspaces, liveMessages } = organization
  const consequences = [
    ...counted('plan.access_lost', { count: users }),
    ...counted('plan.licenses_ended', { count: licenses }),
    ...counted('plan.domains_released', { count: domains }),
    ...counted('plan.workspaces_closed', { count: workspaces }),
    ...counted('plan.messages_live', { count: liveMessages }),
    consequence('plan.not_restorable', {}),
  ]
  return { plan: toPlan('organization.delete', { targets: [organization], consequences }) }
}
