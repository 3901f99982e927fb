import type { RowStatus } from '../../../shared/imports/imports.model'
import { addImportingOrganization, csvOf, importerOf, runImports, type ImportingOrganization } from '../../../tests/doubles/imports'
import { openTestServer, type TestServer } from '../../../tests/doubles/server'
import { NOW } from '../../../tests/doubles/store'

jest.setTimeout(60_000)

let server: TestServer
let acme: ImportingOrganization
let owner: ReturnType<typeof importerOf>

beforeEach(async () => {
  server = await openTestServer()
  acme = await addImportingOrganization(server.store)
  owner = importerOf(server, 'owner@acme.example')
})
afterEach(() => server.close())

/** Rows of a file, and what each of them must become. */
const KINDS: [string, RowStatus][] = [
  ['ana@acme.example,Ana,Ruiz,member,pro,Sales;legal,fr,+34 600 000 000', 'ready'],
  ['not an address,Nobody,Home,,,,,', 'malformed'],
  ['two@acme.example; three@acme.example,,,,,,,', 'malformed'],
  [',No,Address,,,,,', 'malformed'],
  ['bad@acme.example,,,,,,,call me', 'malformed'],
  ['ANA@acme.example,Again,,,,,,', 'duplicate_in_file'],
  ['maria@acme.example,,,,,,,', 'already_user'],
  ['Nina@ACME.example,,,,,,,', 'already_invited'],
  ['someone@gmail.com,,,,,,,', 'domain_not_approved'],
  ['someone@elsewhere.example,,,,,,,', 'domain_not_approved'],
  ['sub@mail.acme.example,,,,,,,', 'ready'],
  ['a@acme.example,,,emperor,,,,', 'unknown_role'],
  ['b@acme.example,,,help DESK,,,,', 'ready'],
  ['c@acme.example,,,,platinum,,,', 'unknown_license'],
  ['d@acme.example,,,,,Nowhere,,', 'unknown_workspace'],
  ['e@acme.example,,,organization admin,,,,', 'ready'],
  ['f@acme.example,,,,pro,,,', 'ready'],
  ['g@acme.example,,,,pro,,,', 'no_license_left'],
  ['h@acme.example,,,,eco,,,', 'ready'],
]
const FILE = csvOf(...KINDS.map(([line]) => line))

test('a preview says of every row what will become of it, and changes nothing', async () => {
  const before = await server.store.asOwner('select (select count(*)::int from users) as users, (select count(*)::int from user_imports) as imports, (select count(*)::int from jobs) as jobs')
  const preview = await owner.preview(FILE)
  expect(preview.rows.map(({ status }) => status)).toEqual(KINDS.map(([, status]) => status))
  expect(preview.total).toBe(KINDS.length)
  expect(preview.licenses).toEqual([{ plan: 'eco', needed: 1, available: 100 }, { plan: 'advanced', needed: 0, available: 0 }, { plan: 'pro', needed: 3, available: 2 }])
  expect(preview.domains).toEqual([
    { name: 'elsewhere.example', unicodeName: 'elsewhere.example', count: 1, domainId: null, abilities: { 'domains.add': true } }, { name: 'gmail.com', unicodeName: 'gmail.com', count: 1, domainId: null, abilities: { 'domains.add': 'domain.public_mailbox' } },
  ])
  expect(await server.store.asOwner('select (select count(*)::int from users) as users, (select count(*)::int from user_imports) as imports, (select count(*)::int from jobs) as jobs')).toEqual(before)
})

test('an import does exactly what its preview showed', async () => {
  const preview = await owner.preview(FILE)
  const started = await owner.start(FILE, '?name=hires.csv', { 'plan-digest': preview.digest })
  expect(started).toMatchObject({ status: 'queued', name: 'hires.csv', total: KINDS.length, applied: 0, by: 'Olive Owner' })
  await runImports(server.store)
  const ready = preview.rows.filter(({ status }) => status === 'ready').map(({ user }) => user.email)
  expect(await owner.get(started.id)).toMatchObject({ status: 'done', applied: ready.length, rejected: KINDS.length - ready.length, failure: null })
  const added = await server.store.asOwner("select email from users where invited_by = $1 order by email", [acme.ownerId])
  expect(added.map(({ email }) => email)).toEqual([...ready].sort())
  expect(await owner.get(started.id)).toEqual((await owner.call('GET', '/v1/user-imports')).json().items[0])
})

