import { openAcme, type Acme, type Answer } from '../../../tests/doubles/acme'
import { ANSWERS, CUSTOM, TABLE, TARGETS } from '../../../tests/doubles/samples/rules'
import { NOW } from '../../../tests/doubles/store'
import { newId } from '../../store/ids'

/*
 * The table of rules, asked over HTTP: each role does each thing to each kind of person, for real, and gets
 * the answer that the table gives.
 */

type Target = (typeof TARGETS)[number]

let a: Acme
let targetId: string
let heirId: string
let spareId: string
let workspaceId: string
const roleIds = new Map<string, string>()
const viewers = new Map<string, string>()

beforeAll(async () => {
  a = await openAcme()
  const { store } = a.server
  workspaceId = newId()
  await store.system((db) => db.insertInto('workspaces').values({ organization_id: a.acme, id: workspaceId, name: 'Sales', created_at: NOW }).execute())
  for (const role of CUSTOM) {
    const id = newId()
    roleIds.set(role.id, id)
    await store.system((db) => db.insertInto('roles').values({ organization_id: a.acme, id, name: role.name, permissions: [...role.permissions], created_at: NOW }).execute())
  }
  await store.asOwner(`update license_pools set quantity = 1000 where organization_id = $1`, [a.acme])
  await store.asOwner(`update users set status = 'suspended', previous_status = 'active' where organization_id = $1`, [a.acme])
  for (const role of Object.keys(TABLE)) viewers.set(role, await a.person(`viewer-${role}`, columnsOf(role)))
  targetId = await a.person('target')
  heirId = await a.person('heir')
  spareId = await a.person('spare', { role: 'org_admin' })
  for (const role of Object.keys(TABLE)) await a.send('GET', '/v1/me', { as: `viewer-${role}` })
}, 60_000)
afterAll(() => a.close())

const columnsOf = (role: string) => {
  const custom_role_id = roleIds.get(role) ?? null
  // Built-in roles stand under their own name.
  return { role: custom_role_id === null ? (role as 'member') : ('custom' as const), custom_role_id }
}

const idOf = (target: Target, role: string): string => (target === 'self' ? viewers.get(role) ?? '' : targetId)
const needsLicense = (action: string): boolean => action.endsWith('_license') && action !== 'user.assign_license'

/** Puts the stage in order: one person of that kind, licensed as the action needs it, and as many administrators as the target says. */
const prepare = async (role: string, action: string, target: Target): Promise<void> => {
  const id = idOf(target, role)
  const status = target === 'suspended' || target === 'removed' || target === 'pending' ? target : 'active'
  const held = target === 'self' ? role : target === 'last_admin' ? 'org_admin' : status === 'active' ? target : 'member'
  await a.server.store.system(async (db) => {
    await db.updateTable('users').set({ status: target === 'last_admin' ? 'suspended' : 'active', previous_status: target === 'last_admin' ? 'active' : null }).where('id', '=', spareId).execute()
    await db.updateTable('users').set({ status: role === 'org_admin' ? 'active' : 'suspended', previous_status: null }).where('id', '=', viewers.get('org_admin') ?? '').execute()
    await db.updateTable('users').set({
      ...columnsOf(held), status, previous_status: status === 'suspended' || status === 'removed' ? 'active' : null, removed_at: status === 'removed' ? NOW : null, removed_state: null, version: 1, first_name: 'Before', protected_replies: false,
    }).where('id', '=', id).execute()
    await db.deleteFrom('licenses').where('user_id', 'in', [id, heirId]).execute()
    await db.deleteFrom('activation_links').where('user_id', 'in', [id, heirId]).execute()
    await db.deleteFrom('workspace_members').where('user_id', '=', id).execute()
    if ((needsLicense(action) || action === 'user.send_activation') && status !== 'removed') await db.insertInto('licenses').values({ organization_id: a.acme, user_id: id, plan: 'eco', state: 'assigned', assigned_at: NOW }).execute()
    await db.updateTable('license_pools').set({ assigned: 100 }).where('organization_id', '=', a.acme).execute()
  })
}

type Act = (id: string, as: string, target: Target) => Promise<Answer>
const patch = (id: string, as: string, body: unknown) => a.send('PATCH', `/v1/users/${id}`, { as, body, headers: { 'if-match': '"1"' } })
const isMember = (target: Target): boolean => ['member', 'suspended', 'removed', 'pending'].includes(target)

/** How each thing of the table is asked for. Reading the log has its own tests. */
const ACTS: Record<string, Act> = {
  'user.view': (id, as) => a.send('GET', `/v1/users/${id}`, { as }),
  'user.edit': (id, as) => patch(id, as, { firstName: 'After' }),
  'user.edit_security': (id, as) => patch(id, as, { security: { protectedReplies: true } }),
  'user.change_role': (id, as, target) => patch(id, as, { role: isMember(target) || (target === 'self' && as === 'viewer-member') ? roleIds.get('deputy') : 'member' }),
  'user.suspend': (id, as) => a.send('POST', `/v1/users/${id}/suspend`, { as }),
  'user.restore': (id, as) => a.send('POST', `/v1/users/${id}/restore`, { as }),
  'user.remove': (id, as) => a.send('DELETE', `/v1/users/${id}`, { as }),
  'user.leave': (id, as) => a.send('POST', `/v1/users/${id}/leave`, { as }),
  'user.assign_workspaces': (id, as) => patch(id, as, { workspaceIds: [workspaceId] }),
  'user.assign_license': (id, as) => a.send('PUT', `/v1/users/${id}/license`, { as, body: { plan: 'eco' } }),
  'user.change_license': (id, as) => a.send('PUT', `/v1/users/${id}/license`, { as, body: { plan: 'pro' } }),
  'user.remove_license': (id, as) => a.send('DELETE', `/v1/users/${id}/license`, { as }),
  'user.transfer_license': (id, as) => a.send('POST', `/v1/users/${id}/license/transfer`, { as, body: { toUserId: heirId } }),
  'user.send_activation': (id, as) => a.send('POST', `/v1/users/${id}/activation-link`, { as }),
}

/** Whoever may not see somebody is told that there is nobody. */
const expected = (action: string, answer: true | string | undefined): string => (answer === true ? 'done' : action === 'user.view' ? 'not_found' : String(answer))

/** Beside an organization admin who acts, no other one is the last. */
const isPossible = (role: string, target: Target): boolean => !(role === 'org_admin' && target === 'last_admin')

describe.each(Object.entries(TABLE))('%s', (role, actions) => {
  it.each(Object.entries(actions).filter(([action]) => ACTS[action] !== undefined))('%s: %s', async (action, cells) => {
    const answers: string[] = []
    const wanted: string[] = []
    for (const [index, target] of TARGETS.entries()) {
      if (!isPossible(role, target)) continue
      await prepare(role, action, target)
      const { status, body } = await ACTS[action]?.(idOf(target, role), `viewer-${role}`, target) ?? { status: 0, body: {} }
      answers.push(`${target}: ${status < 300 ? 'done' : String(body.code)}`)
      wanted.push(`${target}: ${expected(action, ANSWERS[cells.split(' ')[index] ?? ''])}`)
    }
    expect(answers).toEqual(wanted)
  })
})

it('asks for everything in the table but the log', () => {
  expect(Object.keys(TABLE['member'] ?? {}).filter((action) => ACTS[action] === undefined)).toEqual(['user.view_log'])
})
