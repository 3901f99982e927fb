import { mailsOf, seatsOf, setQuantity } from '../../../tests/doubles/licenses'
import { addUser, openTestServer, type TestServer } from '../../../tests/doubles/server'
import { addOrganization, NOW } from '../../../tests/doubles/store'

jest.setTimeout(60_000)

let server: TestServer
let acme: string
let globex: string
let ids: Record<'owner' | 'people' | 'maria' | 'luc' | 'pending' | 'away' | 'stranger', string>
const tokens = new Map<string, string>()

beforeAll(async () => { server = await openTestServer() }, 60_000)
afterAll(() => server.close())
beforeEach(async () => {
  acme = await addOrganization(server.store, 'Acme')
  globex = await addOrganization(server.store, 'Globex')
  // Each test has people of its own: an identity leads to the organization that it was last used in.
  const at = `${acme}.example`
  const add = (name: string, more: object = {}) => addUser(server.store, acme, `${name}@${at}`, more)
  ids = {
    owner: await add('owner', { role: 'org_admin' }), people: await add('people', { role: 'user_admin' }), maria: await add('maria', { first_name: 'Maria', language: 'fr' }), luc: await add('luc'),
    pending: await add('pending', { status: 'pending', activated_at: null }), away: await add('away', { status: 'suspended' }), stranger: await addUser(server.store, globex, `stranger@${at}`),
  }
  for (const name of ['owner', 'people', 'maria']) tokens.set(name, await server.tokenFor(`${name}@${at}`))
  await setQuantity(server.store, acme, 'eco', 10)
  await setQuantity(server.store, acme, 'pro', 1)
})

type Sent = { status: number; body: Record<string, never> & { code?: string; plan?: { count: number; consequences: { code: string }[]; refused: { code: string }[]; seats: unknown[] }; digest?: string; license?: { plan: string; state: string } | null } }
const send = async (method: 'PUT' | 'DELETE' | 'POST', path: string, payload?: object, headers: Record<string, string> = {}, who = 'owner'): Promise<Sent> => {
  const reply = await server.app.inject({ method, url: `/v1/users/${path}`, payload, headers: { authorization: `Bearer ${tokens.get(who)}`, ...headers } })
  return { status: reply.statusCode, body: reply.json() }
}
const events = async () => (await server.store.read(acme, (db) => db.selectFrom('events').selectAll().where('organization_id', '=', acme).where('category', '=', 'audit').orderBy('sequence').execute())).filter(({ kind }) => !kind.startsWith('identity'))

it('a license is assigned with its seat, its event and the activation link', async () => {
  const { status, body } = await send('PUT', `${ids.maria}/license`, { plan: 'eco' })
  expect([status, body.license]).toEqual([200, { plan: 'eco', state: 'assigned', assignedAt: NOW.toISOString(), activatedAt: null }])
  expect(await seatsOf(server.store, acme, 'eco')).toEqual({ counted: 1, held: 1 })
  expect((await events()).map(({ kind, target_id: target, changes }) => ({ kind, target, changes }))).toEqual([
    { kind: 'license.assigned', target: ids.maria, changes: { license: { from: null, to: 'eco' } } },
    { kind: 'activation.sent', target: ids.maria, changes: { expiresAt: { from: null, to: '2026-03-09T09:00:00.000Z' } } },
  ])
  const [mail] = await mailsOf(server.store, acme)
  expect(mail).toMatchObject({ kind: 'activation', to_email: `maria@${acme}.example`, language: 'fr', params: { organization: 'Acme', plan: 'eco' } })
})

it('without the setting, no link goes out', async () => {
  await server.store.system((db) => db.updateTable('organizations').set({ settings: JSON.stringify({ sendActivationOnAssign: false }) }).where('id', '=', acme).execute())
  const planned = await send('PUT', `${ids.maria}/license?dry_run=true`, { plan: 'eco' })
  expect(planned.body.plan?.consequences.map(({ code }) => code)).toEqual(['plan.license_assigned'])
  await send('PUT', `${ids.maria}/license`, { plan: 'eco' })
  expect(await mailsOf(server.store, acme)).toEqual([])
})

it('a dry run changes nothing, and its digest admits exactly what it showed', async () => {
  const planned = await send('PUT', `${ids.maria}/license?dry_run=true`, { plan: 'pro' })
  expect(planned).toMatchObject({ status: 200, body: { plan: { kind: 'license.assign', count: 1, seats: [{ plan: 'pro', takes: 1, available: 1 }] } } })
  expect(await seatsOf(server.store, acme, 'pro')).toEqual({ counted: 0, held: 0 })
  expect((await send('PUT', `${ids.maria}/license`, { plan: 'pro' }, { 'plan-digest': planned.body.digest ?? '' })).status).toBe(200)
})

