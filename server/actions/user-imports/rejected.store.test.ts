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

/** Imports the file to its end and answers the rows that came back. */
async function rejectedOf(file: Buffer): Promise<{ id: string; text: string }> {
  const { id } = await owner.start(file, '?name=new%20hires.csv')
  await runImports(server.store)
  return { id, text: await owner.rejected(id) }
}

describe('rows that came back', () => {
  test('stand in their original columns and order, with the reason behind', async () => {
    const { text } = await rejectedOf(Buffer.from('Personnel no.;Nom;Adresse e-mail\n1;Zoé;zoe@acme.example\n2;"Le; Goff";maria@acme.example\n3;X;x@elsewhere.example\n'))
    expect(text).toBe('\ufeffPersonnel no.;Nom;Adresse e-mail;Reason\r\n2;"Le; Goff";maria@acme.example;This person is already a user of the organization. Remove this row.\r\n3;X;x@elsewhere.example;The domain elsewhere.example is not approved. Once it is, import this row again.\r\n')
  })

  test.each([['fr', 'Motif'], ['es', 'Motivo']])('tell their reason in the language of the reader (%s)', async (language, header) => {
    await server.store.asOwner("update users set language = $1, language_chosen = true where email = 'owner@acme.example'", [language])
    const { text } = await rejectedOf(csvOf('maria@acme.example'))
    expect(text).toContain(`,${header}\r\n`)
    expect(text).not.toContain('This person')
  })

  test('can be corrected and imported as they are, as often as it takes', async () => {
    const { text } = await rejectedOf(csvOf('zoe@acme.exampl,Zoé,=cmd|x,,,,,+34 600 000 000', 'lea@acme.example,Léa,,emperor,,,,', 'ok@acme.example,,,,,,,'))
    const second = await rejectedOf(Buffer.from(text.replace('zoe@acme.exampl,', 'zoe@acme.example,')))
    expect(second.text.split('\r\n')).toHaveLength(3)
    expect(second.text).toContain('language,mobile,Reason\r\n')
    const third = await rejectedOf(Buffer.from(second.text.replace('emperor', 'Help desk')))
    expect(third.text.split('\r\n')).toHaveLength(2)
    const users = await server.store.asOwner('select email, first_name, last_name, mobile, custom_role_id from users where invited_by = $1 order by email', [acme.ownerId])
    expect(users).toEqual([
      { email: 'lea@acme.example', first_name: 'Léa', last_name: '', mobile: '', custom_role_id: acme.roleId },
      { email: 'ok@acme.example', first_name: '', last_name: '', mobile: '', custom_role_id: null },
      { email: 'zoe@acme.example', first_name: 'Zoé', last_name: '=cmd|x', mobile: '+34 600 000 000', custom_role_id: null },
    ])
  })

  test('are nothing that a spreadsheet would compute', async () => {
    const { text } = await rejectedOf(csvOf('nobody,"=HYPERLINK(""http://x"")",@SUM(1),,,,,call', '-1+2,+1+1,\t=1,,,,,'))
    const cells = text.split('\r\n').slice(1, 3).flatMap((line) => line.split(','))
    expect(cells.filter((cell) => /^"?\s*[=+\-@]/.test(cell))).toEqual([])
  })

  test('wait for the end of the import', async () => {
    const { id } = await owner.start(csvOf('maria@acme.example'))
    expect((await owner.call('GET', `/v1/user-imports/${id}/rejected`)).json()).toMatchObject({ status: 409, code: 'import.not_ready' })
  })

  test('come by the thousand, each once and in order', async () => {
    const { text } = await rejectedOf(csvOf(...Array.from({ length: 2_500 }, (_, index) => `no address ${index},,,,,,,`)))
    expect(text.trim().split('\r\n').slice(1).map((line) => Number(/^no address (\d+),/.exec(line)?.[1]))).toEqual(Array.from({ length: 2_500 }, (_, index) => index))
  })
})

describe('a link to a file', () => {
  const ticketFor = async (body: object) => owner.call('POST', '/v1/downloads', body, { 'content-type': 'application/json' })
  const open = (url: string) => server.app.inject({ method: 'GET', url })

  test('brings the file once, without a token, and is gone', async () => {
    const { id, text } = await rejectedOf(csvOf('maria@acme.example'))
    const { url, expiresAt } = (await ticketFor({ resource: 'user_import_rejected', format: 'csv', filter: { importId: id } })).json()
    expect(expiresAt).toBe(new Date(NOW.getTime() + 5 * 60_000).toISOString())
    const replies = await Promise.all([open(url), open(url), open(url)])
    const [file] = replies.filter(({ statusCode }) => statusCode === 200)
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410, 410])
    expect(file?.body).toBe(text)
    expect(file?.headers).toMatchObject({ 'cache-control': 'no-store', 'content-disposition': "attachment; filename*=UTF-8''new%20hires-rejected.csv", 'content-security-policy': "sandbox; default-src 'none'" })
    expect(await server.store.asOwner("select actor_email, target_label from events where kind = 'file.downloaded'")).toEqual([{ actor_email: 'owner@acme.example', target_label: 'new hires-rejected.csv' }])
  })

  test('is kept nowhere: not in the database, not in the log', async () => {
    const { url } = (await ticketFor({ resource: 'user_import_template', format: 'csv' })).json()
    const ticket = url.split('/').at(-1)
    expect((await open(url)).statusCode).toBe(200)
    expect(server.log()).not.toContain(ticket)
    expect(JSON.stringify(await server.store.asOwner('select * from downloads d full join idempotency_keys on false'))).not.toContain(ticket)
  })

  test('ends after five minutes, and with the right of its owner', async () => {
    const first = (await ticketFor({ resource: 'user_import_template', format: 'csv' })).json()
    const second = (await ticketFor({ resource: 'user_import_template', format: 'csv' })).json()
    server.setNow(new Date(NOW.getTime() + 5 * 60_000))
    expect((await open(first.url)).json().code).toBe('download.expired')
    server.setNow(NOW)
    await server.store.asOwner("update users set role = 'billing_admin' where email = 'owner@acme.example'")
    expect((await open(second.url)).json().code).toBe('access.denied')
    await server.store.asOwner("update users set status = 'suspended', previous_status = 'active' where email = 'owner@acme.example'")
    expect((await open(second.url)).json().code).toBe('download.expired')
  })

  test.each<[object, string]>([
    [{ resource: 'user_import_rejected', format: 'csv' }, 'request.invalid'],
    [{ resource: 'user_import_rejected', format: 'csv', filter: { importId: 'x' } }, 'not_found'],
    [{ resource: 'user_import_template', format: 'pdf' }, 'request.invalid'],
    [{ resource: 'secrets', format: 'csv' }, 'request.invalid'],
  ])('%j is refused with %s', async (body, code) => expect((await ticketFor(body)).json().code).toBe(code))

  test('that nobody was given is not found', async () => {
    expect((await open(`/v1/downloads/${'a'.repeat(43)}`)).statusCode).toBe(404)
    expect((await open('/v1/downloads/nonsense')).statusCode).toBe(404)
  })
})
