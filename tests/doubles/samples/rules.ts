import type { RecordAbility } from '../../../shared/access/abilities'
import type { Permission } from '../../../shared/access/permissions'
import { permissionsOf, type CustomRole } from '../../../shared/access/roles'
import type { RefusalCode } from '../../../shared/errors'

/** Who may do what to whom, as the product says it: the policy's test and the server's read the same table. */

/** A helpdesk that minds members, and a deputy who minds everybody but grants little. */
export const CUSTOM: CustomRole[] = [
  { id: 'helpdesk', name: 'Helpdesk', permissions: ['users.view', 'users.manage_members', 'activation.send', 'logs.view_users'] },
  { id: 'deputy', name: 'Deputy', permissions: ['users.view', 'users.manage_all', 'roles.assign', 'licenses.assign', 'workspaces.manage', 'logs.view_admins'] },
]
/** What a role grants, custom ones by id. */
export const permissions = (role: string): readonly Permission[] => permissionsOf(role, CUSTOM)

/** Whom it is done to. */
export const TARGETS = ['self', 'member', 'user_admin', 'billing_admin', 'org_admin', 'last_admin', 'suspended', 'removed', 'pending'] as const

/** What each letter of the table stands for. */
export const ANSWERS: Record<string, true | RefusalCode> = {
  Y: true, D: 'access.denied', O: 'access.own_row', M: 'access.members_only', G: 'access.grant_beyond_own',
  L: 'user.last_admin', R: 'user.removed', S: 'user.suspended', N: 'user.not_suspended',
}

