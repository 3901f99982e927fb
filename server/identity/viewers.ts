import type { Tx } from '../store/bulk'
import { kept } from '../store/kept'
import { nameOf, viewerOf, type Viewer } from './viewer'

/** A user as the log remembers them, and as a viewer while they are active. */
export type KnownUser = { person: { id: string; email: string; name: string }; viewer: Viewer | null }

/**
 * Who a user is and may do at this moment, for work that goes on after their request or comes by a
 * link of theirs. Null for an id of nobody.
 */
export async function readKnownUser(db: Tx, organizationId: string, userId: string): Promise<KnownUser | null> {
  const row = await kept(db).selectFrom('users').innerJoin('organizations', 'organizations.id', 'users.organization_id')
    .leftJoin('roles', (join) => join.onRef('roles.organization_id', '=', 'users.organization_id').onRef('roles.id', '=', 'users.custom_role_id'))
    .select(['users.email', 'users.first_name', 'users.last_name', 'users.role', 'users.custom_role_id', 'users.status', 'users.language', 'users.language_chosen', 'roles.permissions', 'organizations.name as organization_name'])
    .where('users.organization_id', '=', organizationId).where('users.id', '=', userId).where('organizations.deleted_at', 'is', null).executeTakeFirst()
  if (row === undefined) return null
  const named = { firstName: row.first_name, lastName: row.last_name }
  const viewer = viewerOf({
    organizationId, organizationName: row.organization_name, identityId: '', userId, email: row.email, ...named,
    role: row.role, customRoleId: row.custom_role_id, customPermissions: row.permissions, status: row.status, language: row.language_chosen ? row.language : null, lastUsedAt: null,
  })
  return { person: { id: userId, email: row.email, name: nameOf(named) }, viewer: row.status === 'active' ? viewer : null }
}
