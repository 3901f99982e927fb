import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../server/store/ids'
import { startBenchPostgres, type Series } from '../doubles/bench'
import { openTestServer, type TestServer } from '../doubles/server'
import { percentileOf } from './bench-server'

/*
 * Many organizations at work at once, over HTTP, with the database and the clients on the same machine. The
 * clients do not wait for answers before they ask again: what comes late is counted from when it was due. They are
 * a process of their own, as browsers are: what they themselves take must not be waited for by the server.
 */

const SECONDS = Number(process.env['LOAD_SECONDS'] ?? 60)
const RATE = Number(process.env['LOAD_RATE'] ?? 300)
const ORGANIZATIONS = Number(process.env['LOAD_ORGANIZATIONS'] ?? 1_000)
const USERS_EACH = 100
const WRITE_PART = 0.1
const WARM_UP_AT_ONCE = 8
const CLIENTS = 'clients'
const GOAL_MS = { read: 100, write: 250 } as const

const GIVEN = ['Ana', 'Émilie', 'Luc', 'María', 'Zoë', 'Søren', 'Jürgen', 'Chloé', 'Tomás', 'Ines', 'Noah', 'Olga']
const FAMILY = ['Martin', 'García', 'Lefèvre', 'Müller', 'Nowak', 'Rossi', 'Silva', 'Jansen', 'Dupont', 'Weber', 'Moreau', 'Ruiz']

type Desk = { organizationId: string; token: string; workspaceId: string; unlicensed: string[] }
type Kind = keyof typeof GOAL_MS
type Asked = { method: string; path: string; body?: object }
type Loaded = { taken: Record<Kind, number[]>; byRequest: [string, number[]][]; wrong: number[]; seconds: number }
type Errand = { origin: string; desks: Desk[] }

/** Organizations of a hundred people, each with an owner, a workspace and seats for everybody. */
async function seed({ store, tokenFor }: TestServer): Promise<Desk[]> {
  const desks = Array.from({ length: ORGANIZATIONS }, (_, n) => ({ n, organizationId: newId(), workspaceId: newId() }))
  const ids = desks.map(({ organizationId }) => organizationId)
  await store.asOwner("insert into organizations (id, name, created_at) select id, 'Organization ' || n, now() from unnest($1::uuid[]) with ordinality as o (id, n)", [ids])
  await store.asOwner('insert into license_pools (organization_id, plan, quantity) select o, p.id, 1000 from unnest($1::uuid[]) as o, plans p', [ids])
  await store.asOwner("insert into workspaces (organization_id, id, name, created_at) select o, w, 'Desk', now() from unnest($1::uuid[], $2::uuid[]) as x (o, w)", [ids, desks.map(({ workspaceId }) => workspaceId)])
  await store.asOwner(`insert into users (organization_id, id, email, email_key, domain, first_name, last_name, role, status, created_at, activated_at)
    select o, gen_random_uuid(), case u when 1 then 'owner' else 'p' || u end || '@o' || n || '.example', case u when 1 then 'owner' else 'p' || u end || '@o' || n || '.example', 'o' || n || '.example', ($3::text[])[1 + (u + n) % 12], ($4::text[])[1 + (u * 7 + n) % 12] || ' ' || u,
      case u when 1 then 'org_admin' else 'member' end, 'active', now(), now() from unnest($1::uuid[]) with ordinality as x (o, n), generate_series(1, $2::int) u`, [ids, USERS_EACH, GIVEN, FAMILY])
  for (const table of ['users', 'organizations', 'license_pools']) await store.asOwner(`vacuum analyze ${table}`)
  const people = await store.asOwner("select organization_id, array_agg(id::text) as ids from users where role = 'member' group by 1")
  const unlicensed = new Map(people.map((row) => [String(row['organization_id']), row['ids'] as string[]]))
  return Promise.all(desks.map(async ({ n, organizationId, workspaceId }) => ({ organizationId, workspaceId, token: await tokenFor(`owner@o${n + 1}.example`), unlicensed: unlicensed.get(organizationId) ?? [] })))
}

const pick = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)] as T

const READS = ['/v1/users?limit=50', '/v1/users?limit=50&q=rossi', '/v1/events?limit=50', '/v1/licenses', '/v1/me', '/v1/workspaces'] as const

function writeOf(desk: Desk): Asked {
  const userId = desk.unlicensed.length > 0 && Math.random() < 0.5 ? desk.unlicensed.pop() : undefined
  if (userId !== undefined) return { method: 'PUT', path: `/v1/users/${userId}/license`, body: { plan: 'eco' } }
  return { method: 'POST', path: '/v1/contacts', body: { email: `c-${newId()}@out.example`, workspaceId: desk.workspaceId } }
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 })

