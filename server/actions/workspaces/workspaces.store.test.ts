import { ABSENT, match, openCompany, type Company } from '../../../tests/doubles/company'
import type { Contact, Workspace } from '../../../shared/workspaces/workspaces.model'

let server: Company['server']
let acme: string
let ids: Company['ids']
let send: Company['send']
let lastEvent: Company['lastEvent']
const PEOPLE = { owner: 'org_admin', billing: 'billing_admin', people: 'user_admin', maria: 'member', luc: 'member' } as const

beforeAll(async () => { ({ server, acme, ids, send, lastEvent } = await openCompany(PEOPLE)) }, 60_000)
afterAll(() => server.close())

type Body = Record<string, unknown>
const addWorkspace = async (name: string): Promise<Workspace> => (await send('owner', 'POST', '/workspaces', { name })).body
const addContact = async (workspaceId: string, email: string, more: Body = {}): Promise<Contact> => (await send('owner', 'POST', '/contacts', { email, workspaceId, ...more })).body
const join = (workspaceId: string, user: string) => send('owner', 'PUT', `/workspaces/${workspaceId}/members/${ids[user]}`)
const countEvents = async () => Number((await server.store.asOwner('select count(*) as n from events where organization_id = $1', [acme]))[0]?.['n'])

describe('who may do what with workspaces and contacts', () => {
  const DOES = {
    'see workspaces': ['GET', '/workspaces'], 'see contacts': ['GET', '/contacts'],
    'add a workspace': ['POST', '/workspaces', { name: 'Sales' }], 'rename one': ['PATCH', `/workspaces/${ABSENT}`, { name: 'x' }], 'remove one': ['DELETE', `/workspaces/${ABSENT}`],
    'assign one': ['PUT', `/workspaces/${ABSENT}/members/${ABSENT}`], 'take somebody out': ['DELETE', `/workspaces/${ABSENT}/members/${ABSENT}`],
    'save a contact': ['POST', '/contacts', { email: 'nobody', workspaceId: ABSENT }], 'edit one of the contacts': ['PATCH', `/contacts/${ABSENT}`, { name: 'x' }], 'remove a contact': ['DELETE', `/contacts/${ABSENT}`],
    'hand contacts over': ['POST', '/contacts/reassign', { fromUserId: ABSENT, toUserId: null }],
  } as const
  const cells = (Object.keys(DOES) as (keyof typeof DOES)[]).flatMap((what) => (Object.keys(PEOPLE) as (keyof typeof PEOPLE)[]).map((who) => [who, what] as const))
  it.each(cells)('%s: %s', async (who, what) => {
    const [method, url, body] = DOES[what]
    const { code } = await send(who, method, url, body, method === 'PATCH' ? match(1) : {})
    const isAllowed = what.startsWith('see') || who === 'owner' || who === 'people'
    expect(code === 'access.denied').toBe(!isAllowed)
  })

  it('a member sees only the workspaces that they are a member of, and changes none', async () => {
    const [open, closed] = [await addWorkspace('Open to Maria'), await addWorkspace('Closed to Maria')]
    const contact = await addContact(open.id, 'seen@partner.example')
    const hidden = await addContact(closed.id, 'unseen@partner.example')
    await join(open.id, 'maria')
    expect((await send('maria', 'GET', '/workspaces')).body).toMatchObject({ items: [{ id: open.id, members: 1, contacts: 1, abilities: { 'workspace.edit': 'access.denied' } }], total: 1 })
    expect((await send('maria', 'GET', '/contacts')).body.items.map(({ id }: Contact) => id)).toEqual([contact.id])
    expect([(await send('maria', 'GET', `/workspaces/${open.id}`)).status, (await send('maria', 'GET', `/workspaces/${closed.id}`)).status, (await send('maria', 'GET', `/workspaces/${ABSENT}`)).status]).toEqual([200, 404, 404])
    expect([(await send('maria', 'GET', `/contacts/${contact.id}`)).status, (await send('maria', 'GET', `/contacts/${hidden.id}`)).status]).toEqual([200, 404])
    expect((await send('maria', 'PATCH', `/workspaces/${open.id}`, { name: 'Mine' }, match(1))).code).toBe('access.denied')
    expect((await send('billing', 'GET', '/workspaces')).body.total).toBeGreaterThan(1)
  })
})

