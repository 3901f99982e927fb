import type { Viewer } from '../access/access.policy'
import { permissionsOf } from '../access/roles'
import type { Consequence } from '../change-plan'
import { planActivationSend, planLicenseAssign, planLicenseChange, planLicenseRemove, planLicenseSet, planLicenseTransfer } from '../licenses/licenses.plan'
import { planUserAdd, type UserAddSnapshot } from '../users/add.plan'
import type { FormerSnapshot, NewRole, OrganizationSnapshot, UserSnapshot } from '../users/snapshot.model'
import { planRemove, planRestore, planRoleChange, planSuspend } from '../users/users.plan'
import { bulkTotals, planBulk } from './bulk.plan'
import { planLeave } from './leave.plan'

const NOW = '2026-03-10T12:00:00.000Z'
const viewerOf = (role: string): Viewer => ({ userId: 'viewer', role, permissions: permissionsOf(role, []), organizationId: 'acme' })
const ADMIN = viewerOf('org_admin')
const organization: OrganizationSnapshot = { activeAdmins: 2, pools: [{ plan: 'eco', quantity: 5, assigned: 4 }, { plan: 'pro', quantity: 3, assigned: 3 }], sendActivationOnAssign: true }
const user = (over: Partial<UserSnapshot> = {}): UserSnapshot => ({
  id: 'maria', label: 'Maria López', role: 'member', permissions: permissionsOf(over.role ?? 'member', []), roleName: null, status: 'active',
  license: null, workspaces: 0, contacts: 0, liveMessages: 0, openLinks: 0, former: null, ...over,
})
const busy = user({ license: { plan: 'pro', state: 'active' }, workspaces: 3, contacts: 12, liveMessages: 2 })
const roleOf = (role: string): NewRole => ({ role, permissions: permissionsOf(role, []), name: null })
/** `code count/…` for reading. */
const told = (consequences: readonly Consequence[]): string[] => consequences.map(({ code, params }) => [code.replace('plan.', ''), ...Object.values(params)].join(' '))

describe('removing', () => {
  test('states what is freed, left, unassigned and still live, counted', () => {
    const { plan, after } = planRemove({ organization, user: busy }, ADMIN)
    expect(told(plan.consequences)).toEqual(['license_freed 1 pro', 'license_still_billed 1 pro', 'contacts_unassigned 12', 'workspaces_left 3', 'messages_live 2', 'restorable_until 30'])
    expect(plan.seats).toEqual([{ plan: 'pro', takes: -1, available: 0 }])
    expect(after).toMatchObject({ status: 'removed', license: null })
  })
  test('says nothing of what a person does not have', () => expect(told(planRemove({ organization, user: user() }, ADMIN).plan.consequences)).toEqual(['restorable_until 30']))
  test.each([
    ['the last organization administrator', user({ role: 'org_admin' }), 'org_admin', 1, 'user.last_admin'],
    ['oneself', user({ id: 'viewer', role: 'org_admin' }), 'org_admin', 2, 'access.own_row'],
    ['an administrator by a user administrator', user({ role: 'org_admin' }), 'user_admin', 2, 'access.members_only'],
    ['anybody by a member', user(), 'member', 2, 'access.denied'],
    ['a removed user', user({ status: 'removed' }), 'org_admin', 2, 'user.removed'],
  ])('is refused for %s', (_, target, role, activeAdmins, code) => {
    const { plan, after } = planRemove({ organization: { ...organization, activeAdmins }, user: target }, viewerOf(role))
    expect(after).toBeNull()
    expect(plan).toEqual({ kind: 'user.remove', count: 0, targets: [], consequences: [], refused: [{ id: target.id, label: 'Maria López', code }], refusedCount: 1, seats: [] })
  })
})

