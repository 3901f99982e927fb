import { addOrganization, NOW } from '../../../tests/doubles/store'
import { addUser, openTestServer, OWN_SENDER, type TestServer } from '../../../tests/doubles/server'
import { USER_SORTS, type User } from '../../../shared/users/users.model'

let server: TestServer
let acme: string
let globex: string
let tokens: Record<'owner' | 'billing' | 'people' | 'maria' | 'stranger', string>

const PEOPLE = 60

beforeAll(async () => {
  server = await openTestServer()
  acme = await addOrganization(server.store, 'Acme')
  globex = await addOrganization(server.store, 'Globex')
  const { store } = server
  await addUser(store, acme, 'owner@acme.example', { role: 'org_admin', first_name: 'Olive' })
  await addUser(store, acme, 'billing@acme.example', { role: 'billing_admin' })
  await addUser(store, acme, 'people@acme.example', { role: 'user_admin' })
  await addUser(store, acme, 'maria@acme.example', { first_name: 'Émilie', last_name: 'Lefèvre 100%' })
  await addUser(store, globex, 'owner@globex.example', { role: 'org_admin' })
  await addUser(store, acme, 'gone@acme.example', { status: 'removed', removed_at: NOW })
  for (let n = 0; n < PEOPLE; n++) {
    await addUser(store, acme, `u${n}@acme.example`, {
      first_name: `Same${n % 7}`, status: n % 10 === 0 ? 'pending' : 'active', activated_at: n % 10 === 0 ? null : NOW,
      last_active_at: n % 3 === 0 ? null : new Date(NOW.getTime() - (n % 5) * 1000), created_at: new Date(NOW.getTime() - (n % 4) * 1000),
    })
  }
  await store.system((db) => db.updateTable('license_pools').set({ quantity: 5, assigned: 1 }).where('organization_id', '=', acme).where('plan', '=', 'eco').execute())
  const maria = await store.system((db) => db.selectFrom('users').select('id').where('email', '=', 'maria@acme.example').executeTakeFirstOrThrow())
  await store.system((db) => db.insertInto('licenses').values({ organization_id: acme, user_id: maria.id, plan: 'eco', state: 'assigned', assigned_at: NOW }).execute())
  const [owner, billing, people, mariaToken, stranger] = await Promise.all(['owner@acme.example', 'billing@acme.example', 'people@acme.example', 'maria@acme.example', 'owner@globex.example'].map((email) => server.tokenFor(email)))
  tokens = { owner: owner ?? '', billing: billing ?? '', people: people ?? '', maria: mariaToken ?? '', stranger: stranger ?? '' }
  // Everybody has been here before, so that signing in moves nobody's last activity while a test pages.
  for (const token of Object.values(tokens)) await server.app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${token}` } })
}, 60_000)
afterAll(() => server.close())

const ask = async (url: string, token = tokens.owner) => {
  const reply = await server.app.inject({ url, headers: { authorization: `Bearer ${token}` } })
  return { status: reply.statusCode, body: reply.json() }
}

const all = async (query: string): Promise<User[]> => {
  const items: User[] = []
  let cursor: string | null = null
  do {
    const { body }: { body: { items: User[]; next: string | null } } = await ask(`/v1/users?limit=7&${query}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
    items.push(...body.items)
    cursor = body.next
  } while (cursor !== null)
  return items
}

describe('the users list', () => {
  it.each(USER_SORTS)('by %s comes in pages that neither skip nor repeat anybody', async (sort) => {
    const users = await all(`sort=${sort}`)
    expect(users).toHaveLength(PEOPLE + 4)
    expect(new Set(users.map(({ id }) => id)).size).toBe(PEOPLE + 4)
    const whole = (await ask(`/v1/users?limit=200&sort=${sort}`)).body
    expect(users.map(({ id }) => id)).toEqual(whole.items.map(({ id }: User) => id))
    expect(whole.total).toBe(PEOPLE + 4)
  })

  it.each(['last_active', '-last_active'])('by %s ends with those who were never active', async (sort) => {
    const users = await all(`sort=${sort}`)
    expect(users.slice(-20).map(({ lastActiveAt }) => lastActiveAt)).toEqual(Array.from({ length: 20 }, () => null))
  })

  it.each([
    ['q=LEFEVRE', 1], ['q=emilie%20lef', 1], ['q=100%25', 1], ['q=%25', 1], ['q=_', 0], ['q=nobody', 0], ['q=u5', 11],
    ['status=pending', 6], ['status=removed', 1], ['role=org_admin', 1], ['role=member', PEOPLE + 1], ['role=00000000-0000-7000-8000-000000000000', 0], ['role=chief', 0],
    ['plan=eco', 1], ['plan=none', PEOPLE + 3], ['domain=ACME.example', PEOPLE + 4], ['domain=globex.example', 0], ['workspace=nowhere', 0], ['never_activated=true', 7], ['q=u&status=pending&never_activated=true', 6],
  ])('finds by %s: %d', async (query, count) => {
    expect(await all(query)).toHaveLength(count)
    expect((await ask(`/v1/users?limit=1&${query}`)).body.total).toBe(count)
  })

  it('tells shared abilities once, and each row only its differences', async () => {
    const { body } = await ask('/v1/users?limit=200')
    const own = body.items.find(({ email }: User) => email === 'owner@acme.example')
    expect(body.abilities).toMatchObject({ 'user.view': true, 'user.edit': true })
    expect(own.abilities['user.remove']).toBe('access.own_row')
    for (const item of body.items) for (const ability of Object.keys(item.abilities)) expect(body.abilities).not.toHaveProperty([ability])
  })

  it('is for who may see users, and never shows another organization', async () => {
    expect((await ask('/v1/users', tokens.maria)).body.code).toBe('access.denied')
    for (const token of [tokens.billing, tokens.people]) expect((await ask('/v1/users?limit=1', token)).body.total).toBe(PEOPLE + 4)
    expect((await ask('/v1/users', tokens.stranger)).body.items.map(({ email }: User) => email)).toEqual(['owner@globex.example'])
  })

  it('takes no cursor of another list, filter or organization', async () => {
    const { next } = (await ask('/v1/users?limit=2')).body
    for (const [query, token] of [['limit=2', tokens.stranger], ['limit=2&q=u', tokens.owner], ['limit=2&sort=email', tokens.owner]] as const) {
      expect((await ask(`/v1/users?${query}&cursor=${encodeURIComponent(next)}`, token)).body.issues).toEqual([{ code: 'cursor.invalid', path: 'cursor' }])
    }
    for (const cursor of ['x', `${next}x`, '..', next.split('.')[0]]) expect((await ask(`/v1/users?limit=2&cursor=${encodeURIComponent(cursor)}`)).status).toBe(400)
  })
})

