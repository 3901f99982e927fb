import { addOrganization, NOW } from '../../../tests/doubles/store'
import { addUser, openTestServer, type TestServer } from '../../../tests/doubles/server'

let server: TestServer
let acme: string
let tokens: Record<string, string>
const PEOPLE = { owner: 'org_admin', billing: 'billing_admin', people: 'user_admin', maria: 'member', settings: 'member' } as const

beforeAll(async () => {
  server = await openTestServer()
  acme = await addOrganization(server.store, 'Acme')
  const id = (await server.store.asOwner('insert into roles (organization_id, id, name, permissions, created_at) values ($1, gen_random_uuid(), $2, $3, now()) returning id', [acme, 'Settings', ['organization.view', 'settings.manage']]))[0]?.['id']
  const all = Object.entries(PEOPLE).map(async ([name, role]) => {
    await addUser(server.store, acme, `${name}@acme.example`, name === 'settings' ? { role: 'custom', custom_role_id: String(id) } : { role })
    return [name, await server.tokenFor(`${name}@acme.example`)] as const
  })
  tokens = Object.fromEntries(await Promise.all(all))
}, 60_000)
afterAll(() => server.close())

const send = async (who: string, method: 'GET' | 'PATCH' | 'DELETE', url = '/organization', payload?: Record<string, unknown>, headers: Record<string, string> = {}) => {
  const reply = await server.app.inject({ method, url: `/v1${url}`, headers: { authorization: `Bearer ${tokens[who]}`, ...headers }, ...(payload === undefined ? {} : { payload }) })
  return { status: reply.statusCode, body: reply.body === '' ? null : reply.json(), code: reply.body === '' ? null : (reply.json().code ?? null) }
}
const current = async (): Promise<{ version: number }> => (await send('owner', 'GET')).body
const edit = async (who: string, body: Record<string, unknown>) => send(who, 'PATCH', '/organization', body, { 'if-match': `"${(await current()).version}"` })
const lastEvent = () => server.store.system((db) => db.selectFrom('events').selectAll().where('organization_id', '=', acme).where('category', '=', 'audit').orderBy('sequence', 'desc').limit(1).executeTakeFirstOrThrow())

it.each([['owner', 200, 200, 200, 200], ['billing', 200, 403, 403, 403], ['people', 200, 403, 403, 403], ['maria', 403, 403, 403, 403], ['settings', 200, 403, 200, 403]] as const)(
  '%s: seeing the organization is answered %d, renaming it %d, changing settings %d, planning its deletion %d',
  async (who, sees, renames, sets, deletes) => {
    expect((await send(who, 'GET')).status).toBe(sees)
    expect((await edit(who, { address: `Street of ${who}` })).status).toBe(renames)
    expect((await edit(who, { settings: { protectedReplies: who === 'owner' } })).status).toBe(sets)
    expect((await edit(who, { address: 'Both', settings: { protectedReplies: true } })).status).toBe(renames)
    expect((await send(who, 'DELETE', '/organization?dry_run=true')).status).toBe(deletes)
  },
)

it('keeps every setting that was not sent, and logs what was before and after', async () => {
  await edit('owner', { settings: { allowPublicDomains: true, retentionMonths: 24 } })
  const { body } = await edit('owner', { name: 'Acme & Söhne', contactEmail: 'IT@Acme.example', settings: { retentionMonths: null } })
  expect(body).toMatchObject({ name: 'Acme & Söhne', contactEmail: 'IT@acme.example', settings: { allowPublicDomains: true, retentionMonths: null, defaultLanguage: 'en' } })
  expect(await lastEvent()).toMatchObject({ kind: 'organization.edited', changes: { name: { from: 'Acme', to: 'Acme & Söhne' }, contactEmail: { from: '', to: 'IT@acme.example' }, 'settings.retentionMonths': { from: 24, to: null } } })
  expect((await send('maria', 'GET', '/me')).body.organization).toMatchObject({ name: 'Acme & Söhne', settings: { allowPublicDomains: true } })
})

it('tells every problem at once', async () => {
  const { body } = await edit('owner', { name: ' ', settings: { retentionMonths: 0, defaultLanguage: 'tlh' }, plan: 'pro' })
  expect(body.issues.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`).sort()).toEqual(['name field.required', 'plan field.unknown', 'settings.defaultLanguage field.not_an_option', 'settings.retentionMonths field.too_small'])
  expect((await edit('owner', { contactEmail: 'a@x.example;b@y.example' })).body.issues).toEqual([{ code: 'email.many', path: 'contactEmail' }])
})

it('edited by two at once is edited once, and the other sees what is there', async () => {
  const { version } = await current()
  const replies = await Promise.all(['One', 'Two'].map((name) => send('owner', 'PATCH', '/organization', { name }, { 'if-match': `"${version}"` })))
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 412])
  expect(replies.find(({ status }) => status === 412)?.body.current.version).toBe(version + 1)
})

it('is deleted as its plan said: nobody enters any more, its domains are free, its log stays', async () => {
  await server.store.asOwner(`insert into domains (organization_id, id, name, unicode_name, status, record_host, record_value, created_at) values ($1, gen_random_uuid(), 'acme.example', 'acme.example', 'approved', '_o', 'v', now())`, [acme])
  await server.store.asOwner('insert into approved_domains (name, organization_id, domain_id, approved_at) select name, organization_id, id, created_at from domains')
  const { body } = await send('owner', 'DELETE', '/organization?dry_run=true')
  expect(body.plan.consequences.map(({ code, params }: { code: string; params: { count?: number } }) => [code, params.count])).toEqual([['plan.access_lost', 5], ['plan.domains_released', 1], ['plan.not_restorable', undefined]])
  await addUser(server.store, acme, 'late@acme.example', { created_at: NOW })
  const changed = await send('owner', 'DELETE', '/organization', undefined, { 'plan-digest': body.digest })
  expect(changed.code).toBe('plan.changed')
  expect((await send('owner', 'DELETE', '/organization', undefined, { 'plan-digest': changed.body.digest })).status).toBe(204)
  for (const who of Object.keys(PEOPLE)) expect((await send(who, 'GET', '/users')).code).toBe('auth.unknown_identity')
  expect(await lastEvent()).toMatchObject({ kind: 'organization.deleted', target_label: expect.stringMatching(/One|Two/) })
  expect(await server.store.asOwner('select * from approved_domains')).toEqual([])
})