describe('suspending and restoring', () => {
  const former = (over: Partial<FormerSnapshot> = {}): FormerSnapshot =>
    ({ status: 'active', removedAt: '2026-03-01T12:00:00.000Z', license: null, workspaces: 0, workspacesGone: 0, contactsUnassigned: 0, domainAdmitted: true, addressTaken: false, ...over })
  test('suspending keeps the license and its seat', () => {
    const { plan, after } = planSuspend({ organization, user: busy }, ADMIN)
    expect([told(plan.consequences), plan.seats, after?.license]).toEqual([['access_suspended 1', 'license_kept 1 pro', 'messages_live 2'], [], busy.license])
  })
  test.each(['active', 'pending'] as const)('a suspended user comes back %s, as before', (status) => {
    expect(planRestore({ organization, user: user({ status: 'suspended', former: former({ status, removedAt: null }) }) }, ADMIN, NOW).after?.status).toBe(status)
  })
  test('a removed user comes back with a license while one is left', () => {
    const { plan, after, lost } = planRestore({ organization, user: user({ status: 'removed', former: former({ license: { plan: 'eco', state: 'active' }, workspaces: 2 }) }) }, ADMIN, NOW)
    expect([told(plan.consequences), plan.seats, lost]).toEqual([['access_restored 1', 'license_restored 1 eco', 'workspaces_restored 2'], [{ plan: 'eco', takes: 1, available: 1 }], []])
    expect(after).toMatchObject({ status: 'active', license: { plan: 'eco', state: 'active' } })
  })
  test('what can’t come back is said, and the person comes back without it', () => {
    const { plan, after, lost } = planRestore({ organization, user: user({ status: 'removed', former: former({ license: { plan: 'pro', state: 'active' }, workspacesGone: 1, contactsUnassigned: 3 }) }) }, ADMIN, NOW)
    expect(told(plan.consequences)).toEqual(['access_restored 1', 'license_lost 1 pro', 'workspaces_lost 1', 'contacts_not_returned 3'])
    expect([after?.license, lost]).toEqual([null, [{ what: 'license', code: 'license.none_left' }, { what: 'workspaces', code: 'not_found' }]])
  })
  test.each([
    ['the address has a new owner', { addressTaken: true }, 'user.exists'],
    ['the domain is no longer admitted', { domainAdmitted: false }, 'domain.not_approved'],
    ['30 days are over', { removedAt: '2026-02-08T11:59:59.000Z' }, 'not_found'],
  ])('a removed user stays removed when %s', (_, over, code) => {
    const { plan, after } = planRestore({ organization, user: user({ status: 'removed', former: former(over) }) }, ADMIN, NOW)
    expect([after, plan.refused[0]?.code]).toEqual([null, code])
  })
  test('nobody is restored who is there', () => expect(planRestore({ organization, user: user() }, ADMIN, NOW).plan.refused[0]?.code).toBe('user.not_suspended'))
})

describe('changing a role', () => {
  test('tells both roles', () => {
    const { plan, after } = planRoleChange({ organization, user: user(), to: roleOf('user_admin') }, ADMIN)
    expect([told(plan.consequences), after?.role]).toEqual([['role_changed member user_admin'], 'user_admin'])
  })
  test.each([
    ['demoting the last administrator', user({ role: 'org_admin' }), 'member', 'org_admin', 'user.last_admin'],
    ['demoting oneself', user({ id: 'viewer', role: 'org_admin' }), 'member', 'org_admin', 'access.own_row'],
    ['a user administrator', user(), 'user_admin', 'user_admin', 'access.denied'],
  ])('is refused for %s', (_, target, to, role, code) => {
    const { plan } = planRoleChange({ organization: { ...organization, activeAdmins: 1 }, user: target, to: roleOf(to) }, viewerOf(role))
    expect(plan.refused[0]?.code).toBe(code)
  })
})

describe('adding', () => {
  const add = (over: Partial<UserAddSnapshot> = {}): UserAddSnapshot => ({ organization, email: 'luc@acme.example', role: roleOf('member'), plan: null, workspaces: 0, existing: null, domainAdmitted: true, ...over })
  test('invites, assigns and joins', () => {
    const { plan, after, remaining } = planUserAdd(add({ plan: 'eco', workspaces: 2 }), ADMIN)
    expect([told(plan.consequences), plan.seats, remaining]).toEqual([
      ['user_invited luc@acme.example', 'role_granted member', 'license_assigned 1 eco', 'workspaces_joined 2'], [{ plan: 'eco', takes: 1, available: 1 }], []])
    expect(after).toMatchObject({ status: 'pending', role: 'member', license: { plan: 'eco', state: 'assigned' } })
  })
  test('a step that fails leaves the invitation standing and says what remains', () => {
    const { plan, after, remaining } = planUserAdd(add({ plan: 'pro' }), ADMIN)
    expect([plan.count, after?.license, remaining]).toEqual([1, null, [{ step: 'license', code: 'license.none_left' }]])
  })
  test.each<[string, Partial<UserAddSnapshot>, string, string]>([
    ['somebody has the address', { existing: 'user' }, 'org_admin', 'user.exists'],
    ['somebody removed has the address', { existing: 'removed' }, 'org_admin', 'user.restorable'],
    ['the domain is not approved', { domainAdmitted: false }, 'org_admin', 'domain.not_approved'],
    ['a user administrator adds an administrator', { role: roleOf('org_admin') }, 'user_admin', 'access.grant_beyond_own'],
    ['a user administrator adds another one', { role: roleOf('user_admin') }, 'user_admin', 'access.denied'],
    ['a billing administrator adds', {}, 'billing_admin', 'access.denied'],
    ['a member adds', {}, 'member', 'access.denied'],
  ])('is refused when %s', (_, over, role, code) => {
    const { plan, after } = planUserAdd(add(over), viewerOf(role))
    expect([plan.count, after, plan.refused[0]?.code]).toEqual([0, null, code])
  })
})

