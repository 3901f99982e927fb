import type { UserStatus } from '../../shared/users/users.model'
import type { Tx } from '../store/bulk'
import { kept } from '../store/kept'
import type { Store } from '../store/store'
import type { UserRole } from '../store/tables/columns'
import type { Identity } from './identity'

/** One user that an identity is linked to. `lastUsedAt` is in milliseconds. */
export type Membership = {
  organizationId: string
  organizationName: string
  identityId: string
  userId: string
  email: string
  firstName: string
  lastName: string
  role: UserRole
  customRoleId: string | null
  customPermissions: string[] | null
  status: UserStatus
  /** null until the person has chosen one. */
  language: string | null
  lastUsedAt: number | null
}

/** The users linked to the identity in living organizations, the one last used first. */
export const findMemberships = (store: Store, identity: Identity): Promise<Membership[]> => store.look((db) => readMemberships(db, identity))

/** As `findMemberships`, within a system transaction. */
export async function readMemberships(db: Tx, identity: Pick<Identity, 'issuer' | 'subject'>): Promise<Membership[]> {
  const rows = await kept(db).selectFrom('identities')
    .innerJoin('users', (join) => join.onRef('users.organization_id', '=', 'identities.organization_id').onRef('users.id', '=', 'identities.user_id'))
    .innerJoin('organizations', 'organizations.id', 'identities.organization_id')
    .leftJoin('roles', (join) => join.onRef('roles.organization_id', '=', 'users.organization_id').onRef('roles.id', '=', 'users.custom_role_id'))
    .select([
      'users.organization_id', 'organizations.name as organization_name', 'identities.id as identity_id', 'users.id as user_id', 'users.email',
      'users.first_name', 'users.last_name', 'users.role', 'users.custom_role_id', 'roles.permissions', 'users.status', 'users.language', 'users.language_chosen', 'identities.last_used_at',
    ])
    .where('identities.issuer', '=', identity.issuer).where('identities.subject', '=', identity.subject)
    .where('users.status', '<>', 'removed').where('organizations.deleted_at', 'is', null)
    .orderBy('identities.last_used_at', (order) => order.desc().nullsLast()).orderBy('users.organization_id')
    .execute()
  return rows.map((row) => ({
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    identityId: row.identity_id,
    userId: row.user_id,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    role: row.role,
    customRoleId: row.custom_role_id,
    customPermissions: row.permissions,
    status: row.status,
    language: row.language_chosen ? row.language : null,
    lastUsedAt: row.last_used_at?.getTime() ?? null,
  }))
}

/** How old "last used" may be before it is written again: reads stay reads. */
const USE_GRAIN_MS = 5 * 60_000

/** Writes down that a membership was used now, when it was not the last one used or some minutes have passed. */
export async function rememberUse(store: Store, membership: Membership, isNewest: boolean, now: Date): Promise<void> {
  if (isNewest && membership.lastUsedAt !== null && now.getTime() - membership.lastUsedAt < USE_GRAIN_MS) return
  await store.system(async (db) => {
    await db.updateTable('identities').set({ last_used_at: now })
      .where('organization_id', '=', membership.organizationId).where('id', '=', membership.identityId).execute()
    await db.updateTable('users').set({ last_active_at: now })
      .where('organization_id', '=', membership.organizationId).where('id', '=', membership.userId).execute()
  })
}
