import type { UserStatus } from '../users/users.model'
import type { Ability, RecordAbility } from './abilities'
import { mayManageWith, type Person, type Viewer } from './access.policy'

/** A person who holds a license, or none: `assigned` until activated, then `active`. */
export type Licensed = Person & { status: UserStatus; license: 'assigned' | 'active' | null }

type LicenseAbility = Extract<RecordAbility, `user.${string}_license` | 'user.send_activation'>

const whoMayAssign = (person: Licensed, viewer: Viewer): Ability => mayManageWith(viewer, person, 'licenses.assign')

const toNewLicense = (person: Licensed): Ability => {
  if (person.status === 'removed') return 'user.removed'
  return person.license === null ? true : 'user.already_licensed'
}
const toHeldLicense = (person: Licensed): Ability => {
  if (person.status === 'removed') return 'user.removed'
  return person.license === null ? 'license.absent' : true
}
const toActivation = (person: Licensed): Ability => {
  if (person.status === 'removed') return 'user.removed'
  if (person.status === 'suspended') return 'user.suspended'
  if (person.status === 'pending' || person.license === 'assigned') return true
  return person.license === 'active' ? 'license.already_active' : 'license.absent'
}

/** The first refusal wins: who may comes before whether it makes sense now. */
const both = (who: Ability, state: Ability): Ability => (who === true ? state : who)

/** What the viewer may do about this person's license. Stock is not looked at: that is the plan's matter. */
export const licenseAbilities = (person: Licensed, viewer: Viewer): Record<LicenseAbility, Ability> => ({
  'user.assign_license': both(whoMayAssign(person, viewer), toNewLicense(person)),
  'user.change_license': both(whoMayAssign(person, viewer), toHeldLicense(person)),
  'user.remove_license': both(whoMayAssign(person, viewer), toHeldLicense(person)),
  'user.transfer_license': both(whoMayAssign(person, viewer), toHeldLicense(person)),
  'user.send_activation': both(mayManageWith(viewer, person, 'activation.send'), toActivation(person)),
})
