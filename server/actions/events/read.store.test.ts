import { addUser, openTestServer, type TestServer } from '../../../tests/doubles/server'
import { addOrganization, changeScope, NOW } from '../../../tests/doubles/store'
import type { Permission } from '../../../shared/access/permissions'
import type { LogEvent } from '../../../shared/logs/logs.model'
import { newId } from '../../store/ids'
import type { EventPerson, NewEvent } from '../../store/events.model'

jest.setTimeout(60_000)

let server: TestServer
let acme: string
let globex: string
const ids: Record<string, string> = {}
const WATCHERS: Record<string, Permission[]> = { users: ['logs.view_users'], admins: ['logs.view_admins'], both: ['logs.view_users', 'logs.view_admins'] }

const person = (name: string): EventPerson => ({ id: ids[name] ?? null, email: `${name}@acme.example`, name })

beforeAll(async () => {
  server = await openTestServer()
  const { store } = server
  acme = await addOrganization(store, 'Acme')
  globex = await addOrganization(store, 'Globex')
  ids['owner'] = await addUser(store, acme, 'owner@acme.example', { role: 'org_admin', last_active_at: NOW })
  for (const name of ['maria', 'otto']) ids[name] = await addUser(store, acme, `${name}@acme.example`)
  await addUser(store, globex, 'owner@globex.example', { role: 'org_admin' })
  for (const [name, permissions] of Object.entries(WATCHERS)) {
    const roleId = newId()
    await store.system((db) => db.insertInto('roles').values({ organization_id: acme, id: roleId, name, permissions, created_at: NOW }).execute())
    ids[name] = await addUser(store, acme, `${name}@acme.example`, { role: 'custom', custom_role_id: roleId })
  }
  // Everybody's first sign-in is a line of its own, written before those that are counted.
  for (const name of Object.keys(ids)) await ask('/v1/me', name)
  await ask('/v1/me', 'owner', 'globex.example')
}, 60_000)
afterAll(() => server.close())

async function ask(url: string, name = 'owner', domain = 'acme.example') {
  const reply = await server.app.inject({ url, headers: { authorization: `Bearer ${await server.tokenFor(`${name}@${domain}`)}` } })
  return { status: reply.statusCode, body: reply.json() }
}

const record = (events: NewEvent[], now = NOW, organizationId = acme) => server.store.change(changeScope(organizationId, { now }), async ({ record: add }) => {
  events.forEach(add)
  return { ok: true, value: null }
})

const edited = (actor: string, subject: string, more: Partial<NewEvent> = {}): NewEvent =>
  ({ category: 'audit', kind: 'user.edited', ofAdmin: actor === 'owner', actor: person(actor), subjects: [person(subject)], ip: '203.0.113.7', target: { type: 'user', id: ids[subject] ?? null, label: subject }, ...more })