test('what was added is complete: role, license, workspaces, language, events and an invitation with a link', async () => {
  const { id } = await owner.start(FILE, '', {})
  await runImports(server.store, { chunkRows: 4 })
  const [ana] = await server.store.asOwner("select * from users where email = 'ana@acme.example'")
  expect(ana).toMatchObject({ first_name: 'Ana', last_name: 'Ruiz', role: 'member', status: 'pending', language: 'fr', mobile: '+34 600 000 000', domain: 'acme.example', invited_by: acme.ownerId })
  expect(await server.store.asOwner('select plan, state from licenses where user_id = $1', [ana?.['id']])).toEqual([{ plan: 'pro', state: 'assigned' }])
  const memberships = await server.store.asOwner('select workspace_id from workspace_members where user_id = $1', [ana?.['id']])
  expect(memberships.map((row) => row['workspace_id']).sort()).toEqual([acme.workspaceIds.Legal, acme.workspaceIds.Sales].sort())
  expect(await server.store.asOwner("select role, custom_role_id from users where email = 'b@acme.example'")).toEqual([{ role: 'custom', custom_role_id: acme.roleId }])
  const events = await server.store.asOwner("select kind, client, actor_email from events where subjects @> jsonb_build_array(jsonb_build_object('email', 'ana@acme.example')) order by sequence")
  expect(events).toEqual(['user.added', 'license.assigned', 'user.workspaces_changed', 'activation.sent'].map((kind) => ({ kind, client: 'import', actor_email: 'owner@acme.example' })))
  const [mail] = await server.store.asOwner("select to_email, language, secrets ->> 'token' as token, params from outbox where kind = 'activation' and to_email = 'ana@acme.example'")
  expect(mail).toMatchObject({ language: 'fr', params: { plan: 'pro', inviter: 'Olive Owner', organization: 'acme.example' } })
  expect(await server.store.asOwner('select user_id from activation_links where token_hash = sha256($1::bytea)', [Buffer.from(String(mail?.['token']))])).toEqual([{ user_id: ana?.['id'] }])
  expect(await server.store.asOwner("select plan, assigned from license_pools where organization_id = $1 and assigned > 0 order by plan", [acme.id])).toEqual([{ plan: 'eco', assigned: 1 }, { plan: 'pro', assigned: 2 }])
  const told = await server.store.asOwner("select kind, target_id from events where kind like 'user_import%' order by sequence")
  expect(told).toEqual(['user_import.started', 'user_import.finished'].map((kind) => ({ kind, target_id: id })))
  expect(await server.store.asOwner("select to_email from outbox where kind = 'import_finished'")).toEqual([{ to_email: 'owner@acme.example' }])
})

test('the file is forgotten once its rows are settled, and applied rows keep no copy of their text', async () => {
  await owner.start(FILE)
  await runImports(server.store)
  expect(await server.store.asOwner('select length(bytes) as n from user_import_sources')).toEqual([{ n: 0 }])
  expect(await server.store.asOwner("select count(*)::int as n from user_import_rows where (outcome = 'applied' and cells::text <> '[]') or planned::text <> '{}'")).toEqual([{ n: 0 }])
})

test('rows without a license left go in without one when that is chosen', async () => {
  const preview = await owner.preview(FILE, '?without_license=true&status=ready')
  expect(preview.rows.map(({ user }) => user.email)).toContain('g@acme.example')
  const { id } = await owner.start(FILE, '?without_license=true', { 'plan-digest': preview.digest })
  await runImports(server.store)
  expect((await owner.get(id)).applied).toBe(preview.counts['ready'])
  expect(await server.store.asOwner("select l.plan from users u left join licenses l on l.user_id = u.id where email = 'g@acme.example'")).toEqual([{ plan: null }])
})