it('a plan that no longer holds comes back as the new plan', async () => {
  const planned = await send('PUT', `${ids.maria}/license?dry_run=true`, { plan: 'pro' })
  await send('PUT', `${ids.luc}/license`, { plan: 'pro' })
  const late = await send('PUT', `${ids.maria}/license`, { plan: 'pro' }, { 'plan-digest': planned.body.digest ?? '' })
  expect(late).toMatchObject({ status: 409, body: { code: 'plan.changed', plan: { count: 0, refused: [{ code: 'license.none_left' }] } } })
  expect((await send('DELETE', `${ids.luc}/license`, undefined, { 'plan-digest': 'another' })).body.code).toBe('plan.changed')
})

it('changing the plan keeps the state, moves both seats, and tells the user', async () => {
  await send('PUT', `${ids.maria}/license`, { plan: 'eco' })
  const { body } = await send('PUT', `${ids.maria}/license`, { plan: 'pro' })
  expect(body.license).toMatchObject({ plan: 'pro', state: 'assigned' })
  expect([await seatsOf(server.store, acme, 'eco'), await seatsOf(server.store, acme, 'pro')]).toEqual([{ counted: 0, held: 0 }, { counted: 1, held: 1 }])
  expect((await mailsOf(server.store, acme, 'license_changed'))[0]).toMatchObject({ params: { from: 'eco', to: 'pro' }, language: 'fr' })
})

it('removing frees the seat and ends the link of somebody who is in already', async () => {
  await send('PUT', `${ids.maria}/license`, { plan: 'eco' })
  expect((await send('DELETE', `${ids.maria}/license`)).body.license).toBeNull()
  expect(await seatsOf(server.store, acme, 'eco')).toEqual({ counted: 0, held: 0 })
  const [link] = await server.store.asOwner('select expires_at from activation_links where user_id = $1', [ids.maria])
  expect(link).toEqual({ expires_at: NOW })
})

it('removing leaves the invitation of a pending user standing, without a license', async () => {
  await send('PUT', `${ids.pending}/license`, { plan: 'eco' })
  await send('DELETE', `${ids.pending}/license`)
  const [link] = await server.store.asOwner('select expires_at > $2 as open from activation_links where user_id = $1', [ids.pending, NOW])
  expect(link).toEqual({ open: true })
})

it('a transfer moves the license, takes no seat, and starts anew for the other', async () => {
  await send('PUT', `${ids.maria}/license`, { plan: 'pro' })
  const planned = await send('POST', `${ids.maria}/license/transfer?dry_run=true`, { toUserId: ids.luc })
  expect(planned.body.plan?.consequences.map(({ code }) => code)).toEqual(['plan.license_transferred', 'plan.activation_sent'])
  const { status, body } = await send('POST', `${ids.maria}/license/transfer`, { toUserId: ids.luc }, { 'plan-digest': planned.body.digest ?? '' })
  expect([status, body]).toMatchObject([200, { from: { license: null }, to: { license: { plan: 'pro', state: 'assigned' } } }])
  expect(await seatsOf(server.store, acme, 'pro')).toEqual({ counted: 1, held: 1 })
  expect((await events()).find(({ kind }) => kind === 'license.transferred')?.subjects.map(({ id }) => id)).toEqual([ids.maria, ids.luc])
})

