import type { Permission } from '../../../shared/access/permissions'
import { POOL_WARNS_AT } from '../../../shared/licenses/licenses.model'
import { nameOf, permissionsOfUser } from '../../identity/viewer'
import type { Tx } from '../../store/bulk'
import { kept } from '../../store/kept'
import type { Change } from '../../store/transactions'

/** Somebody whom a notice about the organization goes to. */
export type NoticeReader = { id: string; email: string; name: string; language: string }

/** A notice goes to this many people at most. */
const READERS = 50

/** The active people whose role grants a permission, those who were here first. */
export async function noticeReaders(db: Tx, organizationId: string, permission: Permission): Promise<NoticeReader[]> {
  const rows = await db.selectFrom('users')
    .leftJoin('roles', (join) => join.onRef('roles.organization_id', '=', 'users.organization_id').onRef('roles.id', '=', 'users.custom_role_id'))
    .select(['users.id', 'users.email', 'users.first_name', 'users.last_name', 'users.language', 'users.role', 'users.custom_role_id', 'roles.permissions'])
    .where('users.organization_id', '=', organizationId).where('users.status', '=', 'active').where('users.role', '<>', 'member').orderBy('users.created_at').limit(READERS * 4).execute()
  return rows
    .filter((row) => permissionsOfUser({ role: row.role, customRoleId: row.custom_role_id, customPermissions: row.permissions }).includes(permission))
    .slice(0, READERS)
    .map((row) => ({ id: row.id, email: row.email, name: nameOf({ firstName: row.first_name, lastName: row.last_name }), language: row.language }))
}

/** How full a pool is, as far as it is worth a warning: from 80 percent on, and when it is full. */
export const warningLevel = ({ quantity, assigned }: { quantity: number; assigned: number }): 0 | 80 | 100 => {
  if (quantity === 0 || assigned < quantity * POOL_WARNS_AT) return 0
  return assigned >= quantity ? 100 : 80
}

/**
 * Mails those who can buy licenses about every pool that is fuller than when they last heard, once for each
 * crossing; a pool that has emptied again may warn anew. To be called after whatever moves seats or quantities.
 */
export async function warnOfPools(change: Change): Promise<void> {
  const { db, organization } = change
  const pools = await kept(db).selectFrom('license_pools').select(['plan', 'quantity', 'assigned', 'warned_percent']).where('organization_id', '=', organization.id).execute()
  const moved = pools.filter((pool) => warningLevel(pool) !== pool.warned_percent)
  for (const pool of moved) {
    await db.updateTable('license_pools').set({ warned_percent: warningLevel(pool) }).where('organization_id', '=', organization.id).where('plan', '=', pool.plan).execute()
  }
  const fuller = moved.filter((pool) => warningLevel(pool) > pool.warned_percent)
  if (fuller.length === 0) return
  for (const reader of await noticeReaders(db, organization.id, 'subscription.manage')) {
    for (const { plan, quantity, assigned } of fuller) {
      change.mail({ kind: 'licenses_low', to: { email: reader.email, name: reader.name }, language: reader.language, params: { organization: organization.name, plan, quantity, available: quantity - assigned } })
    }
  }
}