describe('the plan that was seen', () => {
  test('is refused with the new one when another thing would happen by now', async () => {
    const { digest } = await owner.preview(FILE)
    await importerOf(server, 'owner@acme.example').start(csvOf('ana@acme.example'))
    await runImports(server.store)
    const refused = await owner.call('POST', '/v1/user-imports', FILE, { 'plan-digest': digest })
    expect(refused.statusCode).toBe(409)
    expect(refused.json()).toMatchObject({ code: 'plan.changed', extra: { counts: { already_invited: 2, ready: 6 } } })
    expect(refused.json().extra.digest).not.toBe(digest)
  })

  test('is the same however often it is made', async () => {
    expect((await owner.preview(FILE)).digest).toBe((await owner.preview(FILE, '?limit=1')).digest)
    expect((await owner.preview(FILE)).digest).not.toBe((await owner.preview(FILE, '?without_license=true')).digest)
  })

  test('is started once, however often the request is sent', async () => {
    const { digest } = await owner.preview(FILE)
    const headers = { 'plan-digest': digest, 'idempotency-key': 'once' }
    const first = await owner.call('POST', '/v1/user-imports', FILE, headers)
    await runImports(server.store)
    const second = await owner.call('POST', '/v1/user-imports', FILE, headers)
    expect([first.statusCode, second.statusCode]).toEqual([202, 202])
    expect(second.json()).toEqual(first.json())
    expect(await server.store.asOwner('select count(*)::int as n from user_imports')).toEqual([{ n: 1 }])
    expect((await owner.call('POST', '/v1/user-imports', csvOf('z@acme.example'), headers)).json().code).toBe('idempotency.mismatch')
  })
})

describe('who may import', () => {
  test('a user admin adds members, and gives no other role', async () => {
    const people = importerOf(server, 'people@acme.example')
    const preview = await people.preview(csvOf('x@acme.example,,,member,eco,Sales,,', 'y@acme.example,,,org_admin,,,,', 'z@acme.example,,,Help desk,,,,'))
    expect(preview.rows.map(({ status }) => status)).toEqual(['ready', 'role_not_allowed', 'role_not_allowed'])
  })

  test.each(['/v1/user-imports', '/v1/user-imports/template', '/v1/user-imports/01890000-0000-7000-8000-000000000001', '/v1/user-imports/01890000-0000-7000-8000-000000000001/rejected'])('a member does not: %s', async (url) => {
    const reply = await importerOf(server, 'maria@acme.example').call('GET', url)
    expect([reply.statusCode, reply.json().code]).toEqual([403, 'access.denied'])
  })

  test('a member neither previews nor starts', async () => {
    const maria = importerOf(server, 'maria@acme.example')
    for (const url of ['/v1/user-imports/preview', '/v1/user-imports']) expect((await maria.call('POST', url, FILE)).json().code).toBe('access.denied')
  })

  test('nobody of another organization finds an import, nor counts in it', async () => {
    await addImportingOrganization(server.store, 'globex.example')
    const globex = importerOf(server, 'owner@globex.example')
    const { id } = await owner.start(FILE)
    await runImports(server.store)
    for (const url of [`/v1/user-imports/${id}`, `/v1/user-imports/${id}/rejected`]) {
      const [foreign, absent] = [await globex.call('GET', url), await globex.call('GET', url.replace(id, '01890000-0000-7000-8000-00000000dead'))]
      expect([foreign.statusCode, foreign.json().code]).toEqual([404, 'not_found'])
      expect({ ...absent.json(), requestId: '' }).toEqual({ ...foreign.json(), requestId: '' })
    }
    expect((await globex.call('GET', '/v1/user-imports')).json().items).toEqual([])
    expect((await globex.preview(csvOf('ana@acme.example'))).rows[0]?.status).toBe('domain_not_approved')
  })

  test('the same file is judged anew for everybody who brings it', async () => {
    await addImportingOrganization(server.store, 'globex.example')
    const file = csvOf('ana@acme.example', 'ana@globex.example')
    const statusesOf = async (who: ReturnType<typeof importerOf>) => (await who.preview(file)).rows.map(({ status }) => status)
    expect(await statusesOf(owner)).toEqual(['ready', 'domain_not_approved'])
    expect(await statusesOf(importerOf(server, 'owner@globex.example'))).toEqual(['domain_not_approved', 'ready'])
    await owner.start(file)
    await runImports(server.store)
    expect(await statusesOf(owner)).toEqual(['already_invited', 'domain_not_approved'])
  })
})

