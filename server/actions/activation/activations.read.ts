import type { Activation } from '../../../shared/licenses/licenses.model'
import { done, type Handler } from '../../http/handler'
import { provesAddress, type Identity, type LinkedTenant } from '../../identity/identity'
import { nameOf } from '../../identity/viewer'
import { anyId, type Tx } from '../../store/bulk'
import { fixed, kept } from '../../store/kept'
import type { Store } from '../../store/store'
import type { ActionDeps } from '../deps'

/** `GET /v1/activations`: the pending activations of the signed-in identity. */
export const activationsList = ({ store }: ActionDeps): Handler<'activations.list'> => async (_input, { identity, now }) =>
  done({ items: await findActivations(store, identity, now) })

/**
 * The links that this identity could redeem with one click: those of users it is linked to, and of
 * users whose address its issuer proves. Never by the address alone.
 */
export function findActivations(store: Store, identity: Identity, now: Date): Promise<Activation[]> {
  return store.look(async (db) => {
    const users = await findOwnUsers(db, identity)
    const rows = users.length === 0 ? [] : await openLinks(db, identity, users, now)
    const organizationIds = [...new Set(rows.map((row) => row.organization_id))]
    const tenants = organizationIds.length === 0 ? [] : await db.selectFrom('identity_links').select(['organization_id', 'kind', 'tenant']).where('organization_id', 'in', organizationIds).execute()
    const linkedTo = (organizationId: string): LinkedTenant[] => tenants.filter((tenant) => tenant.organization_id === organizationId)
    return rows
      .filter((row) => row.identity_id !== null || provesAddress(identity, row.email_key, linkedTo(row.organization_id)))
      .map((row) => ({
        id: row.id, organization: row.organization, plan: row.plan, expiresAt: row.expires_at.toISOString(), email: row.email,
        inviter: row.inviter_email === null ? null : nameOf({ firstName: row.inviter_first ?? '', lastName: row.inviter_last ?? '' }) || row.inviter_email,
      }))
  })
}

/** The few users that could be this person: by link, and by address. Two small searches by index instead of one over all. */
async function findOwnUsers(db: Tx, identity: Identity): Promise<{ organization_id: string; id: string }[]> {
  const found = await Promise.all([
    kept(db).selectFrom('identities').select(['organization_id', 'user_id as id']).where('issuer', '=', identity.issuer).where('subject', '=', identity.subject).execute(),
    identity.email === null ? [] : kept(db).selectFrom('users').select(['organization_id', 'id']).where('email_key', '=', identity.email).where('status', '<>', fixed('removed')).execute(),
  ])
  return found.flat()
}

const openLinks = (db: Tx, identity: Identity, users: readonly { organization_id: string; id: string }[], now: Date) => kept(db).selectFrom('activation_links as link')
  .innerJoin('users', (join) => join.onRef('users.organization_id', '=', 'link.organization_id').onRef('users.id', '=', 'link.user_id'))
  .innerJoin('organizations', 'organizations.id', 'users.organization_id')
  .leftJoin('licenses', (join) => join.onRef('licenses.organization_id', '=', 'users.organization_id').onRef('licenses.user_id', '=', 'users.id'))
  .leftJoin('users as inviter', (join) => join.onRef('inviter.organization_id', '=', 'link.organization_id').onRef('inviter.id', '=', 'link.sent_by'))
  .leftJoin('identities', (join) => join.onRef('identities.organization_id', '=', 'users.organization_id').onRef('identities.user_id', '=', 'users.id')
    .on('identities.issuer', '=', identity.issuer).on('identities.subject', '=', identity.subject))
  .select([
    'link.id', 'link.organization_id', 'organizations.name as organization', 'licenses.plan', 'link.expires_at', 'users.email', 'users.email_key',
    'identities.id as identity_id', 'inviter.email as inviter_email', 'inviter.first_name as inviter_first', 'inviter.last_name as inviter_last',
  ])
  .where('link.organization_id', '=', anyId(users.map((user) => user.organization_id))).where('link.user_id', '=', anyId(users.map((user) => user.id)))
  .where('users.status', 'in', ['pending', 'active']).where('organizations.deleted_at', 'is', null)
  .where('link.used_at', 'is', null).where('link.replaced_at', 'is', null).where('link.expires_at', '>', now)
  .orderBy('link.expires_at').limit(20).execute()
