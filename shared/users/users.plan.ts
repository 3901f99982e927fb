import { canGrantRole, type Viewer } from '../access/access.policy'
import type { RecordAbility } from '../access/abilities'
import type { Consequence } from '../change-plan'
import { consequence, counted } from '../changes/consequences'
import { decide, firstNo, refuse, type Decision } from '../changes/decision'
import type { ErrorCode } from '../errors'
import type { Instant } from '../kit/result'
import { availableOf, licensedOf, RESTORE_DAYS, type FormerSnapshot, type NewRole, type UserChange } from './snapshot.model'
import { userAbilities } from './users.policy'

const DAY_MS = 24 * 60 * 60 * 1000

const may = ({ organization, user }: UserChange, viewer: Viewer, ability: Extract<RecordAbility, `user.${string}`>) =>
  userAbilities(licensedOf(user), viewer, organization)[ability]

/** What follows for others when a user goes, but for the license, which a leaver may hand on. */
export const goingConsequences = ({ user }: UserChange): Consequence[] => [
  ...counted('plan.workspaces_left', { count: user.workspaces }),
  ...counted('plan.messages_live', { count: user.liveMessages }),
  consequence('plan.restorable_until', { days: RESTORE_DAYS }),
]

/** What it costs that a license becomes free: the seat can be used again and is still billed. */
export const freedConsequences = (license: { plan: string } | null): Consequence[] =>
  license === null ? [] : [consequence('plan.license_freed', { count: 1, plan: license.plan }), consequence('plan.license_still_billed', { count: 1, plan: license.plan })]

/** Suspend: no sign-in from the next request on; data and license stay. */
export const planSuspend = (change: UserChange, viewer: Viewer): Decision => {
  const allowed = may(change, viewer, 'user.suspend')
  const { user } = change
  if (allowed !== true) return refuse('user.suspend', user, allowed)
  return decide('user.suspend', change, { status: 'suspended' }, [
    consequence('plan.access_suspended', { count: 1 }),
    ...(user.license === null ? [] : [consequence('plan.license_kept', { count: 1, plan: user.license.plan })]),
    ...counted('plan.messages_live', { count: user.liveMessages }),
  ])
}

/** Remove: frees the license, leaves workspaces and contacts; restorable for 30 days. */
export const planRemove = (change: UserChange, viewer: Viewer): Decision => {
  const allowed = may(change, viewer, 'user.remove')
  const { user } = change
  if (allowed !== true) return refuse('user.remove', user, allowed)
  return decide('user.remove', change, { status: 'removed', license: null }, [
    ...freedConsequences(user.license),
    ...counted('plan.contacts_unassigned', { count: user.contacts }),
    ...goingConsequences(change),
  ])
}

const roleWord = (role: string, name: string | null): string => name ?? role

/** Change the role, within what the viewer may give and take. */
export const planRoleChange = (change: UserChange & { to: NewRole }, viewer: Viewer): Decision => {
  const { user, to } = change
  const allowed = firstNo(may(change, viewer, 'user.change_role'), canGrantRole(viewer, to))
  if (allowed !== true) return refuse('user.change_role', user, allowed)
  const words = { from: roleWord(user.role, user.roleName), to: roleWord(to.role, to.name) }
  return decide('user.change_role', change, { role: to.role, permissions: to.permissions, roleName: to.name }, user.role === to.role ? [] : [consequence('plan.role_changed', words)])
}

const isTooLate = (former: FormerSnapshot, now: Instant): boolean =>
  former.removedAt !== null && Date.parse(now) - Date.parse(former.removedAt) > RESTORE_DAYS * DAY_MS

/** I4, I5 and the period: why a removed user can't come back at all. */
const comingBackRefused = (former: FormerSnapshot, now: Instant): ErrorCode | null => {
  if (isTooLate(former, now)) return 'not_found'
  if (former.addressTaken) return 'user.exists'
  return former.domainAdmitted ? null : 'domain.not_approved'
}

const STATUS_CONSEQUENCE = { active: 'plan.access_restored', pending: 'plan.invitation_kept', suspended: 'plan.still_suspended' } as const

/** A part of a removed user that can't come back, and why. */
export type Lost = { what: 'license' | 'workspaces'; code: ErrorCode }

/** Restore a suspended or removed user to the earlier status; what can't come back (I3) is said in `lost`. */
export const planRestore = (change: UserChange, viewer: Viewer, now: Instant): Decision & { lost: Lost[] } => {
  const { organization, user } = change
  const { former } = user
  const allowed = may(change, viewer, 'user.restore')
  if (allowed !== true || former === null) return { ...refuse('user.restore', user, allowed === true ? 'user.not_suspended' : allowed), lost: [] }
  const status = counted(STATUS_CONSEQUENCE[former.status], { count: 1 })
  if (user.status === 'suspended') return { ...decide('user.restore', change, { status: former.status }, status), lost: [] }
  const refused = comingBackRefused(former, now)
  if (refused !== null) return { ...refuse('user.restore', user, refused), lost: [] }
  const license = former.license !== null && availableOf(organization, former.license.plan) > 0 ? former.license : null
  const lost: Lost[] = [
    ...(former.license !== null && license === null ? [{ what: 'license', code: 'license.none_left' } as const] : []),
    ...(former.workspacesGone > 0 ? [{ what: 'workspaces', code: 'not_found' } as const] : []),
  ]
  return {
    ...decide('user.restore', change, { status: former.status, license }, [
      ...status,
      ...(former.license === null ? [] : [consequence(license === null ? 'plan.license_lost' : 'plan.license_restored', { count: 1, plan: former.license.plan })]),
      ...counted('plan.workspaces_restored', { count: former.workspaces }),
      ...counted('plan.workspaces_lost', { count: former.workspacesGone }),
      ...counted('plan.contacts_not_returned', { count: former.contactsUnassigned }),
    ]),
    lost,
  }
}