describe('one user', () => {
  it('is answered alike when absent, of another organization, or hidden from who asks', async () => {
    const [maria] = await all('q=maria')
    const [other] = (await ask('/v1/users', tokens.stranger)).body.items
    const absent = '01890000-0000-7000-8000-00000000abcd'
    for (const [id, token] of [[absent, tokens.owner], [other.id, tokens.owner], [maria?.id, tokens.stranger], ['not-an-id', tokens.owner]] as const) expect(await ask(`/v1/users/${id}`, token)).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect((await ask(`/v1/users/${maria?.id}`, tokens.maria)).body).toMatchObject({ email: 'maria@acme.example', license: { plan: 'eco', state: 'assigned' }, plan: 'eco' })
    const [owner] = await all('role=org_admin')
    expect((await ask(`/v1/users/${owner?.id}`, tokens.maria)).status).toBe(404)
  })
})

describe('the people of the open mail', () => {
  const context = async (token: string, emails: string[], more: object = {}) => {
    const reply = await server.app.inject({ method: 'POST', url: '/v1/context', headers: { authorization: `Bearer ${token}` }, payload: { emails, ...more } })
    return reply.json()
  }

  it('are known by address whatever its case, once each; strangers and what is no address are told too', async () => {
    const body = await context(tokens.owner, ['MARIA@acme.example', 'maria@ACME.example', 'new@partner.example', 'x@gmail.com', 'nonsense', 'a@x.example, b@y.example'])
    expect(body.people.map((person: { address: string; user: User | null; domain: { state: string } }) => [person.address.toLowerCase(), person.user?.email ?? null, person.domain.state])).toEqual([
      ['maria@acme.example', 'maria@acme.example', 'unclaimed'], ['new@partner.example', null, 'unclaimed'], ['x@gmail.com', null, 'public'],
    ])
    expect(body.unreadable).toEqual(['nonsense', 'a@x.example, b@y.example'])
    expect(body.pools.map(({ plan }: { plan: string }) => plan)).toEqual(['eco', 'advanced', 'pro'])
    expect(body.viewer.user.email).toBe('owner@acme.example')
  })

  it('of another organization are strangers, and a member recognizes only themselves', async () => {
    expect((await context(tokens.owner, ['owner@globex.example'])).people[0].user).toBeNull()
    const body = await context(tokens.maria, ['owner@acme.example', 'maria@acme.example'])
    expect(body.people.map(({ user }: { user: User | null }) => user?.email ?? null)).toEqual([null, 'maria@acme.example'])
    expect(body.pools).toEqual([])
  })

  it('do not hold our own sender, who is nobody to be added, unless it is one of the people', async () => {
    const asked = async () => (await context(tokens.owner, ['No-Reply@orgdesk.example', 'new@partner.example'])).people.map(({ address }: { address: string }) => address.toLowerCase())
    expect(await asked()).toEqual(['new@partner.example'])
    await addUser(server.store, acme, OWN_SENDER)
    expect(await asked()).toEqual([OWN_SENDER, 'new@partner.example'])
  })

  it('are nobody for an identity without a user', async () => {
    const body = await context(await server.tokenFor('nobody@nowhere.example'), ['maria@acme.example'], { activationToken: 'x'.repeat(43) })
    expect([body.people, body.message, body.activation, body.pools, body.viewer.user]).toEqual([[], null, null, [], null])
  })
})

describe('the viewer', () => {
  it.each([['owner', 'org_admin', true], ['billing', 'billing_admin', 'access.denied'], ['people', 'user_admin', true], ['maria', 'member', 'access.denied']] as const)('%s learns their role, permissions and abilities', async (who, role, mayAdd) => {
    const { body } = await ask('/v1/me', tokens[who])
    expect([body.user.role, body.abilities['users.add'], body.organization.name]).toEqual([role, mayAdd, 'Acme'])
    expect(body.own['user.remove']).not.toBe(true)
  })
})
