import type { RowStatus } from '../../shared/imports/imports.model'
import { addImportingOrganization, csvOf, importerOf, runImports, type ImportingOrganization } from '../../tests/doubles/imports'
import { openTestServer, type TestServer } from '../../tests/doubles/server'

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
  expect(preview.domains).toEqual([{ name: 'elsewhere.example', count: 1 }, { name: 'gmail.com', count: 1 }])
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
