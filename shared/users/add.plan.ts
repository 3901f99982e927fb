import type { Viewer } from '../access/access.policy'
import type { Ability } from '../access/abilities'
import type { Plan } from '../change-plan'
import { consequence, counted } from '../changes/consequences'
import { firstNo, refusedOf, seatChanges, toPlan } from '../changes/decision'
import type { RefusalCode } from '../errors'
import { addressFree, mayAdd, type AddressHolder } from './add.policy'
import { availableOf, type NewRole, type OrganizationSnapshot, type UserAfter } from './snapshot.model'

/** A person to add, as parsed, and what the organization knows of the address. */
export type UserAddSnapshot = {
  organization: OrganizationSnapshot
  email: string
  role: NewRole
  /** The plan of the license to assign; null for none. */
  plan: string | null
  /** How many workspaces to join. */
  workspaces: number
  /** I4: who has this address. */
  existing: AddressHolder | null
  /** I5: whether the organization admits the domain of the address. */
  domainAdmitted: boolean
}

/** A later step that can't be done now; the invitation goes out nevertheless. */
export type RemainingStep = { step: 'license' | 'workspaces'; code: RefusalCode }

/** A user added, decided: `after` is null where the invitation itself is refused. */
export type UserAddDecision = { plan: Plan; after: UserAfter | null; workspaces: number; remaining: RemainingStep[] }

const mayInvite = ({ role, existing, domainAdmitted }: UserAddSnapshot, viewer: Viewer): Ability =>
  firstNo(mayAdd(viewer, role).invite, addressFree(existing), domainAdmitted || 'domain.not_approved')

const mayLicense = ({ organization, role, plan }: UserAddSnapshot, viewer: Viewer): Ability =>
  plan === null ? true : firstNo(mayAdd(viewer, role).license, availableOf(organization, plan) > 0 || 'license.none_left')

const mayJoin = ({ role, workspaces }: UserAddSnapshot, viewer: Viewer): Ability => workspaces === 0 || mayAdd(viewer, role).workspaces

const stepsLeft = (snapshot: UserAddSnapshot, viewer: Viewer): RemainingStep[] => {
  const answers = [{ step: 'license', answer: mayLicense(snapshot, viewer) }, { step: 'workspaces', answer: mayJoin(snapshot, viewer) }] as const
  return answers.flatMap(({ step, answer }) => (answer === true ? [] : [{ step, code: answer }]))
}

/** Add one user: the invitation first, then license and workspaces, each of which may remain to be done. */
export const planUserAdd = (snapshot: UserAddSnapshot, viewer: Viewer): UserAddDecision => {
  const { organization, email, role } = snapshot
  const invited = { id: email, label: email }
  const allowed = mayInvite(snapshot, viewer)
  if (allowed !== true) return { plan: toPlan('user.add', { refused: [refusedOf(invited, allowed)] }), after: null, workspaces: 0, remaining: [] }
  const remaining = stepsLeft(snapshot, viewer)
  const isLeft = (step: RemainingStep['step']) => remaining.some((left) => left.step === step)
  const license = snapshot.plan === null || isLeft('license') ? null : { plan: snapshot.plan, state: 'assigned' as const }
  const workspaces = isLeft('workspaces') ? 0 : snapshot.workspaces
  const plan = toPlan('user.add', {
    targets: [invited],
    consequences: [
      consequence('plan.user_invited', { email }),
      consequence('plan.role_granted', { role: role.name ?? role.role }),
      ...(license === null ? [] : [consequence('plan.license_assigned', { count: 1, plan: license.plan })]),
      ...counted('plan.workspaces_joined', { count: workspaces }),
    ],
    refused: remaining.map(({ step, code }) => refusedOf({ id: step, label: email }, code)),
    seats: seatChanges(organization, [{ before: null, after: license }]),
  })
  return { plan, after: { role: role.role, permissions: role.permissions, roleName: role.name, status: 'pending', license }, workspaces, remaining }
}
