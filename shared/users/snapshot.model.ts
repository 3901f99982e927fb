import type { Grantable, Person } from '../access/access.policy'
import type { Licensed } from '../access/licenses.policy'
import type { Instant } from '../kit/result'
import type { UserStatus } from './users.model'

/**
 * What plans must know: small and typed, loaded by the server in one query each, and under the
 * organization's lock when the plan is carried out.
 */

/** A removed user can be restored for this long. */
export const RESTORE_DAYS = 30

/** What a suspended or removed user was, and what of it could come back now. */
export type FormerSnapshot = {
  status: Exclude<UserStatus, 'removed'>
  /** When they were removed; null for a suspended one. */
  removedAt: Instant | null
  /** The license that removing freed. */
  license: { plan: string; state: 'assigned' | 'active' } | null
  /** Of the workspaces that they were taken out of: how many still exist, and how many don't. */
  workspaces: number
  workspacesGone: number
  /** The contacts that removing unassigned: whose they are meanwhile is up to others, and nothing takes them back. */
  contactsUnassigned: number
  /** I5: whether the organization admits the domain of their address now. */
  domainAdmitted: boolean
  /** I4: whether somebody else has their address by now. */
  addressTaken: boolean
}

/** One user as plans see them. Counts are of this moment. */
export type UserSnapshot = Person & {
  /** How the person is named in a plan: full name, or the address. */
  label: string
  /** The name of a custom role; null for a built-in one. */
  roleName: string | null
  status: UserStatus
  license: { plan: string; state: 'assigned' | 'active' } | null
  /** Workspaces they are a member of, contacts assigned to them, their messages that can still be opened. */
  workspaces: number
  contacts: number
  liveMessages: number
  /** Activation links of theirs that still work. */
  openLinks: number
  /** Only for a suspended or removed user. */
  former: FormerSnapshot | null
}

/** What a change decides about a user; everything else stays. */
export type UserAfter = Pick<UserSnapshot, 'role' | 'permissions' | 'roleName' | 'status' | 'license'>

/** A role to give; `name` is null for a built-in one. */
export type NewRole = Grantable & { name: string | null }

/** One pool of licenses: I3 holds while `assigned` ≤ `quantity`. */
export type PoolSnapshot = { plan: string; quantity: number; assigned: number }

/** The organization around the users. `activeAdmins` counts active users with the role `org_admin`. */
export type OrganizationSnapshot = { activeAdmins: number; pools: readonly PoolSnapshot[]; sendActivationOnAssign: boolean }

/** One user in their organization. */
export type UserChange = { organization: OrganizationSnapshot; user: UserSnapshot }

/** Licenses of a plan that can still be assigned; none of a plan that the organization has no pool of. */
export const availableOf = (organization: Pick<OrganizationSnapshot, 'pools'>, plan: string): number => {
  const pool = organization.pools.find((p) => p.plan === plan)
  return pool === undefined ? 0 : pool.quantity - pool.assigned
}

/** A user as policies see them. */
export const licensedOf = (user: UserSnapshot): Licensed => ({ id: user.id, role: user.role, permissions: user.permissions, status: user.status, license: user.license?.state ?? null })

/** Whether a user counts among the active organization administrators. */
export const isActiveAdmin = (user: Pick<UserSnapshot, 'role' | 'status'>): boolean => user.role === 'org_admin' && user.status === 'active'
