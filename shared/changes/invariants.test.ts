import * as fc from 'fast-check'
import type { Viewer } from '../access/access.policy'
import { permissionsOf, type CustomRole } from '../access/roles'
import { planActivationSend, planLicenseRemove, planLicenseSet, planLicenseTransfer } from '../licenses/licenses.plan'
import { planUserAdd } from '../users/add.plan'
import { isActiveAdmin, type NewRole, type OrganizationSnapshot, type UserAfter, type UserSnapshot } from '../users/snapshot.model'
import { BULK_ACTIONS } from '../users/users.model'
import { planRemove, planRestore, planRoleChange, planSuspend } from '../users/users.plan'
import { planBulk } from './bulk.plan'
import { planLeave } from './leave.plan'

/**
 * A small organization in memory: whatever is asked of it, in whatever order and by whom, goes
 * through the plans alone, and after each step the invariants I1–I4 hold.
 */

type Person = { id: string; email: string; role: string; status: UserSnapshot['status']; license: UserSnapshot['license']; before: { status: 'pending' | 'active' | 'suspended'; license: UserSnapshot['license'] } | null }
type World = { people: Person[]; quantities: Record<string, number> }

const CUSTOM: CustomRole[] = [
  { id: 'deputy', name: 'Deputy', permissions: ['users.view', 'users.manage_all', 'roles.assign', 'licenses.assign'] },
  { id: 'twin', name: 'Twin of an administrator', permissions: permissionsOf('org_admin', []) },
]
const ROLES = ['org_admin', 'billing_admin', 'user_admin', 'member', 'deputy', 'twin']
const PLANS = ['eco', 'pro']
const NOW = '2026-03-10T12:00:00.000Z'

const newRole = (role: string): NewRole => ({ role, permissions: permissionsOf(role, CUSTOM), name: null })
const organizationOf = ({ people, quantities }: World): OrganizationSnapshot => ({
  activeAdmins: people.filter(isActiveAdmin).length,
  pools: PLANS.map((plan) => ({ plan, quantity: quantities[plan] ?? 0, assigned: people.filter((p) => p.license?.plan === plan).length })),
  sendActivationOnAssign: true,
})
const isThere = (person: Person) => person.status !== 'removed'
const snapshotOf = (world: World, person: Person): UserSnapshot => ({
  id: person.id, label: person.email, role: person.role, permissions: permissionsOf(person.role, CUSTOM), roleName: null, status: person.status, license: person.license,
  workspaces: 0, contacts: 0, liveMessages: 0, openLinks: 0,
  former: person.before && {
    ...person.before, removedAt: person.status === 'removed' ? NOW : null, workspaces: 0, workspacesGone: 0, contactsUnassigned: 0, domainAdmitted: true,
    addressTaken: world.people.some((other) => other.id !== person.id && other.email === person.email && isThere(other)),
  },
})

/** What came before, for restoring: going from bad to worse keeps the better memory. */
const memoryOf = (person: Person, after: UserAfter): Person['before'] => {
  if (after.status === 'removed') return person.status === 'removed' ? person.before : { status: person.status, license: person.license }
  if (after.status === 'suspended') return person.status === 'pending' || person.status === 'active' ? { status: person.status, license: null } : { status: 'active', license: null }
  return null
}
const store = (world: World, id: string, after: UserAfter | null): World => ({
  ...world, people: world.people.map((p) => (p.id !== id || after === null ? p : { ...p, role: after.role, status: after.status, license: after.license, before: memoryOf(p, after) })),
})

type Step = { act: string; by: number; on: number; other: number; role: string; plan: string; several: number[] }
const ACTS = ['add', 'suspend', 'restore', 'remove', 'role', 'license', 'unlicense', 'transfer', 'link', 'leave', 'buy', ...BULK_ACTIONS.map((action) => `bulk ${action}`)]
const anybody = {
  act: fc.constantFrom(...ACTS), by: fc.nat(20), on: fc.nat(20), other: fc.nat(20), role: fc.constantFrom(...ROLES), plan: fc.constantFrom(...PLANS), several: fc.array(fc.nat(20), { maxLength: 8 }),
}
const step: fc.Arbitrary<Step> = fc.record(anybody)
/** Steps that give roles, by those who hold less than everything. */
const climb: fc.Arbitrary<Step> = fc.record({ ...anybody, act: fc.constantFrom('add', 'role', 'bulk change_role'), by: fc.constantFrom(2, 3, 5, 6) })

const START: World = {
  people: ['org_admin', 'org_admin', 'user_admin', 'deputy', 'twin', 'member', 'member'].map((role, i) => ({ id: `p${i}`, email: `person${i}@acme.example`, role, status: 'active', license: null, before: null })),
  quantities: { eco: 2, pro: 1 },
}
const at = (world: World, n: number): Person => world.people[n % world.people.length] ?? world.people[0] ?? fail('nobody')
const fail = (message: string): never => {
  throw new Error(message)
}

