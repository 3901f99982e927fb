import { createHash } from 'node:crypto'
import { contract, type EndpointKey } from '../../shared/api/contract'
import type { Endpoint } from '../../shared/api/endpoint'
import { BUILT_IN_ROLES } from '../../shared/access/roles'
import { addThings, dropRowSecurity, fingerprintOf, noThings, withoutChecks, type Things } from '../../tests/doubles/organizations'
import { addUser, openTestServer, type TestServer } from '../../tests/doubles/server'
import { addOrganization } from '../../tests/doubles/store'
import { newId } from '../store/ids'

/** Every route × every role × what is one's own, another organization's, or nobody's: made from the contract. */

const KEYS = Object.keys(contract) as EndpointKey[]
const entryOf = (key: EndpointKey): Endpoint => contract[key]
const MARKER = 'glbxsecret'
const CSV = 'email\nimported@acme.example\n'

/** What each endpoint with a body is sent; `t` are the things that it names. */
const bodyOf = (key: EndpointKey, t: Things): object | undefined => {
  const bodies: Partial<Record<EndpointKey, object>> = {
    'context.read': { emails: [t.email], messageId: t.messageId },
    'organization.edit': { address: 'Elsewhere' },
    'roles.add': { name: 'Another role', permissions: [] },
    'roles.edit': { name: 'A new name' },
    'identity_links.add': { kind: 'google', tenant: 'tenant.example' },
    'users.add': { email: 'new@acme.example', role: t.roleId, workspaceIds: [t.workspaceId] },
    'users.add_many': { people: [{ email: 'many@acme.example' }], role: t.roleId },
    'users.edit': { role: t.roleId, workspaceIds: [t.workspaceId] },
    'users.leave': { licenseTo: t.userId, contactsTo: t.userId },
    'users.bulk': { action: 'suspend', userIds: [t.userId] },
    'licenses.assign': { plan: 'eco' },
    'licenses.transfer': { toUserId: t.userId },
    'activations.lookup': { token: 'x'.repeat(43) },
    'activations.code': { token: 'x'.repeat(43) },
    'activations.redeem': { activationId: t.activationId },
    'orders.add': { plan: 'eco', quantity: 1 },
    'orders.renew': { plan: 'eco' },
    'billing.edit': { company: 'Acme', address: '', country: 'FR', vat: '', email: '' },
    'domains.add': { name: 'another.example' },
    'downloads.add': { resource: 'events', format: 'csv', filter: { user: t.userId } },
    'ingest.events': { events: [{ id: `event of ${t.messageId}`, at: '2026-03-02T08:00:00.000Z', kind: 'opened', message: { id: t.messageId } }] },
    'workspaces.add': { name: 'Another workspace' },
    'workspaces.edit': { name: 'A new name' },
    'contacts.add': { email: 'contact@out.example', workspaceId: t.workspaceId, assignedTo: t.userId },
    'contacts.edit': { workspaceId: t.workspaceId, assignedTo: t.userId },
    'contacts.reassign': { fromUserId: t.userId, toUserId: null, workspaceId: t.workspaceId },
  }
  return bodies[key]
}

const queryOf = (key: EndpointKey, t: Things): Record<string, string> => {
  const queries: Partial<Record<EndpointKey, Record<string, string>>> = {
    'users.list': { workspace: t.workspaceId, role: t.roleId },
    'contacts.list': { workspace: t.workspaceId, assigned_to: t.userId },
    'events.list': { user: t.userId }, 'events.statistics': { user: t.userId }, 'events.export': { user: t.userId },
    'messages.list': { user: t.userId },
  }
  return queries[key] ?? {}
}

type Request = { method: Endpoint['method']; url: string; payload?: object | string; headers: Record<string, string> }

/** One call: `path` are the things in the path, `named` those in query and body. */
const requestOf = (key: EndpointKey, path: Things, named: Things, dryRun = false): Request => {
  const { method, path: pattern, version, body } = entryOf(key)
  const query = new URLSearchParams({ ...queryOf(key, named), ...(dryRun ? { dry_run: 'true' } : {}) }).toString()
  const payload = body === 'bytes' ? CSV : bodyOf(key, named)
  return {
    method, url: `${pattern.replace(/\{(\w+)\}/g, (_, name: keyof Things) => path[name])}${query === '' ? '' : `?${query}`}`,
    ...(payload === undefined ? {} : { payload }),
    headers: { ...(version === 'required' ? { 'if-match': '"1"' } : {}), ...(body === 'bytes' ? { 'content-type': 'text/csv' } : {}) },
  }
}

