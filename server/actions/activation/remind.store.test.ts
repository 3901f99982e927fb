import { mailsOf, setQuantity, tokenMailedTo } from '../../../tests/doubles/licenses'
import { addUser, openTestServer, type TestServer } from '../../../tests/doubles/server'
import { addOrganization, NOW } from '../../../tests/doubles/store'
import { newId } from '../../store/ids'
import { remindOfLinks } from './remind'

jest.setTimeout(60_000)

const DAY_MS = 86_400_000
let server: TestServer
let acme: string

beforeAll(async () => {
  server = await openTestServer()
  acme = await addOrganization(server.store, 'Acme')
  await setQuantity(server.store, acme, 'eco', 5)
  await addUser(server.store, acme, 'owner@acme.example', { role: 'org_admin', first_name: 'Olga', last_name: 'Weber' })
  const owner = await server.tokenFor('owner@acme.example')
  for (const name of ['nina', 'noah', 'luc']) {
    const id = await addUser(server.store, acme, `${name}@acme.example`, { status: 'pending', activated_at: null, language: 'fr' })
    await server.app.inject({ method: 'PUT', url: `/v1/users/${id}/license`, payload: { plan: 'eco' }, headers: { authorization: `Bearer ${owner}` } })
  }
  await server.app.inject({ method: 'POST', url: '/v1/activations/redeem', payload: { token: await tokenMailedTo(server.store, acme, 'luc@acme.example') }, headers: { authorization: `Bearer ${await server.tokenFor('luc@acme.example')}` } })
}, 60_000)
afterAll(() => server.close())

const remindOn = async (days: number) => {
  const now = new Date(NOW.getTime() + days * DAY_MS)
  server.setNow(now)
  await remindOfLinks({ store: server.store, clock: () => now, newId })
  return (await mailsOf(server.store, acme, 'activation_reminder')).map(({ to_email: to }) => to).sort()
}

it('everybody who has not come is reminded once, two days before the end, with a link that works as long as the first and names who invited them', async () => {
  const earlier = await tokenMailedTo(server.store, acme, 'nina@acme.example')
  expect(await remindOn(4.9)).toEqual([])
  expect(await remindOn(5)).toEqual(['nina@acme.example', 'noah@acme.example'])
  expect(await remindOn(6)).toEqual(['nina@acme.example', 'noah@acme.example'])
  const lookup = async (token: string) => (await server.app.inject({ method: 'POST', url: '/v1/activations/lookup', payload: { token } })).json()
  expect(await lookup(await tokenMailedTo(server.store, acme, 'nina@acme.example'))).toMatchObject({ organization: 'Acme', inviter: 'Olga Weber', plan: 'eco', expiresAt: '2026-03-09T09:00:00.000Z' })
  expect(await lookup(earlier)).toMatchObject({ code: 'activation.replaced' })
  expect((await mailsOf(server.store, acme, 'activation_reminder')).map(({ params }) => params)).toMatchObject([{ inviter: 'Olga Weber' }, { inviter: 'Olga Weber' }])
  expect(await remindOn(8)).toHaveLength(2)
})
