import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { ROOT_ACCOUNTS, type RootAccount } from './account'
import { startPostgres, type RunningPostgres } from './supervisor'

jest.setTimeout(60_000)

const folders: string[] = []
const servers: RunningPostgres[] = []
const children: ChildProcess[] = []

function newFolder(name = 'orgdesk-store-'): string {
  const folder = mkdtempSync(join(tmpdir(), name))
  folders.push(folder)
  return folder
}

async function start(dataDir: string, rootAccounts?: RootAccount[]): Promise<RunningPostgres> {
  const started = await startPostgres({ dataDir, rootAccounts })
  if (!started.ok) throw new Error(started.problem.detail)
  servers.push(started.value)
  return started.value
}

async function query(server: RunningPostgres, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(server.connection)
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}

async function queryWhenReady(server: RunningPostgres, sql: string): Promise<Record<string, unknown>[]> {
  for (;;) {
    // Its owner is back, too, once the lock that says so is held.
    const isOwned = await query(server, "select 1 from pg_locks where locktype = 'advisory' and granted").catch(() => [])
    if (isOwned.length > 0) return query(server, sql)
    await sleep(25)
  }
}

type Owner = { child: ChildProcess; line: string; code: number | null }

function startOwner(dataDir: string): Promise<Owner> {
  const child = spawn(process.execPath, ['tests/doubles/run.cjs', 'tests/doubles/postgres.owner.ts', dataDir])
  children.push(child)
  return new Promise((done) => {
    child.stdout.once('data', (bytes) => done({ child, line: String(bytes), code: null }))
    let said = ''
    child.stderr.on('data', (bytes) => { said += String(bytes) })
    // Not `exit`, which comes before the last words are read.
    child.once('close', (code) => done({ child, line: said, code }))
  })
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await gone
}

function postmasterOf(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
}

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) await kill(child)
  for (const server of servers.splice(0)) await server.stop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('the embedded PostgreSQL', () => {
  test('starts in an empty folder, keeps durability on, listens on no port, and finds its data again after a stop', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    await query(first, 'create table kept (n int); insert into kept values (7)')
    const settings = await query(first, "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses') order by name")
    expect(settings.map((row) => row.setting)).toEqual(['on', 'on', '', 'on'])
    expect(first.connection.host.startsWith(dataDir)).toBe(true)
    await first.stop()
    const second = await start(dataDir)
    expect(second.adopted).toBe(false)
    expect(await query(second, 'select n from kept')).toEqual([{ n: 7 }])
  })

  test('uses a short private folder for its socket when the data folder has a long path', async () => {
    const dataDir = join(newFolder(), 'a-rather-long-name-for-a-folder'.repeat(4))
    const server = await start(dataDir)
    expect(server.connection.host.startsWith(dataDir)).toBe(false)
    folders.push(server.connection.host)
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('refuses a second owner with one clear line, and leaves the first at work', async () => {
    const dataDir = newFolder()
    const server = await start(dataDir)
    const second = await startOwner(dataDir)
    expect(second.code).toBe(1)
    expect(second.line).toMatch(/^orgdesk: another server is running on [^\n]+ \(store\.in_use\)\n$/)
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('lets exactly one of two servers that start at the same instant own an empty folder', async () => {
    const dataDir = newFolder()
    const owners = await Promise.all([startOwner(dataDir), startOwner(dataDir)])
    expect(owners.map((owner) => owner.code).sort()).toEqual([1, null])
    await Promise.all(owners.map((owner) => (owner.code === null ? kill(owner.child) : null)))
    expect((await start(dataDir)).adopted).toBe(true)
  })

  test('is adopted, with what was committed, when its owner was killed', async () => {
    const dataDir = newFolder()
    const owner = await startOwner(dataDir)
    const connection = { ...JSON.parse(owner.line) }
    const client = new Client(connection)
    await client.connect()
    await client.query('create table kept (n int); insert into kept values (7)')
    await client.end()
    await kill(owner.child)
    const next = await start(dataDir)
    expect(next.adopted).toBe(true)
    expect(await query(next, 'select n from kept')).toEqual([{ n: 7 }])
  })

  test('comes back by itself, with what was committed, when PostgreSQL is killed', async () => {
    const dataDir = newFolder()
    const server = await start(dataDir)
    await query(server, 'create table kept (n int); insert into kept values (7)')
    process.kill(postmasterOf(dataDir), 'SIGKILL')
    expect(await queryWhenReady(server, 'select n from kept')).toEqual([{ n: 7 }])
    expect((await startOwner(dataDir)).code).toBe(1)
  })

  test('starts although the pid file of a dead PostgreSQL now names another program', async () => {
    const dataDir = newFolder()
    await (await start(dataDir)).stop()
    const file = join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
    writeFileSync(file, `${process.pid}\n${join(dataDir, 'postgres', 'cluster')}\n1\n5432\n\n\n`)
    expect(await query(await start(dataDir), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('tells another process that the owner stopped it on SIGTERM by being gone', async () => {
    const dataDir = newFolder()
    const owner = await startOwner(dataDir)
    const gone = new Promise((done) => owner.child.once('exit', done))
    owner.child.kill('SIGTERM')
    expect(await gone).toBe(0)
    expect((await start(dataDir)).adopted).toBe(false)
  })
})

// Root leaves itself behind in one of several ways; everybody else has nothing to leave and stays who they are.
const WAYS = process.getuid?.() === 0 ? (Object.keys(ROOT_ACCOUNTS) as RootAccount[]) : ['none needed' as const]
describe('whoever starts it', () => {
  test.each(WAYS)('PostgreSQL does not run as root: %s', async (name) => {
    const dataDir = newFolder()
    // The last way needs a data folder that others may enter; mkdtemp makes private ones.
    chmodSync(dataDir, 0o755)
    const server = await start(dataDir, name === 'none needed' ? undefined : [name])
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.stop()
    // The next start may find another way: the data changes hands.
    const again = await start(dataDir, ['namespace'])
    expect(await query(again, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})
