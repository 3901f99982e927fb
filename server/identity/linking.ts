import { newId } from '../store/ids'
import type { Store } from '../store/store'
import { linksAtSignIn, type Identity, type LinkedTenant } from './identity'
import { findMemberships, type Membership } from './memberships'
import type { SignInOrigin } from './sign-ins'
import { nameOf } from './viewer'

type Candidate = { organizationId: string; userId: string; email: string; firstName: string; lastName: string; role: string; linked: LinkedTenant[] }

/**
 * Links an identity that nobody knows to the users of its proven address, in every organization that
 * accepts the proof, and answers the memberships that this makes. Activates nothing.
 */
export async function linkAtFirstSignIn(store: Store, identity: Identity, origin: SignInOrigin): Promise<Membership[]> {
  if (identity.proof === 'none' || identity.email === null) return []
  const candidates = await findCandidates(store, identity, identity.email)
  const accepting = candidates.filter(({ linked }) => linksAtSignIn(identity, linked))
  for (const candidate of accepting) await link(store, identity, candidate, origin)
  // Also where there was nobody to link: another first request of the same moment may have linked them in between.
  return findMemberships(store, identity)
}

/** Users of the address that nobody of this issuer is linked to yet: an address given to somebody else links nobody. */
function findCandidates(store: Store, identity: Identity, email: string): Promise<Candidate[]> {
  return store.system(async (db) => {
    const users = await db.selectFrom('users').innerJoin('organizations', 'organizations.id', 'users.organization_id')
      .select(['users.organization_id', 'users.id', 'users.email', 'users.first_name', 'users.last_name', 'users.role'])
      .where('users.email_key', '=', email).where('users.status', '<>', 'removed').where('organizations.deleted_at', 'is', null)
      .where(({ not, exists, selectFrom }) => not(exists(selectFrom('identities').select('identities.id')
        .whereRef('identities.organization_id', '=', 'users.organization_id').whereRef('identities.user_id', '=', 'users.id')
        .where('identities.issuer', '=', identity.issuer))))
      .execute()
    const organizationIds = users.map((user) => user.organization_id)
    const links = organizationIds.length === 0 ? [] : await db.selectFrom('identity_links').select(['organization_id', 'kind', 'tenant']).where('organization_id', 'in', organizationIds).execute()
    return users.map((user) => ({
      organizationId: user.organization_id, userId: user.id, email: user.email, firstName: user.first_name, lastName: user.last_name, role: user.role,
      linked: links.filter((row) => row.organization_id === user.organization_id),
    }))
  })
}

async function link(store: Store, identity: Identity, candidate: Candidate, origin: SignInOrigin): Promise<void> {
  const person = { id: candidate.userId, email: candidate.email, name: nameOf(candidate) }
  const scope = { organizationId: candidate.organizationId, actor: person, requestId: origin.requestId, ip: origin.ip, client: origin.client, now: origin.now }
  await store.change(scope, async ({ db, record, now }) => {
    const inserted = await db.insertInto('identities')
      .values({ organization_id: candidate.organizationId, id: newId(), user_id: candidate.userId, issuer: identity.issuer, subject: identity.subject, email: identity.email, linked_at: now, last_used_at: null })
      .onConflict((conflict) => conflict.columns(['organization_id', 'issuer', 'subject']).doNothing()).executeTakeFirst()
    // Two first requests at once: the second finds the link made.
    if (inserted.numInsertedOrUpdatedRows === 1n) record({ category: 'audit', kind: 'identity.linked', ofAdmin: candidate.role !== 'member', subjects: [person], target: { type: 'user', id: candidate.userId, label: candidate.email } })
    return { ok: true, value: null }
  })
}
