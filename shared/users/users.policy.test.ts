import { ANSWERS, permissions, TABLE, TARGETS } from '../../tests/doubles/samples/rules'
import type { RecordAbility } from '../access/abilities'
import { securityIssues, userAbilities, type Target } from './users.policy'

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
