import type { DomainStatus } from '../../shared/domains/domains.model'
import type { Tx } from '../store/bulk'
import { namesHeldBelow } from '../store/domains'
import { kept } from '../store/kept'
import type { AdmissionRules } from './admission'
import type { DomainRow } from './news'

type ClaimRow = Pick<DomainRow, 'id' | 'name' | 'status' | 'warning'>

/** All domains of an organization as they decide about addresses, and the names that others hold below them. */
export type Claims = { byName: ReadonlyMap<string, ClaimRow>; elsewhere: ReadonlySet<string> }

const isApproved = ({ status }: { status: DomainStatus }): boolean => status === 'approved'

/** Reads what decides about addresses of an organization. */
export async function readClaims(db: Tx, organizationId: string): Promise<Claims> {
  const [rows, below] = await Promise.all([
    kept(db).selectFrom('domains').select(['id', 'name', 'status', 'warning']).where('organization_id', '=', organizationId).execute(),
    namesHeldBelow(db, organizationId),
  ])
  return { byName: new Map(rows.map((row) => [row.name, row])), elsewhere: new Set(rows.some(isApproved) ? below : []) }
}

/** The same as rules for adding people. */
export function admissionRules({ byName, elsewhere }: Claims, { allowPublicDomains }: { allowPublicDomains: boolean }): AdmissionRules {
  return { claims: [...byName.values()].map(({ name, status, warning }) => ({ name, status, warning })), elsewhere: [...elsewhere], allowPublicDomains }
}
