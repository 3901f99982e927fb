import type { Permission } from '../../shared/access/permissions'
import type { Tx } from '../store/bulk'

/** Somebody who looks after the organization's domains, and is written to about them. */
export type Keeper = { email: string; name: string; language: string }

const PERMISSION: Permission = 'domains.manage'
const MAX_KEEPERS = 50

/** The active people whose role lets them manage domains. */
export async function findKeepers(db: Tx, organizationId: string): Promise<Keeper[]> {
  const roles = await db.selectFrom('roles').select(['id', 'permissions']).where('organization_id', '=', organizationId).execute()
  const roleIds = roles.filter(({ permissions }) => permissions.includes(PERMISSION)).map(({ id }) => id)
  const rows = await db.selectFrom('users').select(['email', 'first_name', 'last_name', 'language'])
    .where('organization_id', '=', organizationId).where('status', '=', 'active')
    .where(({ or, eb }) => or([eb('role', '=', 'org_admin'), ...(roleIds.length === 0 ? [] : [eb('custom_role_id', 'in', roleIds)])]))
    .orderBy('created_at').limit(MAX_KEEPERS).execute()
  return rows.map((row) => ({ email: row.email, name: `${row.first_name} ${row.last_name}`.trim(), language: row.language }))
}
