import { startDemoServer, type DemoServer } from '../e2e/server'
import { audit, watchInvariants, type KeptHead, type ToldExport } from './audit'
import { countOf, isLong } from './counts'
import { anyMoment, databaseOf, demoToken, keepHeads, readMailboxes, readPostmaster, startTraffic, takeExport, toldBy, untilMailed, untilWorked } from './world'

/*
 * Crashes under fire: the server, or its PostgreSQL, is killed in the middle of mixed writes whose clients repeat
 * what was not clearly answered. Afterwards the auditor compares what they were told with what is there.
 */

const SERVER_KILLS = countOf(3, 1000)
const POSTGRES_KILLS = countOf(2, 200)
const WORKERS = 6
const WORK_BETWEEN = 8
const KILL_WITHIN_MS = 60
jest.setTimeout(isLong ? 6 * 3_600_000 : 900_000)

let server: DemoServer
beforeAll(async () => { server = await startDemoServer() }, 180_000)
afterAll(() => server.close(), 60_000)

type Kill = () => Promise<void>

const killServer: Kill = async () => {
  await server.kill()
  await server.start()
}

/** The process that all others of PostgreSQL hang on: the server brings it back. */
const killPostgres: Kill = async () => {
  const { pid } = readPostmaster(server.dataDir)
  process.kill(pid, 'SIGKILL')
  await untilReadyAgain(pid)
}

const untilReadyAgain = async (before: number): Promise<void> => {
  const isNew = () => { try { return readPostmaster(server.dataDir).pid !== before } catch { return false } }
  while (!isNew() || !(await fetch(`${server.origin}/readyz`).then(({ ok }) => ok, () => false))) await anyMoment(20)
}

const slowest = (took: readonly number[]): string => `${Math.round(Math.max(...took))} ms`

/** Kills again and again under traffic; answers how long each took to be ready, and what the auditor found. */
async function runUnder(kill: Kill, times: number) {
  const database = databaseOf(server)
  const watch = watchInvariants(database.query)
  const traffic = await startTraffic(server.origin, WORKERS)
  const token = await demoToken(server.origin, 'owner@acme.example')
  const [organization] = await database.query("select organization_id as id from users where email = 'owner@acme.example'")
  const exports: ToldExport[] = []
  const heads: KeptHead[] = []
  const took: number[] = []
  for (let n = 0; n < times; n += 1) {
    await untilWorked(traffic, WORK_BETWEEN)
    await anyMoment(KILL_WITHIN_MS)
    const began = performance.now()
    await kill()
    took.push(performance.now() - began)
    heads.push(...(await keepHeads(database.query)))
    if (n % 20 === 0) exports.push(await takeExport(server.origin, token, String(organization?.['id'])))
  }
  await untilWorked(traffic, WORK_BETWEEN)
  await traffic.end()
  const watched = await watch.stop()
  await untilMailed(database.query, isLong)
  const told = toldBy(traffic, { exports, heads, mailboxes: (people) => readMailboxes(server.origin, people) })
  const findings = [...watched.findings, ...(await audit(database.query, told))]
  await database.close()
  process.stdout.write(`${times} kills, ${traffic.count()} changes, ready again within ${slowest(took)}, ${watched.looks} states looked at\n`)
  return { findings, unexpected: traffic.clients.flatMap(({ unexpected }) => unexpected), changes: traffic.count(), looks: watched.looks, exported: exports.flatMap(({ sequences }) => sequences).length }
}

it.each([
  [SERVER_KILLS, 'the server', killServer],
  [POSTGRES_KILLS, 'PostgreSQL', killPostgres],
] as const)('after %i kills of %s nothing is lost, doubled or half done', async (times, _what, kill) => {
  const { findings, unexpected, changes, looks, exported } = await runUnder(kill, times)
  expect(findings).toEqual([])
  expect(unexpected).toEqual([])
  expect(changes).toBeGreaterThan(times * WORK_BETWEEN)
  expect(looks).toBeGreaterThan(0)
  expect(exported).toBeGreaterThan(0)
})
