import { addOrganization } from '../../tests/doubles/store'
import { addUser, openTestServer, type TestServer } from '../../tests/doubles/server'
import { NOW } from '../../tests/doubles/store'
import { newId } from '../store/ids'
import type { Identity } from './identity'
import { linkAtFirstSignIn } from './linking'

let server: TestServer
beforeAll(async () => { server = await openTestServer() })
afterAll(() => server.close())

const ask = async (token: string, url = '/v1/plans', headers: Record<string, string> = {}) => {
  const reply = await server.app.inject({ url, headers: { authorization: `Bearer ${token}`, ...headers } })
  return { status: reply.statusCode, body: reply.json() }
}
const eventsOf = (organizationId: string) => server.store.read(organizationId, (db) => db.selectFrom('events').select(['kind', 'actor_email', 'subjects', 'target_label']).orderBy('sequence').execute())
const identities = () => server.store.system((db) => db.selectFrom('identities').selectAll().execute())

describe('a first sign-in', () => {
  it('of a proven address links the identity once, however many requests come at once, and says so in the log', async () => {
    const organizationId = await addOrganization(server.store, 'First')
    const userId = await addUser(server.store, organizationId, 'first@acme.example')
    const token = await server.tokenFor('first@acme.example')
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await ask(token)).status))
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect((await identities()).filter((row) => row.user_id === userId)).toHaveLength(1)
    const kinds = (await eventsOf(organizationId)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'identity.linked')).toHaveLength(1)
    expect(kinds).toContain('signed_in')
  })

  it('that another one of the same moment overtook finds the link made', async () => {
    const organizationId = await addOrganization(server.store, 'Overtaken')
    const userId = await addUser(server.store, organizationId, 'overtaken@acme.example')
    const identity: Identity = { kind: 'oidc', issuer: 'https://issuer.example', subject: 'overtaken', tenant: null, email: 'overtaken@acme.example', proof: 'issuer', expiresAt: NOW.getTime() / 1000 + 3600 }
    const origin = { ip: '203.0.113.7', client: 'outlook', requestId: 'r-1', now: NOW }
    const [first, second] = [await linkAtFirstSignIn(server.store, identity, origin), await linkAtFirstSignIn(server.store, identity, origin)]
    expect(first).toMatchObject([{ organizationId, userId }])
    expect(second).toEqual(first)
  })

  it('makes nobody active: who is invited stays invited, and may know that', async () => {
    const organizationId = await addOrganization(server.store, 'Pending')
    await addUser(server.store, organizationId, 'pending@acme.example', { status: 'pending', activated_at: null })
    const token = await server.tokenFor('pending@acme.example')
    expect((await ask(token)).body.code).toBe('auth.unknown_identity')
    const me = await ask(token, '/v1/me')
    expect([me.status, me.body.user, me.body.organizations]).toEqual([200, null, []])
  })

  it('of an address that was given to somebody else links nobody', async () => {
    const organizationId = await addOrganization(server.store, 'Reused')
    await addUser(server.store, organizationId, 'reused@acme.example')
    expect((await ask(await server.tokenFor('reused@acme.example'))).status).toBe(200)
    expect((await ask(await server.tokenFor('reused@acme.example', { sub: 'the-next-owner' }))).body.code).toBe('auth.unknown_identity')
  })
})

describe('an address that the issuer does not prove', () => {
  it('identifies nobody, changes nothing, and is logged where the address belongs', async () => {
    const organizationId = await addOrganization(server.store, 'Victim')
    await addUser(server.store, organizationId, 'victim@acme.example', { role: 'org_admin' })
    const before = await identities()
    for (const claims of [{ email_verified: false }, { email_verified: 'true' }, { email_verified: undefined }]) {
      const token = await server.tokenFor('victim@acme.example', { sub: 'attacker', ...claims })
      expect((await ask(token)).body.code).toBe('auth.unknown_identity')
      expect((await ask(token, '/v1/users')).body.code).toBe('auth.unknown_identity')
      const me = await ask(token, '/v1/me')
      expect([me.body.user, me.body.organization, me.body.permissions, me.body.activations]).toEqual([null, null, [], []])
    }
    expect(await identities()).toEqual(before)
    const refusals = (await eventsOf(organizationId)).filter(({ kind }) => kind === 'sign_in_refused')
    expect(refusals).toHaveLength(1)
    expect(refusals[0]).toMatchObject({ actor_email: 'victim@acme.example', target_label: 'https://issuer.example' })
  })
})

describe('a user', () => {
  it('is refused on the next request once suspended, and let in on the next once restored', async () => {
    const organizationId = await addOrganization(server.store, 'Suspension')
    const userId = await addUser(server.store, organizationId, 'sus@acme.example')
    const token = await server.tokenFor('sus@acme.example')
    const setStatus = (status: 'active' | 'suspended') => server.store.system((db) => db.updateTable('users').set({ status }).where('id', '=', userId).execute())
    expect((await ask(token)).status).toBe(200)
    await setStatus('suspended')
    expect(await ask(token)).toMatchObject({ status: 403, body: { code: 'auth.suspended' } })
    await setStatus('active')
    expect((await ask(token)).status).toBe(200)
  })

  it('of several organizations enters the one asked for, then the one last used, and never another', async () => {
    const ids = await Promise.all(['Many A', 'Many B', 'Many C'].map((name) => addOrganization(server.store, name)))
    const [a = '', b = '', c = ''] = ids
    for (const id of [a, b]) await addUser(server.store, id, 'many@acme.example')
    const token = await server.tokenFor('many@acme.example')
    const enter = async (organizationId?: string) => (await ask(token, '/v1/me', organizationId === undefined ? {} : { 'orgdesk-organization': organizationId })).body
    server.setNow(new Date(NOW.getTime() + 1000))
    expect((await enter(b)).organization.name).toBe('Many B')
    expect((await enter()).organization.name).toBe('Many B')
    server.setNow(new Date(NOW.getTime() + 2000))
    expect((await enter(a)).organization.name).toBe('Many A')
    expect((await enter()).organization.name).toBe('Many A')
    expect((await enter()).organizations).toEqual([{ id: a, name: 'Many A' }, { id: b, name: 'Many B' }])
    for (const other of [c, newId(), 'nothing', "' or 1=1"]) {
      const foreign = await ask(token, '/v1/users', { 'orgdesk-organization': other })
      expect([foreign.status, foreign.body.code]).toEqual([401, 'auth.unknown_identity'])
    }
  })

  it('is recorded as signed in when they come back after a while, not with every request', async () => {
    const organizationId = await addOrganization(server.store, 'Back')
    await addUser(server.store, organizationId, 'back@acme.example')
    const token = await server.tokenFor('back@acme.example')
    const minutes = [0, 1, 6, 12, 60]
    for (const minute of minutes) {
      server.setNow(new Date(NOW.getTime() + minute * 60_000))
      await ask(token)
    }
    expect((await eventsOf(organizationId)).filter(({ kind }) => kind === 'signed_in')).toHaveLength(2)
  })
})
