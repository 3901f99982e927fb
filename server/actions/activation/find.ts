import type { LinkState } from '../../../shared/licenses/redeem.policy'
import type { LinkedTenant } from '../../identity/identity'
import type { Tx } from '../../store/bulk'
import { isUuid } from '../../store/ids'
import type { Store } from '../../store/store'
import { tokenHash } from './activations.describe'

/** Where a link is kept; found without knowing the organization. */
export type LinkPlace = { organizationId: string; linkId: string }

/** Finds a link by its token or its id; null where there is none. */
export async function findLink(store: Store, by: { token: string } | { id: string }): Promise<LinkPlace | null> {
  if ('id' in by && !isUuid(by.id)) return null
  const row = await store.system((db) => {
    const select = db.selectFrom('activation_links').select(['organization_id', 'id'])
    return ('token' in by ? select.where('token_hash', '=', tokenHash(by.token)) : select.where('id', '=', by.id)).executeTakeFirst()
  })
  return row === undefined ? null : { organizationId: row.organization_id, linkId: row.id }
}

/** A link with its owner, as an attempt to use it needs them; null for a removed owner. */
export async function loadLink(db: Tx, { organizationId, linkId }: LinkPlace) {
  const row = await db.selectFrom('activation_links as link')
    .innerJoin('users', (join) => join.onRef('users.organization_id', '=', 'link.organization_id').onRef('users.id', '=', 'link.user_id'))
    .leftJoin('roles', (join) => join.onRef('roles.organization_id', '=', 'users.organization_id').onRef('roles.id', '=', 'users.custom_role_id'))
    .leftJoin('licenses', (join) => join.onRef('licenses.organization_id', '=', 'users.organization_id').onRef('licenses.user_id', '=', 'users.id'))
    .select([
      'link.id', 'link.expires_at', 'link.used_at', 'link.replaced_at', 'link.code_hash', 'link.code_expires_at', 'link.code_attempts',
      'users.id as user_id', 'users.email', 'users.email_key', 'users.first_name', 'users.last_name', 'users.status', 'users.language', 'users.role', 'users.custom_role_id', 'roles.permissions',
      'licenses.plan', 'licenses.state',
    ])
    .where('link.organization_id', '=', organizationId).where('link.id', '=', linkId).where('users.status', '<>', 'removed').executeTakeFirst()
  return row ?? null
}

/** A link with its owner. */
export type LoadedLink = NonNullable<Awaited<ReturnType<typeof loadLink>>>

/** How a link stands at a moment. */
export function stateOf(link: Pick<LoadedLink, 'used_at' | 'replaced_at' | 'expires_at'>, now: Date): LinkState {
  if (link.used_at !== null) return 'used'
  if (link.replaced_at !== null) return 'replaced'
  return link.expires_at <= now ? 'expired' : 'open'
}

/** The tenants whose proof of addresses the organization accepts. */
export const linkedTenants = (db: Tx, organizationId: string): Promise<LinkedTenant[]> =>
  db.selectFrom('identity_links').select(['kind', 'tenant']).where('organization_id', '=', organizationId).execute()
