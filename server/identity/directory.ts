import { createHash } from 'node:crypto'
import { failure, type Failure } from '../../shared/errors'
import { arrived, failed, type Result } from '../../shared/kit/result'
import { kept } from '../store/kept'
import type { Store } from '../store/store'
import type { Identity } from './identity'
import { linkAtFirstSignIn } from './linking'
import { findMemberships, rememberUse, type Membership } from './memberships'
import { createSignInLog, type SignInOrigin } from './sign-ins'
import { viewerOf, type Viewer } from './viewer'

/** Who an identity is here: the users linked to it, by organization. */
export type Directory = {
  /**
   * The viewer in the organization asked for, or else the one last used. A first sign-in whose
   * issuer proves the address links the identity, which makes nobody active.
   * `auth.unknown_identity` where no active user is linked, `auth.suspended`.
   */
  enter(identity: Identity, organizationId: string | null, origin: SignInOrigin): Promise<Result<Viewer, Failure>>
  /** The viewer as they are now; null when they may no longer enter. Writes nothing. */
  lookUp(identity: Identity, organizationId: string): Promise<Viewer | null>
  /** The organizations that the identity may enter, by name. */
  organizations(identity: Identity): Promise<{ id: string; name: string }[]>
  /** The organization whose ingest key this is; null for an unknown or revoked one. */
  serviceKey(key: string): Promise<string | null>
}

/** The directory on the store; every answer is read anew, so that a suspension counts from the next request on. */
export function createDirectory(store: Store): Directory {
  const log = createSignInLog(store)
  const enter = async (identity: Identity, organizationId: string | null, origin: SignInOrigin): Promise<Result<Viewer, Failure>> => {
    const known = await findMemberships(store, identity)
    const memberships = known.length > 0 ? known : await linkAtFirstSignIn(store, identity, origin)
    const chosen = choose(memberships, organizationId)
    if (chosen === null) {
      if (memberships.length === 0) await log.refusedStranger(identity, origin)
      return failed(failure('auth.unknown_identity'))
    }
    if (chosen.status === 'suspended') {
      await log.refused(chosen, origin)
      return failed(failure('auth.suspended'))
    }
    if (chosen.status !== 'active') return failed(failure('auth.unknown_identity'))
    const isNewest = memberships.every((other) => (other.lastUsedAt ?? 0) <= (chosen.lastUsedAt ?? 0))
    await rememberUse(store, chosen, isNewest, origin.now)
    await log.entered(chosen, origin)
    return arrived(viewerOf(chosen))
  }
  return {
    enter,
    lookUp: async (identity, organizationId) => {
      const chosen = choose(await findMemberships(store, identity), organizationId)
      return chosen?.status === 'active' ? viewerOf(chosen) : null
    },
    organizations: async (identity) =>
      (await findMemberships(store, identity))
        .filter(({ status }) => status === 'active')
        .map(({ organizationId, organizationName }) => ({ id: organizationId, name: organizationName }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    serviceKey: (key) => findServiceKey(store, key),
  }
}

/** The membership asked for; without one, the active one last used, so that a suspension elsewhere locks nobody out. */
function choose(memberships: readonly Membership[], organizationId: string | null): Membership | null {
  if (organizationId !== null) return memberships.find((membership) => membership.organizationId === organizationId) ?? null
  return memberships.find(({ status }) => status === 'active') ?? memberships.find(({ status }) => status === 'suspended') ?? memberships[0] ?? null
}

async function findServiceKey(store: Store, key: string): Promise<string | null> {
  const hash = createHash('sha256').update(key).digest()
  const found = await store.look((db) => kept(db).selectFrom('service_keys').select('organization_id')
    .where('key_hash', '=', hash).where('purpose', '=', 'ingest').where('revoked_at', 'is', null).executeTakeFirst())
  return found?.organization_id ?? null
}