describe('a workspace', () => {
  it('has a name that is unique whatever its case and accents', async () => {
    const first = await addWorkspace('Équipe Nord')
    expect(first).toMatchObject({ name: 'Équipe Nord', version: 1, members: 0, contacts: 0 })
    expect((await send('owner', 'POST', '/workspaces', { name: 'EQUIPE  nord'.replace('  ', ' ') })).code).toBe('workspace.exists')
    const other = await addWorkspace('Équipe Sud')
    expect((await send('owner', 'PATCH', `/workspaces/${other.id}`, { name: 'equipe nord' }, match(1))).code).toBe('workspace.exists')
    expect((await send('owner', 'PATCH', `/workspaces/${first.id}`, { name: 'équipe nord' }, match(1))).body).toMatchObject({ name: 'équipe nord', version: 2 })
    expect((await send('owner', 'POST', '/workspaces', { name: '  ' })).body.issues).toEqual([{ code: 'field.required', path: 'name', params: { limit: 1 } }])
  })

  it('renamed by two at once keeps the first name and shows it to the second', async () => {
    const { id } = await addWorkspace('Race')
    const replies = await Promise.all(['Left', 'Right'].map((name) => send('owner', 'PATCH', `/workspaces/${id}`, { name }, match(1))))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412])
    const won = replies.find(({ status }) => status === 200)?.body
    const lost = replies.find(({ status }) => status === 412)
    expect([lost?.code, lost?.body.current]).toEqual(['version.conflict', won])
    expect((await send('owner', 'PATCH', `/workspaces/${id}`, { name: 'x' })).code).toBe('version.required')
    expect(await lastEvent('workspace.edited')).toMatchObject({ target_label: won.name, changes: { name: { from: 'Race', to: won.name } } })
  })

  it('takes in anybody of the organization, administrators too, by a user administrator', async () => {
    const { id } = await addWorkspace('For all')
    for (const user of ['owner', 'billing', 'maria']) expect((await send('people', 'PUT', `/workspaces/${id}/members/${ids[user]}`)).status).toBe(200)
    expect((await send('people', 'PUT', `/workspaces/${id}/members/${ids['maria']}`)).body).toMatchObject({ members: 3 })
    expect((await send('owner', 'GET', `/users?workspace=${id}`)).body.total).toBe(3)
    const event = await lastEvent('user.workspaces_changed')
    expect(event).toMatchObject({ target_label: 'maria@acme.example', of_admin: true, subjects: [{ id: ids['maria'] }] })
    const { from, to } = event.changes['workspaces'] as { from: string[]; to: string[] }
    expect(to.filter((name) => !from.includes(name))).toEqual(['For all'])
  })

  it('logs no second joining or leaving', async () => {
    const { id } = await addWorkspace('Twice')
    await join(id, 'luc')
    const before = await countEvents()
    await join(id, 'luc')
    expect(await countEvents()).toBe(before)
    await send('owner', 'DELETE', `/workspaces/${id}/members/${ids['luc']}`)
    expect((await send('owner', 'DELETE', `/workspaces/${id}/members/${ids['luc']}`)).body).toMatchObject({ members: 0 })
    expect(await countEvents()).toBe(before + 1)
  })

  it('is left with the contacts that were the leaver’s becoming nobody’s', async () => {
    const { id } = await addWorkspace('Leaving')
    await join(id, 'luc')
    const contact = await addContact(id, 'client@partner.example', { assignedTo: ids['luc'] })
    expect(contact.assignedTo?.email).toBe('luc@acme.example')
    await send('owner', 'DELETE', `/workspaces/${id}/members/${ids['luc']}`)
    expect((await send('owner', 'GET', `/contacts/${contact.id}`)).body.assignedTo).toBeNull()
  })

  it('is removed as its plan said: members leave, contacts go', async () => {
    const { id } = await addWorkspace('To remove')
    await join(id, 'luc')
    const contact = await addContact(id, 'gone@partner.example')
    const { body: shown } = await send('owner', 'DELETE', `/workspaces/${id}?dry_run=true`)
    expect(shown.plan.consequences).toEqual([{ code: 'plan.members_leave', params: { count: 1 }, tone: 'warning' }, { code: 'plan.contacts_removed', params: { count: 1 }, tone: 'danger' }])
    await join(id, 'maria')
    const changed = await send('owner', 'DELETE', `/workspaces/${id}`, undefined, { 'plan-digest': shown.digest })
    expect([changed.code, changed.body.plan.consequences[0].params.count]).toEqual(['plan.changed', 2])
    expect((await send('owner', 'DELETE', `/workspaces/${id}`, undefined, { 'plan-digest': changed.body.digest })).status).toBe(204)
    expect([(await send('owner', 'GET', `/workspaces/${id}`)).status, (await send('owner', 'GET', `/contacts/${contact.id}`)).status]).toEqual([404, 404])
    expect((await lastEvent('workspace.removed')).changes).toMatchObject({ members: { from: ['luc@acme.example', 'maria@acme.example'], to: [] }, contacts: { from: 1, to: 0 } })
  })
})

