import type { Ability } from '../access/abilities'
import type { Consequence, Plan, Refused, SeatChange } from '../change-plan'
import type { ErrorCode, IssueCode } from '../errors'
import { availableOf, isActiveAdmin, type OrganizationSnapshot, type UserAfter, type UserChange, type UserSnapshot } from '../users/snapshot.model'

/** A change of one user, decided: what is shown, and what to store; `after` is null where it is refused. */
export type Decision = { plan: Plan; after: UserAfter | null }

/** Targets and refusals are counted in full and listed up to this many. */
export const SHOWN_AT_MOST = 100

type Parts = { targets?: readonly { id: string; label: string }[]; consequences?: readonly Consequence[]; refused?: readonly Refused[]; seats?: readonly SeatChange[] }

/** A plan from its parts, with its lists cut for showing. */
export const toPlan = (kind: string, { targets = [], consequences = [], refused = [], seats = [] }: Parts): Plan => ({
  kind,
  count: targets.length,
  targets: targets.slice(0, SHOWN_AT_MOST).map(({ id, label }) => ({ id, label })),
  consequences: [...consequences],
  refused: refused.slice(0, SHOWN_AT_MOST),
  refusedCount: refused.length,
  seats: [...seats],
})

/** One refusal of a plan. */
export const refusedOf = (user: { id: string; label: string }, code: ErrorCode | IssueCode): Refused => ({ id: user.id, label: user.label, code })

/** The first of several answers that is no. */
export const firstNo = (...answers: readonly Ability[]): Ability => answers.find((answer) => answer !== true) ?? true

type LicensePair = { before: { plan: string } | null; after: { plan: string } | null }

/** Seats that these changes take and free, by plan, against what is available before them. */
export const seatChanges = (organization: Pick<OrganizationSnapshot, 'pools'>, pairs: readonly LicensePair[]): SeatChange[] => {
  const takes = new Map<string, number>()
  const add = (plan: string | undefined, n: number) => {
    if (plan !== undefined) takes.set(plan, (takes.get(plan) ?? 0) + n)
  }
  for (const { before, after } of pairs) {
    add(after?.plan, 1)
    add(before?.plan, -1)
  }
  return [...takes].filter(([, n]) => n !== 0).map(([plan, n]) => ({ plan, takes: n, available: availableOf(organization, plan) }))
}

/** A change of one user that is refused as a whole. */
export const refuse = (kind: string, user: UserSnapshot, code: ErrorCode | IssueCode): Decision => ({ plan: toPlan(kind, { refused: [refusedOf(user, code)] }), after: null })

/** A change of one user that can be done. */
export const decide = (kind: string, { organization, user }: UserChange, change: Partial<UserAfter>, consequences: readonly Consequence[]): Decision => {
  const { role, permissions, roleName, status, license } = { ...user, ...change }
  const after = { role, permissions, roleName, status, license }
  return { plan: toPlan(kind, { targets: [user], consequences, seats: seatChanges(organization, [{ before: user.license, after: license }]) }), after }
}

/** The organization once a user has changed: what the next decision of the same batch stands on. */
export const organizationAfter = (organization: OrganizationSnapshot, before: Pick<UserSnapshot, 'role' | 'status' | 'license'>, after: UserAfter): OrganizationSnapshot => {
  const seats = seatChanges(organization, [{ before: before.license, after: after.license }])
  return {
    ...organization,
    activeAdmins: organization.activeAdmins - (isActiveAdmin(before) ? 1 : 0) + (isActiveAdmin(after) ? 1 : 0),
    pools: organization.pools.map((pool) => ({ ...pool, assigned: pool.assigned + (seats.find((seat) => seat.plan === pool.plan)?.takes ?? 0) })),
  }
}