type Slot = { where: 'path' | 'named'; thing: keyof Things }
const THINGS = Object.keys(noThings()) as (keyof Things)[]

/** Each place of a call that names a thing. */
const slotsOf = (key: EndpointKey): Slot[] => {
  const signs = (where: string): Things => Object.fromEntries(THINGS.map((thing) => [thing, `${where}-${thing}-sign`])) as Things
  const { url, payload } = requestOf(key, signs('path'), signs('named'))
  const text = `${url} ${JSON.stringify(payload ?? null)}`
  return (['path', 'named'] as const).flatMap((where) => THINGS.filter((thing) => text.includes(`${where}-${thing}-sign`)).map((thing) => ({ where, thing })))
}

const GUARDS = ['both guards', 'row-level security only', 'checks only', 'no guard'] as const
type World = { server: TestServer; own: Things; foreign: Things; globex: string; acme: string; tokens: Record<string, string> }

async function openWorld(guards: (typeof GUARDS)[number]): Promise<World> {
  const looseQueries = guards === 'row-level security only' || guards === 'no guard'
  const server = await openTestServer(looseQueries ? { guard: withoutChecks } : {})
  const { store } = server
  const [acme, globex] = [await addOrganization(store, 'Acme'), await addOrganization(store, `${MARKER} Globex`)]
  const own = await addThings(store, acme, 'acme.example', 'acmeown')
  const foreign = await addThings(store, globex, 'globex.example', MARKER)
  await addUser(store, globex, 'owner@globex.example', { role: 'org_admin', first_name: MARKER })
  for (const role of BUILT_IN_ROLES) await addUser(store, acme, `${role}@acme.example`, { role })
  // So that suspending one administrator is not refused for being the last.
  await addUser(store, acme, 'second@acme.example', { role: 'org_admin' })
  await store.asOwner("insert into service_keys (organization_id, id, purpose, name, key_hash, created_at) values ($1, $2, 'ingest', 'key', $3, now())", [acme, newId(), createHash('sha256').update('the-key').digest()])
  const tokens = Object.fromEntries(await Promise.all(BUILT_IN_ROLES.map(async (role) => [role, await server.tokenFor(`${role}@acme.example`)] as const)))
  if (guards === 'checks only' || guards === 'no guard') await dropRowSecurity(store)
  return { server, own, foreign, globex, acme, tokens }
}

type Reply = { status: number; told: string }

async function send({ server, tokens }: World, who: string, key: EndpointKey, request: Request, headers: Record<string, string> = {}): Promise<Reply> {
  const bearer = entryOf(key).who === 'service_key' ? 'the-key' : tokens[who]
  const reply = await server.app.inject({ ...request, headers: { authorization: `Bearer ${bearer}`, ...request.headers, ...headers } })
  return { status: reply.statusCode, told: reply.body }
}