describe('licenses', () => {
  test('assigning takes a seat and sends a link that replaces the earlier one', () => {
    const { plan } = planLicenseAssign({ organization, user: user({ openLinks: 1 }), plan: 'eco' }, ADMIN)
    expect([told(plan.consequences), plan.seats]).toEqual([['license_assigned 1 eco', 'activation_sent 1', 'link_replaced 1'], [{ plan: 'eco', takes: 1, available: 1 }]])
  })
  test('changing keeps the state and moves the seat', () => {
    const { plan, after } = planLicenseSet({ organization, user: busy, plan: 'eco' }, ADMIN)
    expect([plan.kind, told(plan.consequences), after?.license]).toEqual(['license.change', ['license_changed 1 pro eco'], { plan: 'eco', state: 'active' }])
    expect(plan.seats).toEqual([{ plan: 'eco', takes: 1, available: 1 }, { plan: 'pro', takes: -1, available: 0 }])
  })
  test('removing frees the seat, which is still billed', () => {
    expect(told(planLicenseRemove({ organization, user: busy }, ADMIN).plan.consequences)).toEqual(['license_freed 1 pro', 'license_still_billed 1 pro'])
  })
  test('transferring moves the license even when none is left, and it is activated anew', () => {
    const { plan, from, to } = planLicenseTransfer({ organization, from: busy, to: user({ id: 'luc', label: 'Luc' }) }, ADMIN)
    expect([told(plan.consequences), plan.seats, from?.license, to?.license]).toEqual([['license_transferred pro Luc', 'activation_sent 1'], [], null, { plan: 'pro', state: 'assigned' }])
  })
  test.each([
    ['assigning from an empty pool', planLicenseSet({ organization, user: user(), plan: 'pro' }, ADMIN), 'license.none_left'],
    ['assigning an unknown plan', planLicenseSet({ organization, user: user(), plan: 'gold' }, ADMIN), 'license.none_left'],
    ['assigning a second license', planLicenseAssign({ organization, user: busy, plan: 'eco' }, ADMIN), 'user.already_licensed'],
    ['changing to the same plan', planLicenseChange({ organization, user: busy, plan: 'pro' }, ADMIN), 'license.same_plan'],
    ['changing what is not there', planLicenseChange({ organization, user: user(), plan: 'eco' }, ADMIN), 'license.absent'],
    ['removing what is not there', planLicenseRemove({ organization, user: user() }, ADMIN), 'license.absent'],
    ['transferring to somebody licensed', planLicenseTransfer({ organization, from: busy, to: { ...busy, id: 'luc' } }, ADMIN), 'user.already_licensed'],
    ['transferring to oneself', planLicenseTransfer({ organization, from: busy, to: busy }, ADMIN), 'user.already_licensed'],
    ['transferring nothing', planLicenseTransfer({ organization, from: user(), to: user({ id: 'luc' }) }, ADMIN), 'license.absent'],
    ['linking an active license', planActivationSend({ organization, user: busy }, ADMIN), 'license.already_active'],
    ['an administrator’s license by a user administrator', planLicenseSet({ organization, user: user({ role: 'org_admin' }), plan: 'eco' }, viewerOf('user_admin')), 'access.members_only'],
  ])('%s is refused', (_, { plan }, code) => expect([plan.count, plan.refused[0]?.code]).toEqual([0, code]))
})