async function pages(query: string, name = 'owner'): Promise<LogEvent[]> {
  const items: LogEvent[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: { body: { items: LogEvent[]; next: string | null } } = await ask(`/v1/events?limit=3&${query}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, name)
    items.push(...body.items)
    cursor = body.next
  }
  return items
}

const labels = (events: LogEvent[]) => events.map(({ target }) => target?.label)

describe('who may read what', () => {
  const KINDS = 'kind=user.role_changed'
  beforeAll(() => record([
    { category: 'audit', kind: 'user.role_changed', ofAdmin: false, actor: person('maria'), subjects: [person('maria')], target: { type: 'user', id: null, label: 'own of maria' }, ip: '203.0.113.1' },
    { category: 'audit', kind: 'user.role_changed', ofAdmin: false, actor: person('otto'), subjects: [person('otto')], target: { type: 'user', id: null, label: 'own of otto' }, ip: '203.0.113.2' },
    { category: 'audit', kind: 'user.role_changed', ofAdmin: true, actor: person('owner'), subjects: [person('maria')], target: { type: 'user', id: null, label: 'owner to maria' }, ip: '203.0.113.3' },
    { category: 'audit', kind: 'user.role_changed', ofAdmin: true, actor: person('owner'), subjects: [], target: { type: 'user', id: null, label: 'own of owner' }, ip: '203.0.113.3' },
  ]))
  const MARIA = 'own of maria'
  const OTTO = 'own of otto'
  const ABOUT = 'owner to maria'
  const OWNER = 'own of owner'
  test.each([
    ['owner', [OWNER, ABOUT, OTTO, MARIA]], ['both', [OWNER, ABOUT, OTTO, MARIA]], ['users', [OTTO, MARIA]], ['admins', [OWNER, ABOUT]], ['maria', [ABOUT, MARIA]], ['otto', [OTTO]],
  ])('%s', async (name, expected) => {
    expect(labels(await pages(KINDS, name))).toEqual(expected)
  })

  test.each([['user'], ['actor']])('asking for somebody else by %s widens nothing', async (by) => {
    expect(labels(await pages(`${KINDS}&${by}=${ids['otto']}`, 'maria'))).toEqual([])
    expect(labels(await pages(`${KINDS}&${by}=owner@acme.example`, 'maria'))).toEqual([ABOUT])
    expect(labels(await pages(`${KINDS}&${by}=${ids['owner']}`, 'users'))).toEqual([])
  })

  test('another organization reads none of it', async () => {
    const { body } = await ask(`/v1/events?limit=200`, 'owner', 'globex.example')
    expect(JSON.stringify(body)).not.toContain('acme.example')
    expect((await ask(`/v1/events?user=${ids['maria']}`, 'owner', 'globex.example')).body.items).toEqual([])
  })

  test('who is only the subject does not learn where the actor was', async () => {
    const [about] = await pages(`${KINDS}&user=${ids['owner']}`, 'maria')
    expect(about).toMatchObject({ ip: null, target: { label: ABOUT } })
    expect(labels(await pages(`${KINDS}&ip=203.0.113.3`, 'maria'))).toEqual([])
    expect(labels(await pages(`${KINDS}&ip=203.0.113.1`, 'maria'))).toEqual([MARIA])
    expect(labels(await pages(`${KINDS}&ip=203.0.113.3`, 'admins'))).toEqual([OWNER, ABOUT])
  })
})

describe('the filter', () => {
  const OLD = new Date('2026-01-10T12:00:00.000Z')
  beforeAll(async () => {
    await record([edited('owner', 'otto', { kind: 'user.suspended', ip: '198.51.100.9', target: { type: 'user', id: null, label: 'Zoë Ñandú' } })], OLD)
    await record([
      { category: 'activity', kind: 'opened', ofAdmin: false, actor: { id: null, email: 'legal@partner.example', name: '' }, subjects: [person('maria')], target: { type: 'message', id: 'm1', label: 'Contract (draft)' }, messageId: 'm1', at: OLD },
      edited('owner', 'otto', { kind: 'user.restored', changes: { firstName: { from: 'Ottokar', to: 'Otto' } } }),
    ])
  })
  const cases: [string, string, string[]][] = [
    ['kind', 'kind=user.suspended', ['user.suspended']],
    ['several kinds', 'kind=user.suspended,opened', ['opened', 'user.suspended']],
    ['category', 'category=activity', ['opened']],
    ['ip', 'ip=198.51.100.9', ['user.suspended']],
    ['a period, by when it happened', 'from=2026-01-10T00:00:00Z&to=2026-01-11T00:00:00%2B01:00', ['opened', 'user.suspended']],
    ['text without its accents', 'q=ZOE%20nandu', ['user.suspended']],
    ['the beginning of a word', 'q=contr', ['opened']],
    ['a part of an address', 'q=partner', ['opened']],
    ['the value before a change', 'q=ottokar', ['user.restored']],
    ['an actor who was never a user', 'actor=legal@partner.example', ['opened']],
    ['text and category at once', 'q=maria&category=activity', ['opened']],
    ['text that is no word', 'q=%25%5F%27', []],
    ['somebody unknown', 'user=nobody@acme.example', []],
    ['something that is nobody', 'user=!!', []],
  ]
  test.each(cases)('by %s', async (_name, query, kinds) => {
    expect((await pages(query)).map(({ kind }) => kind)).toEqual(kinds)
  })

  test('by user finds actor and subjects alike, by id and by address', async () => {
    const byId = await pages(`user=${ids['otto']}`)
    expect(byId).toEqual(await pages('user=OTTO@acme.example'))
    expect(byId.every(({ actor, subjects }) => [actor, ...subjects].some(({ id }) => id === ids['otto']))).toBe(true)
    expect((await pages(`actor=${ids['owner']}&kind=user.restored`))).toHaveLength(1)
    expect((await pages(`actor=${ids['otto']}&kind=user.restored`))).toHaveLength(0)
  })

  test.each([['kind=user.exploded', 'field.not_an_option', 'kind'], ['from=yesterday', 'date.malformed', 'from'], ['category=all', 'field.not_an_option', 'category'], ['cursor=abc', 'cursor.invalid', 'cursor']])('%s is refused by name', async (query, code, path) => {
    expect(await ask(`/v1/events?${query}`)).toMatchObject({ status: 400, body: { code: 'request.invalid', issues: [{ code, path }] } })
  })

  test('a cursor works for its reader and filter alone', async () => {
    const { next } = (await ask('/v1/events?limit=1')).body
    expect((await ask(`/v1/events?limit=1&cursor=${encodeURIComponent(next)}`)).status).toBe(200)
    expect((await ask(`/v1/events?limit=1&kind=opened&cursor=${encodeURIComponent(next)}`)).status).toBe(400)
    expect((await ask(`/v1/events?limit=1&cursor=${encodeURIComponent(next)}`, 'both')).status).toBe(400)
  })
})

test('pages read while twelve write neither skip nor repeat', async () => {
  const organizationId = globex
  const read = async (): Promise<number[]> => {
    const sequences: number[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: { body: { items: LogEvent[]; next: string | null } } = await ask(`/v1/events?limit=7${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, 'owner', 'globex.example')
      sequences.push(...body.items.map(({ sequence }) => sequence))
      cursor = body.next
    }
    return sequences
  }
  const state = { isWriting: true }
  const writers = Promise.all(Array.from({ length: 12 }, async () => {
    for (let round = 0; round < 6; round += 1) await record(Array.from({ length: 1 + (round % 3) }, () => edited('owner', 'maria')), NOW, organizationId)
  })).then(() => { state.isWriting = false })
  let rounds = 0
  do {
    const sequences = await read()
    expect(sequences).toEqual(Array.from({ length: sequences[0] ?? 0 }, (_, index) => (sequences[0] ?? 0) - index))
    rounds += 1
  } while (state.isWriting)
  await writers
  expect((await read()).length).toBeGreaterThanOrEqual(12 * 12)
  expect(rounds).toBeGreaterThan(1)
})