/** What a reply says, without what differs from call to call: the request's id, tickets and the things asked for. */
const gist = ({ status, told }: Reply, things: Things): Reply => {
  const named = THINGS.reduce((text, thing) => text.replaceAll(things[thing], thing), told).replaceAll(things.email.split('@')[1] ?? '', 'domain')
  return { status, told: named.replace(/"requestId":"[^"]*"/, '').replace(/"url":"[^"]*"/, '').replace(/"digest":"[^"]*"/, '') }
}

const ASKED = KEYS.filter((key) => key !== 'stream.read' && slotsOf(key).length > 0)

type Probe = Slot & { key: EndpointKey; dryRun: boolean }

const probesOf = (key: EndpointKey): Probe[] =>
  slotsOf(key).flatMap((slot) => (entryOf(key).planned === true ? [true, false] : [false]).map((dryRun) => ({ ...slot, key, dryRun })))

/** What is wrong with how one place of one call is answered; nothing where another's thing is as good as nobody's. */
async function findLeak(world: World, who: string, { key, where, thing, dryRun }: Probe): Promise<string[]> {
  const ask = async (things: Things): Promise<Reply> => {
    const mixed = { ...world.own, [thing]: things[thing] }
    return gist(await send(world, who, key, requestOf(key, where === 'path' ? mixed : world.own, where === 'named' ? mixed : world.own, dryRun)), mixed)
  }
  const [other, none] = [await ask(world.foreign), await ask(noThings())]
  const isAlike = JSON.stringify(other) === JSON.stringify(none) && !other.told.includes(MARKER)
  return isAlike && (other.status < 500 || other.status === 501) ? [] : [`${key} ${where} ${thing}: ${JSON.stringify(other)} ${JSON.stringify(none)}`]
}

/** Every difference that `who` can see between what is another's and what is nobody's, and everything of the other's that they are shown. */
async function findLeaks(world: World, who: string): Promise<string[]> {
  const leaks: string[] = []
  // The service is no role: it is asked once.
  const asked = ASKED.filter((key) => who === 'org_admin' || entryOf(key).who !== 'service_key')
  for (const probe of asked.flatMap(probesOf)) leaks.push(...(await findLeak(world, who, probe)))
  for (const key of KEYS.filter((name) => entryOf(name).method === 'GET' && !entryOf(name).path.includes('{') && name !== 'stream.read')) {
    const reply = await send(world, who, key, { method: 'GET', url: entryOf(key).path, headers: {} })
    if (reply.told.includes(MARKER)) leaks.push(`${key} shows ${reply.told}`)
  }
  return leaks
}

it('knows what to send to every endpoint of the contract', () => {
  expect(KEYS.filter((key) => typeof entryOf(key).body === 'object' && entryOf(key).bodyOptional !== true && bodyOf(key, noThings()) === undefined)).toEqual([])
  const named = KEYS.flatMap((key) => [...entryOf(key).path.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? ''))
  expect(named.filter((name) => !(THINGS as string[]).includes(name))).toEqual([])
})

describe.each(GUARDS.slice(0, 3))('with %s', (guards) => {
  let world: World
  beforeAll(async () => { world = await openWorld(guards) }, 60_000)
  afterAll(() => world.server.close(), 60_000)

  it.each(BUILT_IN_ROLES)('%s can tell nothing of another organization from nothing at all, and changes nothing there', async (role) => {
    const before = await fingerprintOf(world.server.store, world.globex)
    expect(await findLeaks(world, role)).toEqual([])
    expect(await fingerprintOf(world.server.store, world.globex)).toBe(before)
  }, 120_000)
})

it('without any guard the same search finds leaks', async () => {
  const world = await openWorld('no guard')
  const found = await findLeaks(world, 'org_admin')
  await world.server.close()
  expect(new Set(found.map((leak) => leak.split(' ')[0])).size).toBeGreaterThan(10)
}, 120_000)

describe('naming an organization that one does not belong to', () => {
  let world: World
  beforeAll(async () => { world = await openWorld('both guards') }, 60_000)
  afterAll(() => world.server.close(), 60_000)

  it.each(BUILT_IN_ROLES)('refuses %s everything, as for one that never was', async (role) => {
    const before = await fingerprintOf(world.server.store, world.globex)
    for (const key of KEYS.filter((name) => entryOf(name).who === 'user')) {
      const request = requestOf(key, world.foreign, world.foreign)
      const [other, none] = [await send(world, role, key, request, { 'orgdesk-organization': world.globex }), await send(world, role, key, request, { 'orgdesk-organization': newId() })]
      expect([key, gist(other, world.foreign)]).toEqual([key, gist(none, world.foreign)])
      expect([key, other.status]).toEqual([key, 401])
    }
    expect(await fingerprintOf(world.server.store, world.globex)).toBe(before)
  }, 60_000)

  it('while one’s own things are found by the same calls', async () => {
    const missed: string[] = []
    for (const [n, key] of KEYS.entries()) {
      if (entryOf(key).who !== 'user' || key === 'stream.read') continue
      const { store, tokenFor } = world.server
      const organization = await addOrganization(store, `Own ${n}`)
      const things = await addThings(store, organization, `own${n}.example`, 'own')
      await addUser(store, organization, `owner@own${n}.example`, { role: 'org_admin' })
      const owner = { ...world, tokens: { owner: await tokenFor(`owner@own${n}.example`) } }
      const { status, told } = await send(owner, 'owner', key, requestOf(key, things, things))
      if (status === 404 || status === 401 || status === 403 || (status >= 500 && status !== 501) || told.includes('.unknown')) missed.push(`${key} ${status} ${told}`)
    }
    expect(missed).toEqual([])
  }, 120_000)
})
