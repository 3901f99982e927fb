import { randomBytes } from 'node:crypto'
import { openCuttingLine, type CuttingLine, type Fate } from '../doubles/cutting-line'
import { startDemoServer, type DemoServer } from '../e2e/server'
import { audit, watchInvariants, type Query } from './audit'
import { countOf, isLong } from './counts'
import { openQuery, readMailboxes, startTraffic, toldBy, untilMailed, untilWorked } from './world'

/*
 * Answers that never come: the lines between clients and server, and between server and database, are cut in
 * the middle of answers, above all of those to COMMIT, and the database runs out of room. Nobody can know then
 * whether a change was made; clients repeat it under its key, and it must be there once.
 */

const CHANGES = countOf(160, 10_000)
const WORKERS = 6
const CUT_PART = 0.3
jest.setTimeout(isLong ? 6 * 3_600_000 : 900_000)

/** A simple query of PostgreSQL's protocol: its letter, its length, its text. */
const simpleQuery = (text: string): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(text) + 5)
  return Buffer.concat([Buffer.from('Q'), length, Buffer.from(`${text}\0`)])
}
const COMMIT = simpleQuery('commit')
/** Fails as a commit for which there is no room, which ends its transaction; what was asked before it in the same piece is done and answered as ever. */
const DISK_FULL = simpleQuery("rollback; do $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$")
const withoutRoom = (data: Buffer): Buffer => {
  const at = data.indexOf(COMMIT)
  return Buffer.concat([data.subarray(0, at), DISK_FULL, data.subarray(at + COMMIT.length)])
}

const chance = (part: number): boolean => Math.random() < part

/** The same faults on every line; whether any happen is switched by the test, because a start is not what is tried here. */
const faults = { atCommit: (_data: Buffer): Fate => 'pass', atReply: (): Fate => 'pass' }
const calm = (): void => void Object.assign(faults, { atCommit: () => 'pass', atReply: () => 'pass' })

let toDatabase: CuttingLine
let toServer: CuttingLine
let server: DemoServer
let database: { query: Query; close: () => Promise<void> }

beforeAll(async () => {
  const postgres = JSON.parse(process.env['ORGDESK_TEST_POSTGRES'] ?? '') as { host: string; port: number; user: string }
  const name = `test_${randomBytes(8).toString('hex')}`
  const admin = openQuery({ ...postgres, database: 'postgres' })
  await admin.query(`create database ${name} template orgdesk_template`)
  await admin.close()
  database = openQuery({ ...postgres, database: name })
  toDatabase = await openCuttingLine({ path: `${postgres.host}/.s.PGSQL.${postgres.port}` }, (data, direction) => (direction === 'to' && data.includes(COMMIT) ? faults.atCommit(data) : 'pass'))
  server = await startDemoServer({ DATABASE_URL: `postgres://${postgres.user}@127.0.0.1:${toDatabase.port}/${name}` })
  toServer = await openCuttingLine({ host: 'localhost', port: Number(new URL(server.origin).port) }, (_data, direction) => (direction === 'from' ? faults.atReply() : 'pass'))
}, 180_000)
afterEach(calm)
afterAll(async () => {
  await server.close()
  await Promise.all([toServer.close(), toDatabase.close(), database.close()])
}, 60_000)

/** Each line alone and both together; a commit may be lost on its way, or made and not told. */
const CUTS: Record<string, Partial<typeof faults>> = {
  'to clients': { atReply: () => (chance(CUT_PART) ? 'lost' : 'pass') },
  'of the database to COMMIT': { atCommit: () => (chance(CUT_PART) ? 'unanswered' : 'pass') },
  'and questions on every line': { atReply: () => (chance(CUT_PART) ? 'lost' : 'pass'), atCommit: () => (chance(CUT_PART) ? (chance(0.5) ? 'lost' : 'unanswered') : 'pass') },
  'of a database whose disk is full': { atCommit: (data) => (chance(CUT_PART) ? { instead: withoutRoom(data) } : 'pass') },
}

it.each(Object.entries(CUTS))('with 30 %% of the answers %s cut, every change is there once', async (_which, cuts) => {
  const watch = watchInvariants(database.query)
  const before = toServer.cuts() + toDatabase.cuts()
  const traffic = await startTraffic(`http://127.0.0.1:${toServer.port}`, WORKERS)
  Object.assign(faults, cuts)
  await untilWorked(traffic, Math.ceil(CHANGES / Object.keys(CUTS).length))
  calm()
  await traffic.end()
  const watched = await watch.stop()
  await untilMailed(database.query, isLong)
  const told = toldBy(traffic, { exports: [], heads: [], mailboxes: (people) => readMailboxes(server.origin, people) })
  expect([...watched.findings, ...(await audit(database.query, told))]).toEqual([])
  expect(traffic.clients.flatMap(({ unexpected }) => unexpected)).toEqual([])
  expect(toServer.cuts() + toDatabase.cuts() - before).toBeGreaterThan(traffic.count() / 20)
})