describe('statistics', () => {
  const line = (kind: 'sent' | 'opened' | 'signed', sender: string, at: string): NewEvent =>
    ({ category: 'activity', kind, ofAdmin: sender === 'owner', actor: person(sender), subjects: [person(sender)], target: { type: 'message', id: 'm', label: 'Offer' }, messageId: 'm', at: new Date(at) })
  const PERIOD = 'from=2025-12-01T00:00:00Z&to=2026-01-01T00:00:00Z'
  beforeAll(async () => {
    await server.store.system((db) => db.updateTable('license_pools').set({ quantity: 1, assigned: 1 }).where('organization_id', '=', acme).where('plan', '=', 'pro').execute())
    await server.store.system((db) => db.insertInto('licenses').values({ organization_id: acme, user_id: ids['maria'] ?? '', plan: 'pro', state: 'active', assigned_at: NOW, activated_at: NOW }).execute())
    await record([line('sent', 'maria', '2025-12-01T10:00:00Z'), line('opened', 'maria', '2025-12-01T23:59:00Z'), line('opened', 'maria', '2025-12-02T00:00:00Z'), line('signed', 'owner', '2025-12-09T08:00:00Z')])
  })
  test.each([
    ['day', [['2025-12-01', 1, 1, 0], ['2025-12-02', 0, 1, 0], ['2025-12-09', 0, 0, 1]]],
    ['week', [['2025-12-01', 1, 2, 0], ['2025-12-08', 0, 0, 1]]],
    ['month', [['2025-12', 1, 2, 1]]],
    ['user', [['maria', 1, 2, 0], ['owner', 0, 0, 1]]],
    ['plan', [['pro', 1, 2, 0], ['', 0, 0, 1]]],
  ])('by %s', async (by, expected) => {
    const { body } = await ask(`/v1/events/statistics?by=${by}&${PERIOD}`)
    expect(body.points.map((point: { label: string; sent: number; opened: number; signed: number }) => [point.label, point.sent, point.opened, point.signed])).toEqual(expected)
    expect(body.totals).toEqual({ sent: 1, opened: 2, signed: 1 })
  })
  test('count only what the viewer may read', async () => {
    expect((await ask(`/v1/events/statistics?by=month&${PERIOD}`, 'users')).body.totals).toEqual({ sent: 1, opened: 2, signed: 0 })
    expect((await ask(`/v1/events/statistics?by=month&${PERIOD}`, 'otto')).body.totals).toEqual({ sent: 0, opened: 0, signed: 0 })
  })
})