describe('a contact', () => {
  it('is an address, once in a workspace, assigned to a member of it', async () => {
    const [one, two] = [await addWorkspace('Contacts 1'), await addWorkspace('Contacts 2')]
    await join(one.id, 'luc')
    const contact = await addContact(one.id, 'Zoe@Partner.example', { name: 'Zoé' })
    expect(contact).toMatchObject({ email: 'Zoe@partner.example', name: 'Zoé', workspaceName: 'Contacts 1', assignedTo: null, version: 1 })
    expect((await send('owner', 'POST', '/contacts', { email: 'zoe@PARTNER.example', workspaceId: one.id })).code).toBe('contact.exists')
    const wrong = await send('owner', 'POST', '/contacts', { email: 'a@x.example, b@y.example', workspaceId: ABSENT })
    expect(wrong.body.issues).toEqual([{ code: 'email.many', path: 'email' }, { code: 'workspace.unknown', path: 'workspaceId' }])
    expect((await send('owner', 'POST', '/contacts', { email: 'q@x.example', workspaceId: one.id, assignedTo: ids['maria'] })).body.issues).toEqual([{ code: 'field.not_an_option', path: 'assignedTo' }])
    const assigned = await send('people', 'PATCH', `/contacts/${contact.id}`, { assignedTo: ids['luc'] }, match(1))
    expect(assigned.body).toMatchObject({ version: 2, assignedTo: { id: ids['luc'] } })
    expect((await send('people', 'PATCH', `/contacts/${contact.id}`, { name: 'Z' }, match(1))).body.current.version).toBe(2)
    const moved = await send('owner', 'PATCH', `/contacts/${contact.id}`, { workspaceId: two.id }, match(2))
    expect(moved.body).toMatchObject({ workspaceName: 'Contacts 2', assignedTo: null })
    expect((await lastEvent('contact.edited')).changes).toEqual({ workspace: { from: 'Contacts 1', to: 'Contacts 2' }, assignedTo: { from: 'luc@acme.example', to: null } })
    expect((await send('owner', 'DELETE', `/contacts/${contact.id}`)).status).toBe(204)
    expect((await lastEvent('contact.removed')).target_label).toBe('Zoé')
  })

  it('goes with all others of a person to a member of its workspace, or nothing moves', async () => {
    const [one, two] = [await addWorkspace('Hand 1'), await addWorkspace('Hand 2')]
    for (const { id } of [one, two]) await join(id, 'maria')
    await join(one.id, 'luc')
    for (const [i, { id }] of [one, two].entries()) await addContact(id, `c${i}@partner.example`, { assignedTo: ids['maria'] })
    const hand = (toUserId: string | null, more: Body = {}) => send('owner', 'POST', '/contacts/reassign', { fromUserId: ids['maria'], toUserId, ...more })
    expect((await hand(ids['luc'] ?? '')).body.issues).toEqual([{ code: 'field.not_an_option', path: 'toUserId' }])
    expect((await hand(ids['luc'] ?? '', { workspaceId: one.id })).body).toEqual({ moved: 1 })
    expect((await hand(null)).body).toEqual({ moved: 1 })
    for (const body of [{ fromUserId: ABSENT, toUserId: null }, { fromUserId: ids['stranger'], toUserId: null }, { fromUserId: ids['maria'], toUserId: ids['stranger'] }, { fromUserId: ids['maria'], toUserId: null, workspaceId: ABSENT }]) {
      expect((await send('owner', 'POST', '/contacts/reassign', body)).code).toBe('not_found')
    }
  })

  it('is found by part of the name or address, by workspace, and by whose it is', async () => {
    const { id } = await addWorkspace('Search')
    await join(id, 'luc')
    for (let n = 0; n < 5; n++) await addContact(id, `person${n}@find.example`, { name: `Señor ${n}`, ...(n === 0 ? { assignedTo: ids['luc'] } : {}) })
    const find = async (query: string): Promise<number> => (await send('owner', 'GET', `/contacts?${query}`)).body.total
    expect(await Promise.all(['q=senor', 'q=SENOR%203', 'q=find.example', 'q=%25', `workspace=${id}`, 'workspace=nowhere', `assigned_to=${ids['luc']}&workspace=${id}`, `assigned_to=none&workspace=${id}`].map(find))).toEqual([5, 1, 5, 0, 5, 0, 1, 4])
    const first = (await send('owner', 'GET', `/contacts?workspace=${id}&limit=2`)).body
    const second = (await send('owner', 'GET', `/contacts?workspace=${id}&limit=2&cursor=${encodeURIComponent(first.next)}`)).body
    expect([...first.items, ...second.items].map(({ name }: Contact) => name)).toEqual(['Señor 0', 'Señor 1', 'Señor 2', 'Señor 3'])
    expect((await send('owner', 'GET', `/contacts?limit=2&cursor=${encodeURIComponent(first.next)}`)).body.issues).toEqual([{ code: 'cursor.invalid', path: 'cursor' }])
    expect((await send('stranger', 'GET', `/contacts?workspace=${id}&limit=2&cursor=${encodeURIComponent(first.next)}`)).code).toBe('request.invalid')
  })
})

