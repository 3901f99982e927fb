import { addUser, openTestServer, type TestServer } from '../../../tests/doubles/server'
import { addOrganization } from '../../../tests/doubles/store'
import { readTenant } from './identity-links'

jest.setTimeout(60_000)

const TENANT = '0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0ff'
let server: TestServer
let owner: string
let people: string
let other: string

beforeAll(async () => {
  server = await openTestServer()
  const acme = await addOrganization(server.store, 'Acme')
  const globex = await addOrganization(server.store, 'Globex')
  await addUser(server.store, acme, 'owner@acme.example', { role: 'org_admin' })
  await addUser(server.store, acme, 'people@acme.example', { role: 'user_admin' })
  await addUser(server.store, globex, 'owner@globex.example', { role: 'org_admin' })
  owner = await server.tokenFor('owner@acme.example')
  people = await server.tokenFor('people@acme.example')
  other = await server.tokenFor('owner@globex.example')
}, 60_000)
afterAll(() => server.close())

const ask = async (method: 'GET' | 'POST' | 'DELETE', path: string, token: string, payload?: object) => {
  const reply = await server.app.inject({ method, url: `/v1/identity-links${path}`, payload, headers: { authorization: `Bearer ${token}` } })
  return { status: reply.statusCode, body: reply.body === '' ? null : reply.json() }
}

it('a tenant is linked once, listed, and unlinked, each told in the log', async () => {
  const added = await ask('POST', '', owner, { kind: 'microsoft', tenant: TENANT.toUpperCase() })
  expect(added).toMatchObject({ status: 201, body: { kind: 'microsoft', tenant: TENANT } })
  expect(await ask('POST', '', owner, { kind: 'microsoft', tenant: TENANT })).toMatchObject({ status: 409, body: { code: 'identity_link.exists' } })
  expect((await ask('GET', '', owner)).body.items).toEqual([added.body])
  expect((await ask('DELETE', `/${added.body.id}`, other)).status).toBe(404)
  expect((await ask('DELETE', `/${added.body.id}`, owner)).status).toBe(204)
  expect((await ask('DELETE', `/${added.body.id}`, owner)).status).toBe(404)
  expect(await server.store.asOwner("select kind from events where kind like 'identity_link.%' order by sequence")).toEqual([{ kind: 'identity_link.added' }, { kind: 'identity_link.removed' }])
})

it('is for those who manage the settings', async () => {
  for (const [method, path, payload] of [['GET', '', undefined], ['POST', '', { kind: 'google', tenant: 'acme.example' }], ['DELETE', `/${TENANT}`, undefined]] as const) {
    expect(await ask(method, path, people, payload)).toMatchObject({ status: 403, body: { code: 'access.denied' } })
  }
})

it.each([
  ['microsoft', TENANT, TENANT], ['microsoft', 'acme.onmicrosoft.com', null], ['microsoft', '9188040d-6c67-4c5b-b112-36a304b66dad', null],
  ['google', 'Acme.Example', 'acme.example'], ['google', 'bücher.example', 'xn--bcher-kva.example'], ['google', 'gmail.com', null], ['google', 'acme', null], ['google', 'a b.example', null],
] as const)('%s %s is the tenant %s', (kind, tenant, read) => {
  expect(readTenant({ kind, tenant })).toBe(read)
})

it('what can be nobody’s tenant is refused beside its field', async () => {
  expect(await ask('POST', '', owner, { kind: 'google', tenant: 'gmail.com' })).toMatchObject({ status: 400, body: { issues: [{ code: 'field.invalid', path: 'tenant' }] } })
})
