import { holds, type Viewer } from '../../../shared/access/access.policy'
import { refusalOfDomain, type DomainLists } from '../../../shared/domains/domains.parse'
import type { ImportPreview } from '../../../shared/imports/imports.model'
import type { Claims } from '../../domains/claims'
import { toUnicode } from '../../domains/lists'
import type { FilePreview } from '../../imports/preview'

type Waiting = ImportPreview['domains'][number]

/** What can be done about the domains that keep rows out: the same rule as adding one, so that nothing is offered that is refused. */
export function withClaims(preview: FilePreview, viewer: Viewer, claims: Claims, lists: DomainLists): ImportPreview {
  const mayClaim = holds(viewer, 'domains.manage')
  const waiting = ({ name, count }: FilePreview['domains'][number]): Waiting => {
    const claimed = claims.byName.get(name)
    const refusal = claimed === undefined ? refusalOfDomain(name, lists) : 'domain.exists'
    const domainId = claimed !== undefined && holds(viewer, 'domains.view') ? claimed.id : null
    return { name, unicodeName: toUnicode(name), count, domainId, abilities: { 'domains.add': refusal ?? (mayClaim ? true : 'access.denied') } }
  }
  return { ...preview, domains: preview.domains.map(waiting) }
}
