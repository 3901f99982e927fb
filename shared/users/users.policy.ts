import type { Ability, Abilities, RecordAbility } from '../access/abilities'
import { coversRole, holds, isAdministrator, isOwn, managesSome, mayManage, type Viewer } from '../access/access.policy'
import { licenseAbilities, type Licensed } from '../access/licenses.policy'
import type { Issue } from '../errors'
import type { Security } from './users.model'

/** A user as policies see them. */
export type Target = Licensed

/** What must be known of the whole organization: how many active organization administrators there are. */
export type AdminFacts = { activeAdmins: number }

type UserAbility = Extract<RecordAbility, `user.${string}`>
type Check = (target: Target, viewer: Viewer, facts: AdminFacts) => Ability

/** I1: whether the organization would be left without an active organization administrator. */
export const isLastAdmin = (target: Pick<Target, 'role' | 'status'>, facts: AdminFacts): boolean =>
  target.role === 'org_admin' && target.status === 'active' && facts.activeAdmins <= 1

const isThere: Check = (target) => (target.status === 'removed' ? 'user.removed' : true)
const isNotSuspended: Check = (target) => (target.status === 'suspended' ? 'user.suspended' : true)
const isRestorable: Check = (target) => (target.status === 'suspended' || target.status === 'removed' ? true : 'user.not_suspended')
const isSomebodyElse: Check = (target, viewer) => (isOwn(viewer, target) ? 'access.own_row' : true)
const isDispensable: Check = (target, _viewer, facts) => (isLastAdmin(target, facts) ? 'user.last_admin' : true)
const managesAnybody: Check = (_target, viewer) => managesSome(viewer) || 'access.denied'
const isManaged: Check = (target, viewer) => mayManage(viewer, target)
const isOwnOrManaged: Check = (target, viewer) => (isOwn(viewer, target) ? true : mayManage(viewer, target))
const isVisible: Check = (target, viewer) => isOwn(viewer, target) || holds(viewer, 'users.view') || 'access.denied'
const mayAssignRoles: Check = (_target, viewer) => holds(viewer, 'roles.assign') || 'access.denied'
/** Who can't grant a role can't take it away either. */
const hasRoleWithinReach: Check = (target, viewer) => coversRole(viewer, target) || 'access.grant_beyond_own'
const mayAssignWorkspaces: Check = (_target, viewer) => holds(viewer, 'workspaces.manage') || 'access.denied'
const hasReadableLog: Check = (target, viewer) =>
  isOwn(viewer, target) || holds(viewer, isAdministrator(target) ? 'logs.view_admins' : 'logs.view_users') || 'access.denied'

/** Checks in order: the first that refuses is told. Who may comes first, so that a state is told to nobody without the right. */
const CHECKS = {
  'user.view': [isVisible],
  'user.edit': [isOwnOrManaged, isThere],
  'user.edit_security': [isOwnOrManaged, isThere],
  'user.change_role': [mayAssignRoles, isSomebodyElse, hasRoleWithinReach, isThere, isDispensable],
  'user.suspend': [managesAnybody, isSomebodyElse, isManaged, isThere, isNotSuspended, isDispensable],
  'user.restore': [managesAnybody, isSomebodyElse, isManaged, isRestorable],
  'user.remove': [managesAnybody, isSomebodyElse, isManaged, isThere, isDispensable],
  'user.leave': [managesAnybody, isSomebodyElse, isManaged, isThere, isDispensable],
  'user.assign_workspaces': [mayAssignWorkspaces, isThere],
  'user.view_log': [hasReadableLog],
} as const satisfies Record<Exclude<UserAbility, keyof ReturnType<typeof licenseAbilities>>, readonly Check[]>

const firstRefusal = (checks: readonly Check[], target: Target, viewer: Viewer, facts: AdminFacts): Ability => {
  for (const check of checks) {
    const answer = check(target, viewer, facts)
    if (answer !== true) return answer
  }
  return true
}

/** Everything that the viewer may do to this user, or why not. */
export const userAbilities = (target: Target, viewer: Viewer, facts: AdminFacts): Abilities & Record<UserAbility, Ability> => {
  const checked = Object.entries(CHECKS).map(([ability, checks]) => [ability, firstRefusal(checks, target, viewer, facts)])
  return { ...(Object.fromEntries(checked) as Record<keyof typeof CHECKS, Ability>), ...licenseAbilities(target, viewer) }
}

/** Own security settings may only be tightened, whatever the role; other people's are free to whoever may edit them. */
export const securityIssues = (now: Security, wanted: Partial<Security>, own: boolean): Issue[] => {
  if (!own) return []
  const loosened = (['secondFactor', 'protectedReplies'] as const).filter((name) => now[name] && wanted[name] === false)
  return loosened.map((name) => ({ code: 'security.only_tighten', path: `security.${name}` }))
}
