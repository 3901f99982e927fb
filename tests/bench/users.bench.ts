import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { migrate } from '../../server/store/migrations/migrate'
import { startPostgres } from '../../server/store/postgres/supervisor'
import { openAcme, type Acme } from '../doubles/acme'

type Series = { name: string; unit: string; samples: number[] }
type Statement = { text: string; values: unknown[] | undefined }

const USERS = 100_000
const SAMPLES = 60
const WARM_UP = 10

const GIVEN = ['Ana', 'Émilie', 'Luc', 'María', 'Zoë', 'Søren', 'Łukasz', 'Jürgen', 'Chloé', 'Tomás', 'Ines', 'Noah', 'Olga', 'Pascal', 'Quentin', 'Rosa', 'Sven', 'Tania', 'Ulrich', 'Vera']
const FAMILY = ['Martin', 'García', 'Lefèvre', 'Müller', 'Nowak', 'Rossi', 'Silva', 'Jansen', 'Dupont', 'Weber', 'Moreau', 'Ruiz', 'Kowalski', 'Bauer', 'Costa', 'Petit', 'Vidal', 'Roux', 'Díaz', 'Schmidt']

/** Fills the organization: names that repeat as they do among people, every status and role, a quarter with a license. */
async function seed({ server: { store }, acme }: Acme): Promise<void> {
  await store.asOwner(
    `insert into users (organization_id, id, email, email_key, domain, first_name, last_name, role, status, created_at, activated_at, last_active_at)
     select $1, gen_random_uuid(), lower(unaccent(f)) || '.' || lower(unaccent(l)) || n || '@acme.example', lower(unaccent(f)) || '.' || lower(unaccent(l)) || n || '@acme.example', 'acme.example', f, l || ' ' || n,
       case when n % 100 = 0 then 'user_admin' when n % 501 = 0 then 'billing_admin' else 'member' end, case when n % 10 = 0 then 'pending' when n % 33 = 0 then 'suspended' else 'active' end,
       timestamptz '2026-01-01' + n * interval '1 second', case when n % 10 = 0 then null else now() end, case when n % 3 = 0 then null else timestamptz '2026-02-01' + (n % 5000) * interval '1 minute' end
     from (select n, ($2::text[])[1 + n % 20] as f, ($3::text[])[1 + (n / 20) % 20] as l from generate_series(1, $4::int) n) people`, [acme, GIVEN, FAMILY, USERS])
  await store.asOwner(`update license_pools set quantity = 100000 where organization_id = $1`, [acme])
  await store.asOwner(
    `insert into licenses (organization_id, user_id, plan, state, assigned_at, activated_at)
     select organization_id, id, case when extract(second from created_at)::int % 8 = 0 then 'pro' else 'eco' end, 'active', now(), now() from users where organization_id = $1 and extract(second from created_at)::int % 4 = 0`, [acme])
  // As autovacuum leaves them after a while.
  for (const table of ['users', 'licenses', 'workspace_members']) await store.asOwner(`vacuum analyze ${table}`)
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** The statements of the one transaction that reads users, as they went to the database while `work` ran. */
async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const query = Client.prototype.query
  const byClient = new Map<unknown, Statement[][]>()
  // The driver's own method is the one place that sees every statement with its values.
  const watched = function (this: Client, ...args: unknown[]): unknown {
    const [first, second] = args
    const text = typeof first === 'string' ? first : (first as { text: string }).text
    const values = (typeof first === 'string' ? second : (first as { values?: unknown[] }).values) as unknown[] | undefined
    const transactions = byClient.get(this) ?? []
    // With the begin goes the end of what was read before.
    if (/^(commit; )?begin/.test(text)) transactions.push([])
    transactions.at(-1)?.push({ text, values: Array.isArray(values) ? values : undefined })
    byClient.set(this, transactions)
    return Reflect.apply(query, this, args)
  }
  Object.assign(Client.prototype, { query: watched })
  await work()
  Object.assign(Client.prototype, { query })
  const read = [...byClient.values()].flat().find((statements) => statements.some(({ text }) => text.includes('read only') && text.includes('app.organization_id')))
  if (read === undefined) throw new Error('the list was read by no statement')
  return read
}

const median = (samples: number[]): number => samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0

/** One request against the statements that it is made of, run bare on a connection of the same role, turn by turn. */
async function compare(acme: Acme, name: string, url: string): Promise<Series[]> {
  const call = async (): Promise<void> => {
    const { status } = await acme.send('GET', url)
    if (status !== 200) throw new Error(`${url} answered ${status}`)
  }
  for (let n = 0; n < WARM_UP; n++) await call()
  const statements = await statementsOf(call)
  const bare = new Client(acme.server.store.connection)
  await bare.connect()
  await bare.query('set role orgdesk_app')
  const replay = async (): Promise<void> => { for (const { text, values } of statements) await bare.query(text, values) }
  for (let n = 0; n < WARM_UP; n++) await replay()
  const samples: Record<'api' | 'bare', number[]> = { api: [], bare: [] }
  for (let n = 0; n < SAMPLES; n++) {
    samples.bare.push(await timed(replay))
    samples.api.push(await timed(call))
  }
  await bare.end()
  return [
    { name: `${name}: request`, unit: 'ms', samples: samples.api },
    { name: `${name}: its SQL bare`, unit: 'ms', samples: samples.bare },
    { name: `${name}: request ÷ (2 × SQL + 1 ms), p50`, unit: '×', samples: [median(samples.api) / (2 * median(samples.bare) + 1)] },
  ]
}

/** The address of the page that lies `pages` pages of 200 behind the first. */
async function deepUrl(acme: Acme, pages: number): Promise<string> {
  let cursor = ''
  for (let n = 0; n < pages; n++) cursor = encodeURIComponent(String((await acme.send('GET', `/v1/users?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`)).body['next']))
  const last = await acme.send('GET', `/v1/users?limit=200&cursor=${cursor}`)
  return `/v1/users?limit=200&cursor=${encodeURIComponent(String(last.body['next']))}`
}

/** Lists and searches of one organization with 100,000 users. A ratio of at most 1 keeps its target. */
export async function run(): Promise<Series[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'orgdesk-bench-'))
  const postgres = await startPostgres({ dataDir, database: 'orgdesk_template' })
  if (!postgres.ok) throw new Error(postgres.problem.detail)
  try {
    const client = new Client(postgres.value.connection)
    await client.connect()
    await migrate(client)
    await client.query("select ensure_event_partitions('2026-01-01', 36)")
    await client.end()
    process.env['ORGDESK_TEST_POSTGRES'] = JSON.stringify(postgres.value.connection)
    const acme = await openAcme()
    await seed(acme)
    const cases: [string, string][] = [
      ['first page', '/v1/users?limit=50'], ['deep page (200 rows, after 60,000)', await deepUrl(acme, 300)], ['by last activity', '/v1/users?limit=50&sort=-last_active'],
      ['search, few matches', '/v1/users?limit=50&q=garcia%201234'], ['search, many matches', '/v1/users?limit=50&q=emilie'], ['search, two letters', '/v1/users?limit=50&q=zo'],
      ['filter: pending', '/v1/users?limit=50&status=pending'], ['filter: role', '/v1/users?limit=50&role=user_admin'], ['filter: plan', '/v1/users?limit=50&plan=pro'], ['filter: never activated', '/v1/users?limit=50&never_activated=true'],
    ]
    const series: Series[] = []
    for (const [name, url] of cases) series.push(...await compare(acme, name, url))
    await acme.close()
    return series
  } finally {
    await postgres.value.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
