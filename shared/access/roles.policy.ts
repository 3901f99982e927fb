import type { Ability, Abilities } from './abilities'
import { canDefineRole, type Viewer } from './access.policy'
import type { Permission } from './permissions'

/** A role as policies see it; `users` counts those who have it and are not removed. */
export type RoleFacts = { builtIn: boolean; permissions: readonly Permission[]; users: number }

const mayChange = (role: RoleFacts, viewer: Viewer): Ability => {
  const allowed = canDefineRole(viewer, role.permissions)
  if (allowed !== true) return allowed
  return role.builtIn ? 'role.built_in' : true
}

/** What the viewer may do to a role: who could not define it can neither edit nor remove it. */
export const roleAbilities = (role: RoleFacts, viewer: Viewer): Pick<Abilities, 'role.edit' | 'role.remove'> => {
  const changeable = mayChange(role, viewer)
  return { 'role.edit': changeable, 'role.remove': changeable === true && role.users > 0 ? 'role.in_use' : changeable }
}
