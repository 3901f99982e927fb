import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Pool } from 'pg'
import type { DemoServer } from '../e2e/server'
import type { Delivered, Told, ToldExport, Query } from './audit'
import { createClient, untilClear, workOn, type Client } from './traffic'

/** People at work on a server, and what they were told. */
export type Traffic = {
  /** How many changes have had a clear answer. */
  count: () => number
  /** Ends the work, and answers once everybody has heard what became of their last change. */
  end: () => Promise<void>
  /** Throws what has ended somebody's work before its time. */
  check: () => void
  clients: readonly Client[]
}

const ORGANIZATIONS = ['acme.example', 'globex.example'] as const
const MAIL_WAIT_MS = 300_000
const MAIL_LOOK_MS = 100

/** Where the PostgreSQL of a server's data folder is: its process id, and how to reach it. */
export function readPostmaster(dataDir: string): { pid: number; host: string } {
  const lines = readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')
  return { pid: Number(lines[0]), host: lines[4] ?? '' }
}

/** A connection that its database left behind is found out by using it. */
const LIVELY = 5

/** Reads a database as its owner. */
export function openQuery(connection: { host: string; port: number; user: string; database: string }): { query: Query; close: () => Promise<void> } {
  const pool = new Pool({ ...connection, max: 2, connectionTimeoutMillis: 10_000 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const query = async (statement: string, values: unknown[] | undefined, left: number): Promise<Record<string, unknown>[]> => {
    try {
      return (await pool.query<Record<string, unknown>>(statement, values)).rows
    } catch (error) {
      if (left === 0) throw error
      await anyMoment(200)
      return query(statement, values, left - 1)
    }
  }
  return { query: (statement, values) => query(statement, values, LIVELY), close: () => pool.end() }
}

/** A token of the demo's provider, once the server is there to give it. */
export async function demoToken(origin: string, email: string): Promise<string> {
  const { body } = await untilClear(`${origin}/demo/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email }) })
  return String(body['token'])
}

/** Lets people of both of the demo's organizations work, each in their own corner. */
export async function startTraffic(origin: string, workers: number): Promise<Traffic> {
  let over = false
  const clients: Client[] = []
  const work = async (n: number): Promise<void> => {
    const domain = ORGANIZATIONS[n % ORGANIZATIONS.length] ?? ''
    const client = createClient({ origin, token: await demoToken(origin, `owner@${domain}`) })
    clients.push(client)
    await workOn({ client, domain, isOver: () => over, admit: (email) => accept(origin, email, clients) })
  }
  const all = Promise.all(Array.from({ length: workers }, (_, n) => work(n)))
  const failures: unknown[] = []
  all.catch((reason: unknown) => failures.push(reason))
  return {
    clients,
    count: () => clients.reduce((sum, { told }) => sum + told.length, 0),
    end: async () => {
      over = true
      await all
    },
    check: () => {
      if (failures.length > 0) throw failures[0]
    },
  }
}

/** The invited person accepts, from their own mail client. */
async function accept(origin: string, email: string, clients: Client[]): Promise<void> {
  const token = await demoToken(origin, email)
  const client = createClient({ origin, token })
  clients.push(client)
  const { body } = await untilClear(`${origin}/v1/activations`, { headers: { authorization: `Bearer ${token}` } })
  const [first] = (body['items'] ?? []) as { id: string; plan: string | null }[]
  if (first === undefined) return
  await client.send({ what: 'accept', method: 'POST', path: '/activations/redeem', body: { activationId: first.id }, kinds: first.plan === null ? ['activation.redeemed'] : ['activation.redeemed', 'license.activated'] })
}

/** An export of a whole log, as a client gets it. */
export async function takeExport(origin: string, token: string, organizationId: string): Promise<ToldExport> {
  const reply = await fetch(`${origin}/v1/events/export?format=csv`, { headers: { authorization: `Bearer ${token}` } })
  if (reply.status !== 200) throw new Error(`an export was answered with ${reply.status}`)
  const rows = (await reply.text()).split('\r\n')
  const head = Number(reply.headers.get('orgdesk-log-head'))
  return { organizationId, head, sequences: rows.flatMap((row) => /^"?(\d+)"?[,;]/.exec(row)?.[1] ?? []).map(Number) }
}

/** Waits until no mail is due; those that a killed server had taken wait for the end of its lease, which the full run waits for. */
export async function untilMailed(query: Query, isLong: boolean): Promise<void> {
  const due = isLong ? "state = 'queued'" : "state = 'queued' and run_at <= now()"
  const until = Date.now() + MAIL_WAIT_MS
  while (Number((await query(`select count(*)::int as waiting from outbox where ${due}`))[0]?.['waiting']) > 0 && Date.now() < until) {
    await new Promise((resolve) => { setTimeout(resolve, MAIL_LOOK_MS) })
  }
}

/** What stands in the mailboxes of these people. */
export async function readMailboxes(origin: string, people: readonly string[]): Promise<Delivered[]> {
  const found: Delivered[] = []
  for (const to of people) {
    const reply = await fetch(`${origin}/demo/mailbox/${encodeURIComponent(to)}`)
    const { items } = (await reply.json()) as { items: { messageId: string | null }[] }
    // Mails that the demo began with were written by nobody here.
    found.push(...items.flatMap(({ messageId }) => /^<([0-9a-f-]{36})@/.exec(messageId ?? '')?.[1] ?? []).map((id) => ({ id, to })))
  }
  return found
}

/** What all clients were told besides, and how to see their mails. */
export const toldBy = (traffic: Traffic, more: Omit<Told, 'changes'>): Told => ({ changes: traffic.clients.flatMap(({ told }) => told), ...more })

/** The heads of all logs now, to be kept outside. */
export async function keepHeads(query: Query): Promise<{ organizationId: string; sequence: number; hash: string }[]> {
  const rows = await query("select organization_id, sequence::int as sequence, encode(hash, 'hex') as hash from chain_heads")
  return rows.map((row) => ({ organizationId: String(row['organization_id']), sequence: Number(row['sequence']), hash: String(row['hash']) }))
}

/** A moment that nobody can foresee, between 0 and `ms`. */
export const anyMoment = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, Math.random() * ms) })

/** Waits until so many more changes have been answered, however long that takes. */
export async function untilWorked(traffic: Traffic, more: number): Promise<void> {
  const goal = traffic.count() + more
  for (; traffic.count() < goal; traffic.check()) await new Promise((resolve) => { setTimeout(resolve, 5) })
}

/** The server of this data folder and its database, for whoever reads both. */
export const databaseOf = ({ dataDir }: Pick<DemoServer, 'dataDir'>) => openQuery({ host: readPostmaster(dataDir).host, port: 5432, user: 'orgdesk', database: 'orgdesk' })
