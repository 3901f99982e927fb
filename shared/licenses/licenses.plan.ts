import type { Viewer } from '../access/access.policy'
import { licenseAbilities } from '../access/licenses.policy'
import type { Consequence, Plan } from '../change-plan'
import { consequence, counted } from '../changes/consequences'
import { decide, firstNo, refuse, refusedOf, toPlan, type Decision } from '../changes/decision'
import { availableOf, licensedOf, type OrganizationSnapshot, type UserAfter, type UserChange, type UserSnapshot } from '../users/snapshot.model'

const may = (user: UserSnapshot, viewer: Viewer) => licenseAbilities(licensedOf(user), viewer)
const hasStock = (organization: OrganizationSnapshot, plan: string) => availableOf(organization, plan) > 0 || 'license.none_left'

/** A link goes out with a new assignment if the organization wants that and the person can use it. */
const linkConsequences = ({ organization, user }: UserChange): Consequence[] =>
  organization.sendActivationOnAssign && user.status !== 'suspended'
    ? [consequence('plan.activation_sent', { count: 1 }), ...counted('plan.link_replaced', { count: user.openLinks > 0 ? 1 : 0 })]
    : []

/** Assign a license to a user who has none. */
export const planLicenseAssign = (change: UserChange & { plan: string }, viewer: Viewer): Decision => {
  const { organization, user, plan } = change
  const allowed = firstNo(may(user, viewer)['user.assign_license'], hasStock(organization, plan))
  if (allowed !== true) return refuse('license.assign', user, allowed)
  return decide('license.assign', change, { license: { plan, state: 'assigned' } }, [consequence('plan.license_assigned', { count: 1, plan }), ...linkConsequences(change)])
}

/** Change the plan of a license; its state and everything else are kept. */
export const planLicenseChange = (change: UserChange & { plan: string }, viewer: Viewer): Decision => {
  const { organization, user, plan } = change
  const isSame = user.license?.plan === plan ? 'license.same_plan' : true
  const allowed = firstNo(may(user, viewer)['user.change_license'], isSame, hasStock(organization, plan))
  if (allowed !== true || user.license === null) return refuse('license.change', user, allowed === true ? 'license.absent' : allowed)
  return decide('license.change', change, { license: { ...user.license, plan } }, [consequence('plan.license_changed', { count: 1, from: user.license.plan, to: plan })])
}

/** Assign, or change where there is a license already: what one request for a plan means. */
export const planLicenseSet = (change: UserChange & { plan: string }, viewer: Viewer): Decision =>
  change.user.license === null ? planLicenseAssign(change, viewer) : planLicenseChange(change, viewer)

/** Remove a license: the seat is free again, and still billed. */
export const planLicenseRemove = (change: UserChange, viewer: Viewer): Decision => {
  const { user } = change
  const allowed = may(user, viewer)['user.remove_license']
  if (allowed !== true || user.license === null) return refuse('license.remove', user, allowed === true ? 'license.absent' : allowed)
  const { plan } = user.license
  return decide('license.remove', change, { license: null }, [consequence('plan.license_freed', { count: 1, plan }), consequence('plan.license_still_billed', { count: 1, plan })])
}

/** A license that moves, decided: both users as they will be, or neither. */
export type TransferDecision = { plan: Plan; from: UserAfter | null; to: UserAfter | null }

const withLicense = ({ role, permissions, roleName, status }: UserSnapshot, license: UserAfter['license']): UserAfter => ({ role, permissions, roleName, status, license })

/** Transfer a license to a user without one, who activates it anew; no seat is taken or freed. */
export const planLicenseTransfer = ({ organization, from, to }: { organization: OrganizationSnapshot; from: UserSnapshot; to: UserSnapshot }, viewer: Viewer): TransferDecision => {
  const gives = may(from, viewer)['user.transfer_license']
  const takes = may(to, viewer)['user.assign_license']
  const refused = [...(gives === true ? [] : [refusedOf(from, gives)]), ...(takes === true ? [] : [refusedOf(to, takes)])]
  if (refused.length > 0 || from.license === null) return { plan: toPlan('license.transfer', { refused }), from: null, to: null }
  const { plan } = from.license
  return {
    plan: toPlan('license.transfer', {
      targets: [from, to],
      consequences: [consequence('plan.license_transferred', { plan, name: to.label }), ...linkConsequences({ organization, user: to })],
    }),
    from: withLicense(from, null),
    to: withLicense(to, { plan, state: 'assigned' }),
  }
}

/** Send or resend the activation link: a new one works, earlier ones stop. */
export const planActivationSend = (change: UserChange, viewer: Viewer): Decision => {
  const { user } = change
  const allowed = may(user, viewer)['user.send_activation']
  if (allowed !== true) return refuse('activation.send', user, allowed)
  return decide('activation.send', change, {}, [consequence('plan.activation_sent', { count: 1 }), ...counted('plan.link_replaced', { count: user.openLinks > 0 ? 1 : 0 })])
}