describe('many at once', () => {
  const people = (n: number, over: Partial<UserSnapshot> = {}) => Array.from({ length: n }, (_, i) => user({ id: `user-${i}`, label: `User ${i}`, ...over }))
  test('seats are counted in order: the first get one, the others hear why not', () => {
    const decision = planBulk({ organization: { ...organization, pools: [{ plan: 'eco', quantity: 5, assigned: 3 }] }, users: people(4) }, { action: 'assign_license', plan: 'eco' }, ADMIN, NOW)
    expect(decision.outcomes.map(({ code }) => code)).toEqual([null, null, 'license.none_left', 'license.none_left'])
    expect([decision.plan.seats, bulkTotals(decision)]).toEqual([[{ plan: 'eco', takes: 2, available: 2 }], { done: 2, refused: 2 }])
  })
  test('the last administrator is kept over the whole batch', () => {
    const { outcomes } = planBulk({ organization, users: people(3, { role: 'org_admin', permissions: permissionsOf('org_admin', []) }) }, { action: 'remove' }, ADMIN, NOW)
    expect(outcomes.map(({ code }) => code)).toEqual([null, 'user.last_admin', 'user.last_admin'])
  })
  test.each(['assign_license', 'remove_license', 'send_activation', 'change_role', 'suspend', 'restore', 'remove'] as const)('%s skips the own row and says so', (action) => {
    const { plan, outcomes } = planBulk({ organization, users: [user({ id: 'viewer', role: 'org_admin' })] }, { action, plan: 'eco', role: roleOf('member') }, ADMIN, NOW)
    expect([plan.count, plan.refused[0]?.code, outcomes[0]?.after]).toEqual([0, 'access.own_row', null])
  })
  test('a user who is named twice is changed once', () => expect(planBulk({ organization, users: [busy, busy] }, { action: 'suspend' }, ADMIN, NOW).outcomes).toHaveLength(1))
  test('consequences are added up', () => {
    const { plan } = planBulk({ organization, users: [busy, { ...busy, id: 'luc' }, user({ id: 'ana', license: { plan: 'eco', state: 'active' } })] }, { action: 'remove' }, ADMIN, NOW)
    expect(told(plan.consequences)).toEqual([
      'license_freed 2 pro', 'license_still_billed 2 pro', 'contacts_unassigned 24', 'workspaces_left 6', 'messages_live 4', 'restorable_until 30', 'license_freed 1 eco', 'license_still_billed 1 eco'])
  })
  test('role changes are told by the role that they lead to', () => {
    const { plan } = planBulk({ organization, users: [user(), user({ id: 'luc', role: 'billing_admin' }), user({ id: 'ana', role: 'user_admin' })] }, { action: 'change_role', role: roleOf('user_admin') }, ADMIN, NOW)
    expect([plan.count, told(plan.consequences)]).toEqual([3, ['role_changes 2 user_admin']])
  })
  test('a long list is counted in full and shown in part', () => {
    const { plan } = planBulk({ organization, users: [...people(150), ...people(130, { status: 'removed' }).map((u) => ({ ...u, id: `gone-${u.id}` }))] }, { action: 'suspend' }, ADMIN, NOW)
    expect([plan.count, plan.targets.length, plan.refusedCount, plan.refused.length]).toEqual([150, 100, 130, 100])
  })
  test('an action without its object is refused for everybody', () => {
    expect(planBulk({ organization, users: [user()] }, { action: 'assign_license' }, ADMIN, NOW).outcomes[0]?.code).toBe('plan.unknown')
    expect(planBulk({ organization, users: [user()] }, { action: 'change_role' }, ADMIN, NOW).outcomes[0]?.code).toBe('role.unknown')
  })
})

describe('a leaver', () => {
  const heir = user({ id: 'luc', label: 'Luc' })
  test('hands on the license and the contacts, leaves a log and is removed', () => {
    const { plan, after, heir: inherits } = planLeave({ organization, user: busy, licenseTo: heir, contactsTo: heir, exportLog: true }, ADMIN)
    expect(told(plan.consequences)).toEqual(['license_transferred pro Luc', 'activation_sent 1', 'contacts_reassigned 12 Luc', 'log_exported', 'workspaces_left 3', 'messages_live 2', 'restorable_until 30'])
    expect([plan.seats, after?.status, after?.license, inherits?.license]).toEqual([[], 'removed', null, { plan: 'pro', state: 'assigned' }])
  })
  test('without heirs it is a removal', () => {
    const { plan } = planLeave({ organization, user: busy, licenseTo: null, contactsTo: null, exportLog: false }, ADMIN)
    expect([told(plan.consequences).slice(0, 3), plan.seats]).toEqual([['license_freed 1 pro', 'license_still_billed 1 pro', 'contacts_unassigned 12'], [{ plan: 'pro', takes: -1, available: 0 }]])
  })
  test('is done whole or not at all, and every refusal is told', () => {
    const { plan, after, heir: inherits } = planLeave({ organization: { ...organization, activeAdmins: 1 }, user: { ...busy, role: 'org_admin' }, licenseTo: { ...heir, status: 'removed' }, contactsTo: { ...heir, status: 'removed' }, exportLog: true }, ADMIN)
    expect([plan.count, after, inherits, plan.refused.map(({ code }) => code)]).toEqual([0, null, null, ['user.last_admin', 'user.removed', 'user.removed']])
  })
  test('a user administrator can’t export the log', () => {
    expect(planLeave({ organization, user: busy, licenseTo: null, contactsTo: null, exportLog: true }, viewerOf('user_admin')).plan.refused.map(({ code }) => code)).toEqual(['access.denied'])
  })
})
