import { holds, type Viewer } from '../access/access.policy'
import type { Consequence, Plan, Refused } from '../change-plan'
import { planLicenseTransfer } from '../licenses/licenses.plan'
import { licensedOf, type OrganizationSnapshot, type UserAfter, type UserSnapshot } from '../users/snapshot.model'
import { freedConsequences, goingConsequences } from '../users/users.plan'
import { userAbilities } from '../users/users.policy'
import { consequence, counted } from './consequences'
import { refusedOf, seatChanges, toPlan } from './decision'

/** A leaver, and who takes over; null where nobody does. */
export type LeaveSnapshot = { organization: OrganizationSnapshot; user: UserSnapshot; licenseTo: UserSnapshot | null; contactsTo: UserSnapshot | null; exportLog: boolean }
/** A departure, decided: the leaver and the heir of the license as they will be. `after` is null where any step is refused. */
export type LeaveDecision = { plan: Plan; after: UserAfter | null; heir: UserAfter | null }

const contactsRefused = ({ user, contactsTo }: LeaveSnapshot, viewer: Viewer): Refused[] => {
  if (contactsTo === null) return []
  if (!holds(viewer, 'workspaces.manage')) return [refusedOf(contactsTo, 'access.denied')]
  return contactsTo.status === 'removed' || contactsTo.id === user.id ? [refusedOf(contactsTo, 'user.removed')] : []
}

const contactsConsequences = ({ user, contactsTo }: LeaveSnapshot): Consequence[] =>
  contactsTo === null ? counted('plan.contacts_unassigned', { count: user.contacts }) : counted('plan.contacts_reassigned', { count: user.contacts, name: contactsTo.label })

/**
 * Leaver, one flow: hand the license on, reassign the contacts, export the log, remove. It is done
 * whole or not at all, so one refused step refuses it and every refusal is told.
 */
export const planLeave = (snapshot: LeaveSnapshot, viewer: Viewer): LeaveDecision => {
  const { organization, user, licenseTo, exportLog } = snapshot
  const abilities = userAbilities(licensedOf(user), viewer, organization)
  const leave = abilities['user.leave']
  const readsLog = abilities['user.view_log'] === true && holds(viewer, 'logs.export')
  const transfer = licenseTo === null ? null : planLicenseTransfer({ organization, from: user, to: licenseTo }, viewer)
  const refused: Refused[] = [
    ...(leave === true ? [] : [refusedOf(user, leave)]),
    ...(transfer?.plan.refused ?? []),
    ...contactsRefused(snapshot, viewer),
    ...(exportLog && !readsLog ? [refusedOf(user, 'access.denied')] : []),
  ]
  if (refused.length > 0) return { plan: toPlan('user.leave', { refused }), after: null, heir: null }
  const consequences = [
    ...(transfer === null ? freedConsequences(user.license) : transfer.plan.consequences),
    ...contactsConsequences(snapshot),
    ...(exportLog ? [consequence('plan.log_exported', {})] : []),
    ...goingConsequences({ organization, user }),
  ]
  const { role, permissions, roleName } = user
  const seats = transfer === null ? seatChanges(organization, [{ before: user.license, after: null }]) : []
  return { plan: toPlan('user.leave', { targets: [user], consequences, seats }), after: { role, permissions, roleName, status: 'removed', license: null }, heir: transfer?.to ?? null }
}
