import type { Ability } from '../access/abilities'
import { canGrantRole, holds, managesSome, mayManageWith, type Grantable, type Viewer } from '../access/access.policy'

/** What a viewer may do about somebody new who is given a role: let them in, license them, put them into workspaces. */
export type MayAdd = Record<'invite' | 'license' | 'workspaces', Ability>

/** The one answer to who may add whom, for one person, for several and for a file of them. */
export const mayAdd = (viewer: Viewer, role: Grantable): MayAdd => ({
  invite: managesSome(viewer) ? canGrantRole(viewer, role) : 'access.denied',
  license: mayManageWith(viewer, { id: '', ...role }, 'licenses.assign'),
  workspaces: holds(viewer, 'workspaces.manage') || 'access.denied',
})

/** I4: who has an address already. `removed` is somebody who can be restored, which is offered instead of adding anew. */
export type AddressHolder = 'user' | 'invited' | 'removed'

/** Whether an address that somebody has, or nobody, can be given to somebody new. */
export const addressFree = (holder: AddressHolder | null): Ability => {
  if (holder === null) return true
  return holder === 'removed' ? 'user.restorable' : 'user.exists'
}