test('the first rows are stored with the file, so that nobody waits for it to be read again', async () => {
  const { id } = await owner.start(FILE)
  expect(await server.store.asOwner('select count(*)::int as n from user_import_rows where import_id = $1 and outcome = $2', [id, 'waiting'])).toEqual([{ n: KINDS.length }])
})

test('imports are listed newest first, page by page', async () => {
  for (const name of ['a', 'b', 'c']) await owner.start(csvOf(`${name}@acme.example`), `?name=${name}`)
  const first = (await owner.call('GET', '/v1/user-imports?limit=2')).json()
  const second = (await owner.call('GET', `/v1/user-imports?limit=2&cursor=${first.next}`)).json()
  expect([...first.items, ...second.items].map(({ name }) => name).sort()).toEqual(['a', 'b', 'c'])
  expect(second.next).toBeNull()
  expect((await owner.call('GET', '/v1/user-imports?cursor=nonsense')).json().issues).toEqual([{ code: 'cursor.invalid', path: 'cursor' }])
})

test('the template is its header alone', async () => {
  const reply = await owner.call('GET', '/v1/user-imports/template')
  expect(reply.body).toBe('\ufeffemail,first_name,last_name,role,license,workspaces,language,mobile\r\n')
  expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8')
})

test.each<[string, Buffer, number, string]>([
  ['nothing', Buffer.alloc(0), 422, 'file.empty'],
  ['prose', Buffer.from('Dear all'), 422, 'file.no_email_column'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 422, 'file.unreadable'],
  ['too many rows', Buffer.from(`email\n${'a\n'.repeat(50_001)}`), 422, 'file.too_many_rows'],
  ['too many bytes', Buffer.alloc(21 * 1024 * 1024, 0x61), 413, 'request.too_large'],
])('%s is refused alike by preview and start, and leaves nothing', async (_name, file, status, code) => {
  for (const url of ['/v1/user-imports/preview', '/v1/user-imports']) {
    const reply = await owner.call('POST', url, file)
    expect([reply.statusCode, reply.json().code]).toEqual([status, code])
  }
  expect((await owner.call('GET', '/v1/user-imports')).json().items).toEqual([])
})

describe('an address whose user was removed', () => {
  const DAY_MS = 86_400_000
  const remove = (daysAgo: number): Promise<unknown> => server.store.asOwner("update users set status = 'removed', previous_status = 'active', removed_at = $1 where email = 'maria@acme.example'", [new Date(NOW.getTime() - daysAgo * DAY_MS)])
  const file = csvOf('maria@acme.example', 'ana@acme.example')

  test('is refused with the way back to them, by the preview and by the import, while they can be restored', async () => {
    await remove(29)
    const preview = await owner.preview(file)
    expect(preview.rows.map(({ status, issues }) => [status, issues])).toEqual([['already_user', [{ code: 'row.restorable', path: 'email' }]], ['ready', []]])
    const { id } = await owner.start(file, '', { 'plan-digest': preview.digest })
    await runImports(server.store)
    expect(await owner.get(id)).toMatchObject({ status: 'done', applied: 1, rejected: 1 })
    expect(await owner.rejected(id)).toContain('removed in the last 30 days')
    expect(await server.store.asOwner("select count(*)::int as n from users where email = 'maria@acme.example'")).toEqual([{ n: 1 }])
  })

  test('is free again afterwards, and who signed in as the earlier user is not the new one', async () => {
    await remove(31)
    await server.store.asOwner("insert into identities (organization_id, id, user_id, issuer, subject, linked_at) select organization_id, gen_random_uuid(), id, 'https://issuer.example', 'maria', now() from users where email = 'maria@acme.example'")
    expect((await owner.preview(file)).rows.map(({ status }) => status)).toEqual(['ready', 'ready'])
    const { id } = await owner.start(file)
    await runImports(server.store)
    expect(await owner.get(id)).toMatchObject({ status: 'done', applied: 2 })
    expect(await server.store.asOwner("select count(*)::int as n from identities where subject = 'maria'")).toEqual([{ n: 0 }])
  })
})