describe('what is refused changes nothing and says why', () => {
  it.each([
    ['no seat is left', 'PUT', () => [`${ids.luc}/license`, { plan: 'pro' }], 409, 'license.none_left'],
    ['no license is bought', 'PUT', () => [`${ids.luc}/license`, { plan: 'advanced' }], 409, 'license.none_left'],
    ['there is no such plan', 'PUT', () => [`${ids.luc}/license`, { plan: 'gold' }], 400, 'request.invalid'],
    ['it is the same plan', 'PUT', () => [`${ids.maria}/license`, { plan: 'pro' }], 409, 'license.same_plan'],
    ['there is none to remove', 'DELETE', () => [`${ids.luc}/license`], 409, 'license.absent'],
    ['the other has one', 'POST', () => [`${ids.maria}/license/transfer`, { toUserId: ids.maria }], 409, 'user.already_licensed'],
    ['nobody gives', 'POST', () => [`${ids.luc}/license/transfer`, { toUserId: ids.maria }], 409, 'license.absent'],
    ['the user is somebody else’s', 'PUT', () => [`${ids.stranger}/license`, { plan: 'eco' }], 404, 'not_found'],
    ['the user is nobody', 'PUT', () => ['01890000-0000-7000-8000-00000000ffff/license', { plan: 'eco' }], 404, 'not_found'],
    ['a stale version', 'PUT', () => [`${ids.luc}/license`, { plan: 'eco' }, { 'if-match': '"9"' }], 412, 'version.conflict'],
  ] as const)('%s', async (_why, method, request, status, code) => {
    await send('PUT', `${ids.maria}/license`, { plan: 'pro' })
    const before = (await events()).length
    const [path, payload, headers] = request() as [string, object?, Record<string, string>?]
    const reply = await send(method, path, payload, headers)
    expect([reply.status, reply.body.code]).toEqual([status, code])
    expect((await events()).length).toBe(before)
  })

  it.each([['people', 'owner', 403, 'access.members_only'], ['people', 'maria', 200, undefined], ['maria', 'luc', 403, 'access.denied'], ['maria', 'maria', 403, 'access.denied']] as const)('%s on %s', async (who, whom, status, code) => {
    const reply = await send('PUT', `${ids[whom]}/license`, { plan: 'eco' }, {}, who)
    expect([reply.status, reply.body.code]).toEqual([status, code])
  })

  it('who has no right is shown no plan either', async () => {
    expect((await send('PUT', `${ids.luc}/license?dry_run=true`, { plan: 'eco' }, {}, 'maria')).body).toMatchObject({ code: 'access.denied' })
  })
})

it('the same request, sent again, is answered again and done once', async () => {
  const again = () => send('PUT', `${ids.maria}/license`, { plan: 'eco' }, { 'idempotency-key': 'k1' })
  const [first, second] = [await again(), await again()]
  expect(second).toEqual(first)
  expect((await events()).filter(({ kind }) => kind === 'license.assigned')).toHaveLength(1)
})

it('those who can buy are warned at 80 and at 100 percent, once for each crossing', async () => {
  await setQuantity(server.store, acme, 'advanced', 5)
  const people = await Promise.all(Array.from({ length: 5 }, (_, n) => addUser(server.store, acme, `u${n}@${acme}.example`)))
  const warned: number[] = []
  const count = async () => warned.push((await mailsOf(server.store, acme, 'licenses_low')).length)
  for (const id of people) {
    await send('PUT', `${id}/license`, { plan: 'advanced' })
    await count()
  }
  await send('DELETE', `${people[0]}/license`)
  await count()
  await send('PUT', `${people[0]}/license`, { plan: 'advanced' })
  await count()
  expect(warned).toEqual([0, 0, 0, 1, 2, 2, 3])
  expect((await mailsOf(server.store, acme, 'licenses_low')).map(({ to_email: to, params }) => [to, params['available']])).toEqual([[`owner@${acme}.example`, 0], [`owner@${acme}.example`, 0], [`owner@${acme}.example`, 1]])
})

describe('a link', () => {
  const resend = (who = 'owner', whom = ids.pending) => send('POST', `${whom}/activation-link`, undefined, {}, who)

  it('sent again kills the earlier one and renews the time', async () => {
    await resend()
    server.setNow(new Date(NOW.getTime() + 86_400_000))
    expect((await resend()).body).toEqual({ expiresAt: '2026-03-10T09:00:00.000Z' })
    server.setNow(NOW)
    expect(await server.store.asOwner('select replaced_at is null as open from activation_links where user_id = $1 order by created_at', [ids.pending])).toEqual([{ open: false }, { open: true }])
  })

  it('goes to one person five times an hour', async () => {
    for (let n = 0; n < 5; n++) expect((await resend()).status).toBe(200)
    const reply = await server.app.inject({ method: 'POST', url: `/v1/users/${ids.pending}/activation-link`, headers: { authorization: `Bearer ${tokens.get('owner')}` } })
    expect([reply.statusCode, reply.json().code, reply.headers['retry-after']]).toEqual([429, 'limit.reached', '3600'])
    server.setNow(new Date(NOW.getTime() + 3_600_001))
    expect((await resend()).status).toBe(200)
    server.setNow(NOW)
  })

  it.each([['away', 'user.suspended', 409], ['luc', 'license.absent', 409], ['stranger', 'not_found', 404]] as const)('is not sent to %s', async (whom, code, status) => {
    expect(await resend('owner', ids[whom])).toMatchObject({ status, body: { code } })
  })
  it.each([['maria', 'pending', 403, 'access.denied'], ['people', 'pending', 200, undefined], ['people', 'owner', 403, 'access.members_only']] as const)('is sent by those who may: %s to %s', async (who, whom, status, code) => {
    const reply = await resend(who, ids[whom])
    expect([reply.status, reply.body.code]).toEqual([status, code])
  })
})
