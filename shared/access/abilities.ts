import * as v from 'valibot'
import { REFUSALS, type RefusalCode } from '../errors'

/** What can be done to one record; it travels with the record. */
export const RECORD_ABILITIES = [
  'user.view', 'user.edit', 'user.edit_security', 'user.change_role', 'user.suspend', 'user.restore', 'user.remove', 'user.leave',
  'user.assign_workspaces', 'user.assign_license', 'user.change_license', 'user.remove_license', 'user.transfer_license',
  'user.send_activation', 'user.view_log',
  'pool.renew', 'domain.check', 'domain.remove', 'message.view', 'message.revoke', 'log.purge',
  'workspace.edit', 'workspace.remove', 'contact.edit', 'contact.remove', 'role.edit', 'role.remove',
] as const
export type RecordAbility = (typeof RECORD_ABILITIES)[number]

/** What can be done in the organization at all; it travels with `/v1/me`. */
export const VIEWER_ABILITIES = [
  'users.view', 'users.add', 'users.import', 'licenses.view', 'orders.view', 'orders.add', 'billing.view', 'billing.manage',
  'domains.view', 'domains.add', 'logs.view_users', 'logs.view_admins', 'logs.export', 'messages.revoke_any',
  'workspaces.view', 'workspaces.add', 'contacts.add', 'roles.view', 'roles.manage', 'roles.assign', 'licenses.assign', 'activation.send',
  'organization.view', 'organization.manage', 'organization.delete', 'settings.manage', 'identity_links.manage',
] as const
export type ViewerAbility = (typeof VIEWER_ABILITIES)[number]

export type Ability = true | RefusalCode
export type Abilities = Partial<Record<RecordAbility, Ability>>
export type ViewerAbilities = Record<ViewerAbility, Ability>

/** One ability: allowed, or why not. */
export const abilitySchema = v.union([v.literal(true), v.picklist(REFUSALS)])
export const abilitiesSchema = v.pipe(
  v.record(v.string(), abilitySchema),
  v.transform((value) => value as Abilities),
)
export const viewerAbilitiesSchema = v.pipe(
  v.record(v.string(), abilitySchema),
  v.transform((value) => value as ViewerAbilities),
)
