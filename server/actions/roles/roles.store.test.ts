import { PERMISSIONS } from '../../../shared/access/permissions'
import type { RoleRecord } from '../../../shared/access/organization.model'
import { ABSENT, match, openCompany, type Company } from '../../../tests/doubles/company'

let server: Company['server']
let ids: Company['ids']
let send: Company['send']
let lastEvent: Company['lastEvent']
const PEOPLE = { owner: 'org_admin', billing: 'billing_admin', people: 'user_admin', maria: 'member' } as const

beforeAll(async () => { ({ server, ids, send, lastEvent } = await openCompany(PEOPLE)) }, 60_000)
afterAll(() => server.close())

const addRole = async (name: string, permissions: string[]): Promise<RoleRecord> => (await send('owner', 'POST', '/roles', { name, permissions })).body
const give = (user: string, role: string | null) => server.store.system((db) => db.updateTable('users').set(role === null ? { role: 'member', custom_role_id: null } : { role: 'custom', custom_role_id: role }).where('id', '=', ids[user] ?? '').execute())

it.each([['owner', 200, 409, 201], ['billing', 200, 403, 403], ['people', 200, 403, 403], ['maria', 403, 403, 403]] as const)('%s: seeing roles is answered %d, editing a built-in one %d, adding one %d', async (who, sees, edits, adds) => {
  expect((await send(who, 'GET', '/roles')).status).toBe(sees)
  expect((await send(who, 'GET', '/roles/user_admin')).status).toBe(sees)
  expect((await send(who, 'PATCH', '/roles/member', { permissions: [] }, match(1))).status).toBe(edits)
  expect((await send(who, 'DELETE', '/roles/member')).status).toBe(edits)
  expect((await send(who, 'POST', '/roles', { name: `Of ${who}`, permissions: [] })).status).toBe(adds)
})

describe('a custom role', () => {
  it('has a unique name and permissions of the list; every unknown one is named', async () => {
    const role = await addRole('Auditor', ['logs.view_users', 'users.view', 'users.view'])
    expect(role).toMatchObject({ name: 'Auditor', builtIn: false, permissions: ['users.view', 'logs.view_users'], users: 0, version: 1, abilities: { 'role.edit': true, 'role.remove': true } })
    expect((await send('owner', 'GET', '/roles')).body.items.map(({ id }: RoleRecord) => id).slice(0, 4)).toEqual(['org_admin', 'billing_admin', 'user_admin', 'member'])
    for (const name of ['AUDITOR', 'ａuditor', 'Org_Admin']) expect((await send('owner', 'POST', '/roles', { name, permissions: [] })).code).toBe('role.exists')
    expect((await send('owner', 'POST', '/roles', { name: 'X', permissions: ['users.view', 'root', 'sudo'] })).body.issues).toEqual([{ code: 'permission.unknown', path: 'permissions.1' }, { code: 'permission.unknown', path: 'permissions.2' }])
    expect(await lastEvent('role.added')).toMatchObject({ target_label: 'Auditor', changes: { permissions: { from: [], to: ['users.view', 'logs.view_users'] } } })
  })

  it('can be given by nobody more than they hold, and taken from by nobody who could not give it', async () => {
    const definer = await addRole('Definer', ['roles.manage', 'users.view', 'domains.view'])
    const big = await addRole('Big', ['users.view', 'billing.manage'])
    const small = await addRole('Small', ['users.view'])
    await give('maria', definer.id)
    expect((await send('maria', 'POST', '/roles', { name: 'Own', permissions: ['users.view', 'domains.view'] })).status).toBe(201)
    for (const permission of PERMISSIONS.filter((p) => !definer.permissions.includes(p))) expect((await send('maria', 'POST', '/roles', { name: 'More', permissions: ['users.view', permission] })).code).toBe('access.grant_beyond_own')
    expect((await send('maria', 'PATCH', `/roles/${small.id}`, { permissions: ['users.view', 'billing.manage'] }, match(1))).code).toBe('access.grant_beyond_own')
    expect((await send('maria', 'PATCH', `/roles/${definer.id}`, { permissions: [...PERMISSIONS] }, match(1))).code).toBe('access.grant_beyond_own')
    for (const body of [{ name: 'Tiny' }, { permissions: [] }]) expect((await send('maria', 'PATCH', `/roles/${big.id}`, body, match(1))).code).toBe('access.grant_beyond_own')
    expect((await send('maria', 'DELETE', `/roles/${big.id}`)).code).toBe('access.grant_beyond_own')
    expect((await send('maria', 'PATCH', `/roles/${small.id}`, { name: 'Smaller', permissions: [] }, match(1))).body).toMatchObject({ name: 'Smaller', permissions: [], version: 2 })
    await give('maria', null)
  })

  it('counts from the very next request of who has it', async () => {
    const role = await addRole('Reader', ['users.view'])
    await give('maria', role.id)
    expect((await send('maria', 'GET', '/users?limit=1')).status).toBe(200)
    const edited = await send('owner', 'PATCH', `/roles/${role.id}`, { permissions: ['domains.view'] }, match(1))
    expect((await send('maria', 'GET', '/users?limit=1')).code).toBe('access.denied')
    expect((await send('maria', 'GET', '/me')).body.permissions).toEqual(['domains.view'])
    expect(edited.body.version).toBe(2)
    expect((await lastEvent('role.edited')).changes).toEqual({ permissions: { from: ['users.view'], to: ['domains.view'] } })
    await give('maria', null)
  })

  it('is not deleted while somebody has it, and the refusal says how many', async () => {
    const role = await addRole('Kept', ['users.view'])
    await give('maria', role.id)
    await give('people', role.id)
    const refused = await send('owner', 'DELETE', `/roles/${role.id}`)
    expect([refused.status, refused.code, refused.body.users]).toEqual([409, 'role.in_use', 2])
    expect((await send('owner', 'GET', `/roles/${role.id}`)).body).toMatchObject({ users: 2, abilities: { 'role.edit': true, 'role.remove': 'role.in_use' } })
    await give('people', null)
    await server.store.system((db) => db.updateTable('users').set({ status: 'removed', removed_at: new Date() }).where('id', '=', ids['maria'] ?? '').execute())
    expect((await send('owner', 'DELETE', `/roles/${role.id}`)).status).toBe(204)
    expect(await lastEvent('role.removed')).toMatchObject({ target_label: 'Kept', changes: { permissions: { from: ['users.view'], to: [] } } })
    await server.store.system((db) => db.updateTable('users').set({ status: 'active', removed_at: null }).where('id', '=', ids['maria'] ?? '').execute())
    expect((await send('maria', 'GET', '/me')).body.user.role).toBe('member')
  })

  it('edited by two at once is edited once', async () => {
    const role = await addRole('Raced', [])
    const replies = await Promise.all(['users.view', 'domains.view'].map((permission) => send('owner', 'PATCH', `/roles/${role.id}`, { permissions: [permission] }, match(1))))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412])
    expect(replies.find(({ status }) => status === 412)?.body.current.version).toBe(2)
  })

  it('of another organization is as absent as one that never was', async () => {
    const role = await addRole('Hidden', [])
    for (const id of [role.id, ABSENT, 'no-id']) {
      expect((await send('stranger', 'GET', `/roles/${id}`)).status).toBe(404)
      expect((await send('stranger', 'PATCH', `/roles/${id}`, { name: 'Mine' }, match(1))).status).toBe(404)
      expect((await send('stranger', 'DELETE', `/roles/${id}`)).status).toBe(404)
    }
    expect((await send('stranger', 'POST', '/roles', { name: 'Hidden', permissions: [] })).status).toBe(201)
  })
})
