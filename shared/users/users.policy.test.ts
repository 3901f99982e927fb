import type { RecordAbility } from '../access/abilities'
import type { Permission } from '../access/permissions'
import { permissionsOf, type CustomRole } from '../access/roles'
import type { RefusalCode } from '../errors'
import { securityIssues, userAbilities, type Target } from './users.policy'

/** A helpdesk that minds members, and a deputy who minds everybody but grants little. */
const CUSTOM: CustomRole[] = [
  { id: 'helpdesk', name: 'Helpdesk', permissions: ['users.view', 'users.manage_members', 'activation.send', 'logs.view_users'] },
  { id: 'deputy', name: 'Deputy', permissions: ['users.view', 'users.manage_all', 'roles.assign', 'licenses.assign', 'workspaces.manage', 'logs.view_admins'] },
]
const permissions = (role: string): readonly Permission[] => permissionsOf(role, CUSTOM)

const TARGETS = ['self', 'member', 'user_admin', 'billing_admin', 'org_admin', 'last_admin', 'suspended', 'removed', 'pending'] as const

const ANSWERS: Record<string, true | RefusalCode> = {
  Y: true, D: 'access.denied', O: 'access.own_row', M: 'access.members_only', G: 'access.grant_beyond_own',
  L: 'user.last_admin', R: 'user.removed', S: 'user.suspended', N: 'user.not_suspended',
}

/** One column for each of TARGETS, in that order; suspended, removed and pending ones are members. */
const TABLE: Record<string, Record<Extract<RecordAbility, `user.${string}`>, string>> = {
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

const targetOf = (kind: (typeof TARGETS)[number], viewerRole: string, action: string): Target => {
  const status = kind === 'suspended' || kind === 'removed' || kind === 'pending' ? kind : 'active'
  const role = kind === 'self' ? viewerRole : kind === 'last_admin' ? 'org_admin' : status === 'active' ? kind : 'member'
  return { id: kind === 'self' ? 'viewer' : `other-${kind}`, role, permissions: permissions(role), status, license: action === 'user.assign_license' ? null : 'assigned' }
}

const CASES = Object.entries(TABLE).flatMap(([role, actions]) =>
  Object.entries(actions).flatMap(([action, cells]) => TARGETS.map((target, i) => ({ role, action, target, answer: ANSWERS[cells.split(' ')[i] ?? ''] }))))

test('the table has an answer for each role, action and target', () => {
  expect(CASES).toHaveLength(6 * 15 * 9)
  expect(CASES.filter((c) => c.answer === undefined)).toEqual([])
})

test.each(CASES)('$role, $action, $target: $answer', ({ role, action, target, answer }) => {
  const viewer = { userId: 'viewer', role, permissions: permissions(role), organizationId: 'acme' }
  const abilities = userAbilities(targetOf(target, role, action), viewer, { activeAdmins: target === 'last_admin' ? 1 : 2 })
  expect(abilities[action as RecordAbility]).toBe(answer)
})

describe('what a license allows depends on its state', () => {
  const viewer = { userId: 'viewer', role: 'org_admin', permissions: permissions('org_admin'), organizationId: 'acme' }
  test.each([
    ['active', null, { assign: true, change: 'license.absent', remove: 'license.absent', transfer: 'license.absent', send: 'license.absent' }],
    ['active', 'assigned', { assign: 'user.already_licensed', change: true, remove: true, transfer: true, send: true }],
    ['active', 'active', { assign: 'user.already_licensed', change: true, remove: true, transfer: true, send: 'license.already_active' }],
    ['pending', null, { assign: true, change: 'license.absent', remove: 'license.absent', transfer: 'license.absent', send: true }],
    ['suspended', 'active', { assign: 'user.already_licensed', change: true, remove: true, transfer: true, send: 'user.suspended' }],
    ['removed', null, { assign: 'user.removed', change: 'user.removed', remove: 'user.removed', transfer: 'user.removed', send: 'user.removed' }],
  ] as const)('a %s user with license %s', (status, license, expected) => {
    const abilities = userAbilities({ id: 'other', role: 'member', permissions: [], status, license }, viewer, { activeAdmins: 1 })
    expect({
      assign: abilities['user.assign_license'], change: abilities['user.change_license'], remove: abilities['user.remove_license'],
      transfer: abilities['user.transfer_license'], send: abilities['user.send_activation'],
    }).toEqual(expected)
  })
})

test.each([['suspended'], ['pending']] as const)('a %s organization administrator is not the last active one and can be removed', (status) => {
  const viewer = { userId: 'viewer', role: 'org_admin', permissions: permissions('org_admin'), organizationId: 'acme' }
  expect(userAbilities({ id: 'other', role: 'org_admin', permissions: permissions('org_admin'), status, license: null }, viewer, { activeAdmins: 1 })['user.remove']).toBe(true)
})

test.each([
  [true, { secondFactor: true, protectedReplies: false }, { secondFactor: false }, ['security.secondFactor']],
  [true, { secondFactor: true, protectedReplies: true }, { secondFactor: false, protectedReplies: false }, ['security.secondFactor', 'security.protectedReplies']],
  [true, { secondFactor: false, protectedReplies: false }, { secondFactor: true }, []],
  [true, { secondFactor: true, protectedReplies: false }, { secondFactor: true }, []],
  [false, { secondFactor: true, protectedReplies: true }, { secondFactor: false, protectedReplies: false }, []],
])('own settings (%s): from %j to %j loosens %j', (own, now, wanted, paths) => {
  expect(securityIssues(now, wanted, own).map((issue) => issue.path)).toEqual(paths)
})