it('workspaces come by name in pages that neither skip nor repeat', async () => {
  for (let n = 0; n < 7; n++) await addWorkspace(`Page ${n}`)
  const names: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { body }: { body: { items: Workspace[]; next: string | null } } = await send('owner', 'GET', `/workspaces?q=page&limit=3${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
    names.push(...body.items.map(({ name }) => name))
    cursor = body.next
  }
  expect(names).toEqual(Array.from({ length: 7 }, (_, n) => `Page ${n}`))
})

it('the workspace whose whole name was typed comes first, however many others hold it', async () => {
  for (const name of ['A Lab', 'B Lab', 'C lab of labs', 'Lab']) await addWorkspace(name)
  const { body } = await send('owner', 'GET', '/workspaces?q=l%C3%A1b&sort=closest&limit=3')
  expect([body.items.map(({ name }: Workspace) => name), body.next]).toEqual([['Lab', 'A Lab', 'B Lab'], null])
  expect((await send('owner', 'GET', '/workspaces?sort=nearest')).code).toBe('request.invalid')
})

it('workspaces can be asked for by who is in them', async () => {
  const { id } = await addWorkspace('Page of Luc')
  expect((await join(id, 'luc')).status).toBeLessThan(300)
  expect((await send('owner', 'GET', `/workspaces?q=page&member=${ids['luc']}`)).body.items.map(({ name }: Workspace) => name)).toEqual(['Page of Luc'])
  for (const nobody of [ABSENT, 'no-such-shape']) expect((await send('owner', 'GET', `/workspaces?member=${nobody}`)).body).toMatchObject({ items: [], next: null })
})

describe('nothing of one organization is reachable from another', () => {
  it('by the id of a workspace, member or contact: as if it were absent', async () => {
    const { id } = await addWorkspace('Private')
    const contact = await addContact(id, 'private@partner.example')
    const calls = (workspaceId: string, contactId: string, userId: string) => [
      ['GET', `/workspaces/${workspaceId}`], ['PATCH', `/workspaces/${workspaceId}`, { name: 'x' }], ['DELETE', `/workspaces/${workspaceId}`], ['DELETE', `/workspaces/${workspaceId}?dry_run=true`],
      ['PUT', `/workspaces/${workspaceId}/members/${userId}`], ['DELETE', `/workspaces/${workspaceId}/members/${userId}`],
      ['GET', `/contacts/${contactId}`], ['PATCH', `/contacts/${contactId}`, { name: 'x' }], ['DELETE', `/contacts/${contactId}`],
    ] as const
    const replies = async (...args: [string, string, string]) => Promise.all(calls(...args).map(async ([method, url, payload]) => {
      const { status, body } = await send('stranger', method, url, payload, method === 'PATCH' ? match(1) : {})
      return { status, rest: { ...body, requestId: null } }
    }))
    const foreign = await replies(id, contact.id, ids['maria'] ?? '')
    expect(foreign).toEqual(await replies(ABSENT, ABSENT, ABSENT))
    expect(foreign.every(({ status }) => status === 404)).toBe(true)
    const own = (await send('stranger', 'POST', '/workspaces', { name: 'Private' })).body
    expect((await send('stranger', 'PUT', `/workspaces/${own.id}/members/${ids['maria']}`)).status).toBe(404)
    expect((await send('stranger', 'POST', '/contacts', { email: 'a@b.example', workspaceId: id })).body.issues).toEqual([{ code: 'workspace.unknown', path: 'workspaceId' }])
    expect((await send('stranger', 'POST', '/contacts', { email: 'a@b.example', workspaceId: own.id, assignedTo: ids['maria'] })).body.issues).toEqual([{ code: 'field.not_an_option', path: 'assignedTo' }])
  })
})