async function ask(origin: string, { token }: Desk, { method, path, body }: Asked): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': newId() }) }
  return new Promise((resolve, reject) => {
    const asked = request(`${origin}${path}`, { method, headers, agent }, (reply) => {
      reply.resume().once('end', () => resolve(reply.statusCode ?? 0)).once('error', reject)
    })
    asked.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** Asks at a steady rate, whatever comes back; milliseconds by kind, and the answers that no caller should get. */
async function load({ origin, desks }: Errand): Promise<Loaded> {
  const taken: Record<Kind, number[]> = { read: [], write: [] }
  const byRequest = new Map<string, number[]>()
  const wrong: number[] = []
  const waiting: Promise<void>[] = []
  const began = performance.now()
  for (let n = 0; n < RATE * SECONDS; n += 1) {
    const due = began + (n * 1000) / RATE
    const early = due - performance.now()
    if (early > 0) await sleep(early)
    const desk = pick(desks)
    const kind: Kind = Math.random() < WRITE_PART ? 'write' : 'read'
    const asked = kind === 'write' ? writeOf(desk) : { method: 'GET', path: pick(READS) }
    const name = `${asked.method} ${asked.path.replace(/[0-9a-f-]{36}/, '…')}`
    waiting.push(ask(origin, desk, asked).catch(() => 599).then((status) => {
      const ms = performance.now() - due
      taken[kind].push(ms)
      note(byRequest, name, ms)
      if (status >= 400) wrong.push(status)
    }))
  }
  await Promise.all(waiting)
  return { taken, byRequest: [...byRequest], wrong, seconds: (performance.now() - began) / 1000 }
}

function note(byName: Map<string, number[]>, name: string, ms: number): void {
  const samples = byName.get(name)
  if (samples === undefined) byName.set(name, [ms])
  else samples.push(ms)
}

/** Lets the clients' process ask; see `load`. */
async function send(errand: Errand): Promise<Loaded> {
  const clients = fork(join(import.meta.dirname, 'load.js'), [CLIENTS])
  const [loaded] = await Promise.all([once(clients, 'message'), new Promise((sent) => { clients.send(errand, sent) })])
  return loaded[0] as Loaded
}

/** Everybody has signed in once before. */
async function warmUp(origin: string, desks: readonly Desk[]): Promise<void> {
  const left = [...desks]
  await Promise.all(Array.from({ length: WARM_UP_AT_ONCE }, async () => {
    for (let desk = left.pop(); desk !== undefined; desk = left.pop()) await ask(origin, desk, { method: 'GET', path: '/v1/me' })
  }))
}

const seriesOf = (kind: Kind, samples: number[]): Series[] => {
  const p99 = percentileOf(samples, 0.99)
  return [
    { name: `${kind}`, unit: 'ms', samples },
    { name: `${kind}: p99`, unit: 'ms', samples: [p99] },
    { name: `${kind}: p99 ÷ ${GOAL_MS[kind]} ms`, unit: '×', samples: [p99 / GOAL_MS[kind]] },
  ]
}

/** `LOAD_SECONDS` (60), `LOAD_RATE` (300 a second) and `LOAD_ORGANIZATIONS` (1,000) say how long and how much; a ratio of at most 1 keeps its target. */
export async function run(): Promise<Series[]> {
  const postgres = await startBenchPostgres()
  try {
    const server = await openTestServer({ poolSize: 8 })
    await server.app.listen({ port: 0, host: '127.0.0.1' })
    const origin = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
    const desks = await seed(server)
    await warmUp(origin, desks)
    const before = process.cpuUsage()
    const { taken, byRequest, wrong, seconds } = await send({ origin, desks })
    const { user, system } = process.cpuUsage(before)
    await server.close()
    const answers = taken.read.length + taken.write.length
    return [
      ...seriesOf('read', taken.read), ...seriesOf('write', taken.write),
      ...byRequest.map(([name, samples]): Series => ({ name, unit: 'ms', samples })),
      { name: 'answered a second', unit: '/s', samples: [answers / seconds] },
      { name: 'processor time of the server for a request, without the database', unit: 'ms', samples: [(user + system) / 1000 / answers] },
      { name: 'answers of 5xx, and none', unit: '', samples: [wrong.filter((status) => status >= 500).length] },
      { name: 'answers of 4xx', unit: '', samples: [wrong.filter((status) => status < 500).length] },
    ]
  } finally {
    await postgres.stop()
  }
}

if (process.argv[2] === CLIENTS) {
  process.once('message', (errand: Errand) => {
    void load(errand).then((loaded) => process.send?.(loaded, () => process.exit(0)))
  })
}
