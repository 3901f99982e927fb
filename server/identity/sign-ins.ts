import type { Store } from '../store/store'
import type { Actor, ChangeScope } from '../store/transactions'
import type { Identity } from './identity'
import type { Membership } from './memberships'
import { nameOf, permissionsOfUser } from './viewer'

/** Where a request came from, for the log of sign-ins. */
export type SignInOrigin = { ip: string; client: string; requestId: string; now: Date }

/** Writes sign-ins and refusals into the organization's log. */
export type SignInLog = {
  /** Somebody came back after a while. */
  entered(membership: Membership, origin: SignInOrigin): Promise<void>
  refused(membership: Membership, origin: SignInOrigin): Promise<void>
  /** An identity that is linked to nobody, but claims the address of somebody. */
  refusedStranger(identity: Identity, origin: SignInOrigin): Promise<void>
}

/** A sign-in is the first request after this long a silence. */
const SILENCE_MS = 30 * 60_000
/** The same refusal is written once in this time: a flood of requests is not a flood of lines. */
const REFUSAL_GRAIN_MS = 10 * 60_000
const MAX_REMEMBERED = 10_000

/** The log of sign-ins on the store. */
export function createSignInLog(store: Store): SignInLog {
  const isNewRefusal = createGrain()
  const record = async (membership: Membership, kind: 'signed_in' | 'sign_in_refused', origin: SignInOrigin): Promise<void> => {
    const actor: Actor = { id: membership.userId, email: membership.email, name: nameOf(membership) }
    await store.change(scopeOf(membership.organizationId, actor, origin), async (change) => {
      change.record({ category: 'sign_in', kind, ofAdmin: permissionsOfUser(membership).length > 0, subjects: [actor] })
      return { ok: true, value: null }
    })
  }
  return {
    entered: async (membership, origin) => {
      const silenceMs = origin.now.getTime() - (membership.lastUsedAt ?? 0)
      if (silenceMs >= SILENCE_MS) await record(membership, 'signed_in', origin)
    },
    refused: async (membership, origin) => {
      if (isNewRefusal(`${membership.organizationId} ${membership.userId}`, origin.now.getTime())) await record(membership, 'sign_in_refused', origin)
    },
    refusedStranger: async (identity, origin) => {
      if (identity.email === null || !isNewRefusal(`${identity.issuer} ${identity.email}`, origin.now.getTime())) return
      await recordStranger(store, identity, identity.email, origin)
    },
  }
}

async function recordStranger(store: Store, identity: Identity, email: string, origin: SignInOrigin): Promise<void> {
  const owners = await store.system((db) => db.selectFrom('users').select(['organization_id', 'id', 'email', 'first_name', 'last_name', 'role'])
    .where('email_key', '=', email).where('status', '<>', 'removed').limit(10).execute())
  for (const owner of owners) {
    // The actor is whoever claims the address; the subject is the user whose address it is.
    const subject = { id: owner.id, email: owner.email, name: nameOf({ firstName: owner.first_name, lastName: owner.last_name }) }
    const actor: Actor = { id: null, email, name: '' }
    await store.change(scopeOf(owner.organization_id, actor, origin), async (change) => {
      change.record({ category: 'sign_in', kind: 'sign_in_refused', ofAdmin: owner.role !== 'member', subjects: [subject], target: { type: 'issuer', id: null, label: identity.issuer } })
      return { ok: true, value: null }
    })
  }
}

const scopeOf = (organizationId: string, actor: Actor, origin: SignInOrigin): ChangeScope => ({ organizationId, actor, requestId: origin.requestId, ip: origin.ip, client: origin.client, now: origin.now })

function createGrain(): (key: string, nowMs: number) => boolean {
  const seen = new Map<string, number>()
  return (key, nowMs) => {
    if (seen.size >= MAX_REMEMBERED) seen.clear()
    const last = seen.get(key)
    if (last !== undefined && nowMs - last < REFUSAL_GRAIN_MS) return false
    seen.set(key, nowMs)
    return true
  }
}
