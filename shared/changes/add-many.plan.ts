import type { Viewer } from '../access/access.policy'
import type { Plan } from '../change-plan'
import { planUserAdd, type RemainingStep, type UserAddSnapshot } from '../users/add.plan'
import type { OrganizationSnapshot, UserAfter } from '../users/snapshot.model'
import { mergeConsequences } from './consequences'
import { organizationAfter, refusedOf, seatChanges, toPlan } from './decision'

/** A person to add among several; the organization around them is that of all. */
export type PersonToAdd = Omit<UserAddSnapshot, 'organization'>

/** What comes of one person: `after` to store with what remains to be done, or the code of the refusal. */
export type AddOutcome = { email: string; after: UserAfter; remaining: RemainingStep[]; code: null } | { email: string; after: null; remaining: RemainingStep[]; code: string }

/** Several people added, decided; `outcomes` in the order given. */
export type AddManyDecision = { plan: Plan; outcomes: AddOutcome[] }

const NOBODY = { role: 'member', status: 'removed', license: null } as const

/** Adding several people is adding one, in order: seats are counted over all of them. */
export const planUsersAdd = (organization: OrganizationSnapshot, people: readonly PersonToAdd[], viewer: Viewer): AddManyDecision => {
  let running = organization
  const decided = people.map((person) => {
    const one = planUserAdd({ ...person, organization: running }, viewer)
    if (one.after !== null) running = organizationAfter(running, NOBODY, one.after)
    return { email: person.email, ...one }
  })
  const outcomes = decided.map(({ email, plan, after, remaining }): AddOutcome => (after === null ? { email, after, remaining, code: plan.refused[0]?.code ?? 'access.denied' } : { email, after, remaining, code: null }))
  const added = decided.filter(({ after }) => after !== null)
  return {
    outcomes,
    plan: toPlan('users.add', {
      targets: added.map(({ email }) => ({ id: email, label: email })),
      // Whom invitations go to is told by the targets; a plan for one alone lists none.
      consequences: mergeConsequences(added.flatMap(({ plan }) => plan.consequences)).filter(({ code }) => added.length === 1 || code !== 'plan.user_invited'),
      refused: [
        ...outcomes.flatMap(({ email, code }) => (code === null ? [] : [{ ...refusedOf({ id: email, label: email }, 'access.denied'), code }])),
        ...added.flatMap(({ email, remaining }) => remaining.map(({ step, code }) => refusedOf({ id: `${email} ${step}`, label: email }, code))),
      ],
      seats: seatChanges(organization, added.map(({ after }) => ({ before: null, after: after?.license ?? null }))),
    }),
  }
}
