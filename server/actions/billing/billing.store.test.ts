import { openAcme, type Acme } from '../../../tests/doubles/acme'

jest.setTimeout(60_000)

let acme: Acme
beforeAll(async () => { acme = await openAcme() }, 60_000)
afterAll(() => acme.close())

const FULL = { company: 'Acme SAS', address: '1 rue de la Paix, Paris', country: 'FR', vat: 'FR12345678901', email: 'invoices@acme.example' }
const put = (body: object, more: { as?: string; headers?: Record<string, string> } = {}) => acme.send('PUT', '/v1/billing', { as: 'billing', body, ...more })
const get = (as = 'billing') => acme.send('GET', '/v1/billing', { as })
const edits = () => acme.server.store.asOwner("select changes from events where organization_id = $1 and kind = 'billing.edited' order by sequence", [acme.acme])

it('billing information is empty until it is filled in, and each edit is a version and a line of the log', async () => {
  expect((await get()).body).toEqual({ version: 1, company: '', address: '', country: '', vat: '', email: '' })
  expect((await put(FULL)).body).toEqual({ ...FULL, version: 2 })
  expect((await put({ ...FULL, country: 'es', email: 'Invoices@ACME.example' })).body).toMatchObject({ country: 'ES', version: 3 })
  expect((await edits()).map(({ changes }) => Object.keys(changes as object).sort())).toEqual([['address', 'company', 'country', 'email', 'vat'], ['country', 'email']])
})

it('an edit that changes nothing leaves no trace', async () => {
  const { body } = await get()
  const { version, ...rest } = body
  const before = await edits()
  expect([(await put(rest)).body, await edits()]).toEqual([{ ...rest, version }, before])
})

it('an edit of what somebody has changed meanwhile is refused with what there is now', async () => {
  const { body: current } = await get()
  const late = await put({ ...FULL, company: 'Late' }, { headers: { 'if-match': `"${Number(current['version']) - 1}"` } })
  expect([late.status, late.body.code, late.body['current']]).toEqual([412, 'version.conflict', current])
  expect((await put({ ...FULL, company: 'In time' }, { headers: { 'if-match': `"${String(current['version'])}"` } })).status).toBe(200)
})

it('everything that is wrong is said at once', async () => {
  const { status, body } = await put({ ...FULL, company: ' ', country: 'F1', email: 'nobody' })
  expect([status, body['issues']]).toMatchObject([400, [{ code: 'field.required', path: 'company' }]])
  const parsed = await put({ ...FULL, country: 'F1', email: 'nobody' })
  expect(parsed.body['issues']).toEqual([{ code: 'field.invalid', path: 'country' }, expect.objectContaining({ code: 'email.malformed', path: 'email' })])
})

it.each([['owner', 200, 200], ['billing', 200, 200], ['people', 403, 403], ['maria', 403, 403], ['stranger', 200, 200]] as const)('%s reads %i and edits %i, each their own', async (as, read, edit) => {
  const ours = (await get()).body
  expect([(await get(as)).status, (await put({ ...FULL, company: as }, { as })).status]).toEqual([read, edit])
  expect((await get()).body['company']).toBe(as === 'owner' || as === 'billing' ? as : ours['company'])
})
