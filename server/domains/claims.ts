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
  const rows = await kept(db).selectFrom('domains').select(['id', 'name', 'status', 'warning']).where('organization_id', '=', organizationId).execute()
  return { byName: new Map(rows.map((row) => [row.name, row])), elsewhere: new Set(rows.some(isApproved) ? await namesHeldBelow(db, organizationId) : []) }
}

/** The same as rules for adding people. */
export async function readAdmissionRules(db: Tx, organizationId: string, { allowPublicDomains }: { allowPublicDomains: boolean }): Promise<AdmissionRules> {
  const { byName, elsewhere } = await readClaims(db, organizationId)
  return { claims: [...byName.values()].map(({ name, status, warning }) => ({ name, status, warning })), elsewhere: [...elsewhere], allowPublicDomains }
}