const add = (world: World, { other, role, plan }: Step, viewer: Viewer): World => {
  const email = `person${other}@acme.example`
  const known = world.people.find((p) => p.email === email)
  const existing = known === undefined ? null : world.people.some((p) => p.email === email && isThere(p)) ? 'user' : 'removed'
  const { after } = planUserAdd({ organization: organizationOf(world), email, role: newRole(role), plan, workspaces: 0, existing, domainAdmitted: true }, viewer)
  if (after === null) return world
  return { ...world, people: [...world.people, { id: `p${world.people.length}`, email, role: after.role, status: after.status, license: after.license, before: null }] }
}

const bulk = (world: World, { act, several, plan, role }: Step, viewer: Viewer): World => {
  const action = BULK_ACTIONS.find((known) => act === `bulk ${known}`) ?? fail(act)
  const users = several.map((n) => snapshotOf(world, at(world, n)))
  const { outcomes } = planBulk({ organization: organizationOf(world), users }, { action, plan, role: newRole(role) }, viewer, NOW)
  return outcomes.reduce((next, { user, after }) => store(next, user.id, after), world)
}

const take = (world: World, move: Step): World => {
  const actor = at(world, move.by)
  if (actor.status !== 'active') return world
  const viewer: Viewer = { userId: actor.id, role: actor.role, permissions: permissionsOf(actor.role, CUSTOM), organizationId: 'acme' }
  const organization = organizationOf(world)
  const user = snapshotOf(world, at(world, move.on))
  const other = snapshotOf(world, at(world, move.other))
  const change = { organization, user }
  switch (move.act) {
    case 'add': return add(world, move, viewer)
    case 'suspend': return store(world, user.id, planSuspend(change, viewer).after)
    case 'restore': return store(world, user.id, planRestore(change, viewer, NOW).after)
    case 'remove': return store(world, user.id, planRemove(change, viewer).after)
    case 'role': return store(world, user.id, planRoleChange({ ...change, to: newRole(move.role) }, viewer).after)
    case 'license': return store(world, user.id, planLicenseSet({ ...change, plan: move.plan }, viewer).after)
    case 'unlicense': return store(world, user.id, planLicenseRemove(change, viewer).after)
    case 'link': return store(world, user.id, planActivationSend(change, viewer).after)
    case 'transfer': {
      const moved = planLicenseTransfer({ organization, from: user, to: other }, viewer)
      return store(store(world, user.id, moved.from), other.id, moved.to)
    }
    case 'leave': {
      const left = planLeave({ organization, user, licenseTo: move.several.length > 3 ? other : null, contactsTo: null, exportLog: false }, viewer)
      return store(store(world, user.id, left.after), other.id, left.heir)
    }
    case 'buy': return { ...world, quantities: { ...world.quantities, [move.plan]: (world.quantities[move.plan] ?? 0) + 1 } }
    default: return bulk(world, move, viewer)
  }
}

/** The first invariant that a step has broken, or null. */
const brokenBy = (before: World, move: Step, after: World): string | null => {
  const actor = at(before, move.by)
  const actorAfter = after.people.find((p) => p.id === actor.id)
  const there = after.people.filter(isThere).map((p) => p.email)
  const oversold = organizationOf(after).pools.filter((pool) => pool.assigned > pool.quantity)
  if (organizationOf(after).activeAdmins < 1) return 'I1: no active organization administrator is left'
  if (actorAfter?.status !== actor.status || actorAfter.role !== actor.role) return 'I2: somebody changed their own status or role'
  if (oversold.length > 0) return 'I3: more licenses are assigned than bought'
  if (new Set(there).size !== there.length) return 'I4: two users have one address'
  if (after.people.some((p) => p.status === 'removed' && p.license !== null)) return 'I3: a removed user holds a seat'
  return null
}

const runAll = (steps: Step[]): void => {
  steps.reduce((world, move) => {
    const next = take(world, move)
    const broken = brokenBy(world, move, next)
    if (broken !== null) fail(`${broken}, by ${JSON.stringify(move)}`)
    return next
  }, START)
}

test('whatever is done by anybody in any order, I1 to I4 hold after each step', () => {
  expect(() => fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 80 }), runAll), { numRuns: 400 })).not.toThrow()
})

test('nobody reaches a permission that neither they nor the giver held', () => {
  const reach = (steps: Step[]): boolean => {
    const world = steps.filter(({ by }) => at(START, by).role !== 'org_admin' && at(START, by).role !== 'twin').reduce((w, move) => (['p0', 'p1', 'p4'].includes(at(w, move.by).id) ? w : take(w, move)), START)
    return world.people.every((p) => ['p0', 'p1', 'p4'].includes(p.id) || !permissionsOf(p.role, CUSTOM).includes('organization.delete'))
  }
  expect(() => fc.assert(fc.property(fc.array(fc.oneof(step, climb), { minLength: 20, maxLength: 60 }), reach), { numRuns: 200 })).not.toThrow()
})

test('the run is worth its name: every kind of step changes something somewhere', () => {
  const changed = new Set<string>()
  const watch = (steps: Step[]) => {
    steps.reduce((world, move) => {
      const next = take(world, move)
      if (JSON.stringify(next) !== JSON.stringify(world)) changed.add(move.act)
      return next
    }, START)
  }
  fc.assert(fc.property(fc.array(step, { minLength: 60, maxLength: 80 }), watch), { numRuns: 200, seed: 7 })
  expect(ACTS.filter((act) => !changed.has(act))).toEqual(['link', 'bulk send_activation'])
})
