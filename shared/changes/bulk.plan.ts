import { isOwn, type Viewer } from '../access/access.policy'
import type { Consequence, Plan } from '../change-plan'
import type { Instant } from '../kit/result'
import { sumOf } from '../kit/numbers'
import { planActivationSend, planLicenseAssign, planLicenseRemove } from '../licenses/licenses.plan'
import type { NewRole, OrganizationSnapshot, UserAfter, UserChange, UserSnapshot } from '../users/snapshot.model'
import type { BulkAction } from '../users/users.model'
import { planRemove, planRestore, planRoleChange, planSuspend } from '../users/users.plan'
import { consequence, mergeConsequences } from './consequences'
import { organizationAfter, refuse, refusedOf, seatChanges, toPlan, type Decision } from './decision'

/** What to do to many: `plan` for assigning licenses, `role` for changing roles. */
export type BulkWish = { action: BulkAction; plan?: string; role?: NewRole }
export type BulkSnapshot = { organization: OrganizationSnapshot; users: readonly UserSnapshot[] }

/** What comes of one user of the batch: `after` to store, or the code of the refusal. */
export type BulkOutcome = { user: UserSnapshot; after: UserAfter; code: null } | { user: UserSnapshot; after: null; code: string }
export type BulkDecision = { plan: Plan; outcomes: BulkOutcome[] }

type PlanOne = (change: UserChange, wish: BulkWish, viewer: Viewer, now: Instant) => Decision

/** Each action on many is the same action on one, in order: no rule stands here a second time. */
const PLAN_ONE = {
  assign_license: (change, { plan }, viewer) => (plan === undefined ? refuse('license.assign', change.user, 'plan.unknown') : planLicenseAssign({ ...change, plan }, viewer)),
  remove_license: (change, _wish, viewer) => planLicenseRemove(change, viewer),
  send_activation: (change, _wish, viewer) => planActivationSend(change, viewer),
  change_role: (change, { role }, viewer) => (role === undefined ? refuse('user.change_role', change.user, 'role.unknown') : planRoleChange({ ...change, to: role }, viewer)),
  suspend: (change, _wish, viewer) => planSuspend(change, viewer),
  restore: (change, _wish, viewer, now) => planRestore(change, viewer, now),
  remove: (change, _wish, viewer) => planRemove(change, viewer),
} satisfies Record<BulkAction, PlanOne>

/** Many role changes are told by the role that they lead to, wherever each began. */
const asBatch = (one: Consequence): Consequence =>
  one.code === 'plan.role_changed' ? consequence('plan.role_changes', { count: 1, role: one.params.to ?? '' }) : one

/**
 * One action on many users, in the order given: seats and the last administrator are counted over
 * the whole batch, the viewer's own row is skipped and said so, and so is a user named twice.
 */
export const planBulk = ({ organization, users }: BulkSnapshot, wish: BulkWish, viewer: Viewer, now: Instant): BulkDecision => {
  let running = organization
  const consequences: Consequence[] = []
  const decideOne = (user: UserSnapshot): BulkOutcome => {
    if (isOwn(viewer, user)) return { user, after: null, code: 'access.own_row' }
    const { plan, after } = PLAN_ONE[wish.action]({ organization: running, user }, wish, viewer, now)
    if (after === null) return { user, after, code: plan.refused[0]?.code ?? 'access.denied' }
    running = organizationAfter(running, user, after)
    consequences.push(...plan.consequences.map(asBatch))
    return { user, after, code: null }
  }
  const once = [...new Map(users.map((user) => [user.id, user])).values()]
  const outcomes = once.map(decideOne)
  const done = outcomes.flatMap((outcome) => (outcome.after === null ? [] : [outcome]))
  const refused = outcomes.flatMap(({ user, code }) => (code === null ? [] : [{ ...refusedOf(user, 'access.denied'), code }]))
  const plan = toPlan(`users.${wish.action}`, {
    targets: done.map(({ user }) => user),
    consequences: mergeConsequences(consequences),
    refused,
    seats: seatChanges(organization, done.map(({ user, after }) => ({ before: user.license, after: after.license }))),
  })
  return { plan, outcomes }
}

/** How many of a batch are done and how many are refused. */
export const bulkTotals = ({ outcomes }: BulkDecision): { done: number; refused: number } => {
  const refused = sumOf(outcomes, ({ code }) => (code === null ? 0 : 1))
  return { done: outcomes.length - refused, refused }
}
