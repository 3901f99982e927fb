import { VIEWER_ABILITIES, type ViewerAbility } from './abilities'
import { canDefineRole, canGrantRole, viewerAbilities } from './access.policy'
import type { Permission } from './permissions'
import { BUILT_IN_ROLES, permissionsOf, type CustomRole } from './roles'

const CUSTOM: CustomRole[] = [
  { id: 'auditor', name: 'Auditor', permissions: ['users.view', 'logs.view_users', 'logs.view_admins', 'logs.export'] },
  { id: 'recruiter', name: 'Recruiter', permissions: ['users.view', 'users.manage_members', 'roles.assign', 'roles.manage', 'licenses.assign'] },
  { id: 'seller', name: 'Seller', permissions: ['licenses.assign', 'activation.send'] },
]
const viewerOf = (role: string) => ({ userId: 'viewer', role, permissions: permissionsOf(role, CUSTOM), organizationId: 'acme' })

const ALLOWED: Record<string, readonly ViewerAbility[]> = {
  org_admin: VIEWER_ABILITIES,
  billing_admin: ['users.view', 'licenses.view', 'orders.view', 'orders.add', 'billing.view', 'billing.manage', 'domains.view', 'workspaces.view', 'roles.view', 'organization.view'],
  user_admin: ['users.view', 'users.add', 'users.import', 'licenses.view', 'licenses.assign', 'activation.send', 'domains.view', 'workspaces.view', 'workspaces.add', 'contacts.add', 'roles.view', 'organization.view'],
  member: [],
  auditor: ['users.view', 'roles.view', 'logs.view_users', 'logs.view_admins', 'logs.export'],
  recruiter: ['users.view', 'users.add', 'users.import', 'roles.view', 'roles.manage', 'roles.assign', 'licenses.assign'],
  seller: [],
}

test.each(Object.entries(ALLOWED).flatMap(([role, allowed]) => VIEWER_ABILITIES.map((ability) => ({ role, ability, answer: allowed.includes(ability) || 'access.denied' }))))(
  '$role, $ability: $answer', ({ role, ability, answer }) => expect(viewerAbilities(viewerOf(role))[ability]).toBe(answer))

const BEYOND = 'access.grant_beyond_own'
const DENIED = 'access.denied'
/** Columns: org_admin, billing_admin, user_admin, member, auditor, recruiter. */
const GRANTS: Record<string, readonly (true | string)[]> = {
  org_admin: [true, true, true, true, true, true],
  billing_admin: [BEYOND, DENIED, BEYOND, DENIED, BEYOND, BEYOND],
  user_admin: [BEYOND, BEYOND, DENIED, true, BEYOND, BEYOND],
  member: [BEYOND, BEYOND, BEYOND, DENIED, BEYOND, BEYOND],
  recruiter: [BEYOND, BEYOND, BEYOND, true, BEYOND, true],
}
const GRANTED = [...BUILT_IN_ROLES, 'auditor', 'recruiter']

test.each(Object.entries(GRANTS).flatMap(([role, answers]) => GRANTED.map((granted, i) => ({ role, granted, answer: answers[i] }))))(
  '$role gives the role $granted: $answer', ({ role, granted, answer }) => {
    expect(canGrantRole(viewerOf(role), { role: granted, permissions: permissionsOf(granted, CUSTOM) })).toBe(answer)
  })

test.each<[string, Permission[], true | string]>([
  ['org_admin', ['users.view', 'organization.delete'], true],
  ['recruiter', ['users.view', 'licenses.assign'], true],
  ['recruiter', [], true],
  ['recruiter', ['users.view', 'billing.view'], BEYOND],
  ['user_admin', ['users.view'], DENIED],
  ['member', [], DENIED],
])('%s makes a custom role with %j: %s', (role, permissions, answer) => expect(canDefineRole(viewerOf(role), permissions)).toBe(answer))