/** One column for each of TARGETS, in that order; suspended, removed and pending ones are members. */
export const TABLE: Record<string, Record<Extract<RecordAbility, `user.${string}`>, string>> = {
  org_admin: {
    'user.view': /*             */ 'Y Y Y Y Y Y Y Y Y',
    'user.edit': /*             */ 'Y Y Y Y Y Y Y R Y',
    'user.edit_security': /*    */ 'Y Y Y Y Y Y Y R Y',
    'user.change_role': /*      */ 'O Y Y Y Y L Y R Y',
    'user.suspend': /*          */ 'O Y Y Y Y L S R Y',
    'user.restore': /*          */ 'O N N N N N Y Y N',
    'user.remove': /*           */ 'O Y Y Y Y L Y R Y',
    'user.leave': /*            */ 'O Y Y Y Y L Y R Y',
    'user.assign_workspaces': /**/ 'Y Y Y Y Y Y Y R Y',
    'user.assign_license': /*   */ 'Y Y Y Y Y Y Y R Y',
    'user.change_license': /*   */ 'Y Y Y Y Y Y Y R Y',
    'user.remove_license': /*   */ 'Y Y Y Y Y Y Y R Y',
    'user.transfer_license': /* */ 'Y Y Y Y Y Y Y R Y',
    'user.send_activation': /*  */ 'Y Y Y Y Y Y S R Y',
    'user.view_log': /*         */ 'Y Y Y Y Y Y Y Y Y',
  },
  billing_admin: {
    'user.view': /*             */ 'Y Y Y Y Y Y Y Y Y',
    'user.edit': /*             */ 'Y D D D D D D D D',
    'user.edit_security': /*    */ 'Y D D D D D D D D',
    'user.change_role': /*      */ 'D D D D D D D D D',
    'user.suspend': /*          */ 'D D D D D D D D D',
    'user.restore': /*          */ 'D D D D D D D D D',
    'user.remove': /*           */ 'D D D D D D D D D',
    'user.leave': /*            */ 'D D D D D D D D D',
    'user.assign_workspaces': /**/ 'D D D D D D D D D',
    'user.assign_license': /*   */ 'D D D D D D D D D',
    'user.change_license': /*   */ 'D D D D D D D D D',
    'user.remove_license': /*   */ 'D D D D D D D D D',
    'user.transfer_license': /* */ 'D D D D D D D D D',
    'user.send_activation': /*  */ 'D D D D D D D D D',
    'user.view_log': /*         */ 'Y D D D D D D D D',
  },
  user_admin: {
    'user.view': /*             */ 'Y Y Y Y Y Y Y Y Y',
    'user.edit': /*             */ 'Y Y M M M M Y R Y',
    'user.edit_security': /*    */ 'Y Y M M M M Y R Y',
    'user.change_role': /*      */ 'D D D D D D D D D',
    'user.suspend': /*          */ 'O Y M M M M S R Y',
    'user.restore': /*          */ 'O N M M M M Y Y N',
    'user.remove': /*           */ 'O Y M M M M Y R Y',
    'user.leave': /*            */ 'O Y M M M M Y R Y',
    'user.assign_workspaces': /**/ 'Y Y Y Y Y Y Y R Y',
    'user.assign_license': /*   */ 'M Y M M M M Y R Y',
    'user.change_license': /*   */ 'M Y M M M M Y R Y',
    'user.remove_license': /*   */ 'M Y M M M M Y R Y',
    'user.transfer_license': /* */ 'M Y M M M M Y R Y',
    'user.send_activation': /*  */ 'M Y M M M M S R Y',
    'user.view_log': /*         */ 'Y D D D D D D D D',
  },
  member: {
    'user.view': /*             */ 'Y D D D D D D D D',
    'user.edit': /*             */ 'Y D D D D D D D D',
    'user.edit_security': /*    */ 'Y D D D D D D D D',
    'user.change_role': /*      */ 'D D D D D D D D D',
    'user.suspend': /*          */ 'D D D D D D D D D',
    'user.restore': /*          */ 'D D D D D D D D D',
    'user.remove': /*           */ 'D D D D D D D D D',
    'user.leave': /*            */ 'D D D D D D D D D',
    'user.assign_workspaces': /**/ 'D D D D D D D D D',
    'user.assign_license': /*   */ 'D D D D D D D D D',
    'user.change_license': /*   */ 'D D D D D D D D D',
    'user.remove_license': /*   */ 'D D D D D D D D D',
    'user.transfer_license': /* */ 'D D D D D D D D D',
    'user.send_activation': /*  */ 'D D D D D D D D D',
    'user.view_log': /*         */ 'Y D D D D D D D D',
  },
  helpdesk: {
    'user.view': /*             */ 'Y Y Y Y Y Y Y Y Y',
    'user.edit': /*             */ 'Y Y M M M M Y R Y',
    'user.edit_security': /*    */ 'Y Y M M M M Y R Y',
    'user.change_role': /*      */ 'D D D D D D D D D',
    'user.suspend': /*          */ 'O Y M M M M S R Y',
    'user.restore': /*          */ 'O N M M M M Y Y N',
    'user.remove': /*           */ 'O Y M M M M Y R Y',
    'user.leave': /*            */ 'O Y M M M M Y R Y',
    'user.assign_workspaces': /**/ 'D D D D D D D D D',
    'user.assign_license': /*   */ 'D D D D D D D D D',
    'user.change_license': /*   */ 'D D D D D D D D D',
    'user.remove_license': /*   */ 'D D D D D D D D D',
    'user.transfer_license': /* */ 'D D D D D D D D D',
    'user.send_activation': /*  */ 'M Y M M M M S R Y',
    'user.view_log': /*         */ 'Y Y D D D D Y Y Y',
  },
  deputy: {
    'user.view': /*             */ 'Y Y Y Y Y Y Y Y Y',
    'user.edit': /*             */ 'Y Y Y Y Y Y Y R Y',
    'user.edit_security': /*    */ 'Y Y Y Y Y Y Y R Y',
    'user.change_role': /*      */ 'O Y G G G G Y R Y',
    'user.suspend': /*          */ 'O Y Y Y Y L S R Y',
    'user.restore': /*          */ 'O N N N N N Y Y N',
    'user.remove': /*           */ 'O Y Y Y Y L Y R Y',
    'user.leave': /*            */ 'O Y Y Y Y L Y R Y',
    'user.assign_workspaces': /**/ 'Y Y Y Y Y Y Y R Y',
    'user.assign_license': /*   */ 'Y Y Y Y Y Y Y R Y',
    'user.change_license': /*   */ 'Y Y Y Y Y Y Y R Y',
    'user.remove_license': /*   */ 'Y Y Y Y Y Y Y R Y',
    'user.transfer_license': /* */ 'Y Y Y Y Y Y Y R Y',
    'user.send_activation': /*  */ 'D D D D D D D D D',
    'user.view_log': /*         */ 'Y D Y Y Y Y D D D',
  },
}
