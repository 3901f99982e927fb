import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLogger } from '../http/logger'
import type { ChangeNotice } from '../http/stream'
import { createTraffic } from '../http/traffic'
import { parseSettings } from '../settings'
import { startBackgroundThread } from './background.thread'

const folder = mkdtempSync(join(tmpdir(), 'orgdesk-thread-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Starts a thread that runs this text, and keeps what it says. */
function startThread(text: string) {
  const workerFile = join(folder, 'thread.mjs')
  writeFileSync(workerFile, `import { parentPort, workerData } from 'node:worker_threads'\n${text}`)
  const parsed = parseSettings({ STRIPE_SECRET_KEY: 'k', STRIPE_WEBHOOK_SECRET: 'w', STRIPE_API_URL: 'http://127.0.0.1:1' })
  if (!parsed.ok) throw new Error(parsed.problems.join())
  const heard: ChangeNotice[] = []
  const lost: string[] = []
  const lines: string[] = []
  const { waiting } = createTraffic()
  const thread = startBackgroundThread({
    workerFile, start: { settings: parsed.settings, smtpUrl: 'smtp://127.0.0.1:1', connection: { connectionString: 'postgres://127.0.0.1/x' }, waiting },
    publish: (notice) => heard.push(notice), onLost: (problem) => lost.push(problem), logger: createLogger('info', { write: (line) => lines.push(line) }),
  })
  return { thread, heard, lost, lines, waiting }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5)
}

const STOPS = "parentPort.once('message', () => process.exit(0))"

test('what the thread changes is told to whoever watches, and all that it is started with arrives', async () => {
  const { thread, heard } = startThread(`${STOPS}\nparentPort.postMessage({ organizationId: workerData.settings.stripe.api + workerData.connection.connectionString, topics: ['users'] })`)
  await until(() => heard.length > 0)
  expect(heard).toEqual([{ organizationId: 'http://127.0.0.1:1postgres://127.0.0.1/x', topics: ['users'] }])
  await thread.stop()
})

test('the thread sees how many reads wait', async () => {
  const { thread, heard, waiting } = startThread(`${STOPS}\nconst reads = new Int32Array(workerData.waiting)\nsetInterval(() => { parentPort.postMessage({ organizationId: String(Atomics.load(reads, 0)), topics: [] }) }, 1)`)
  Atomics.store(new Int32Array(waiting), 0, 3)
  await until(() => heard.some(({ organizationId }) => organizationId === '3'))
  expect(heard.at(-1)).toMatchObject({ organizationId: '3' })
  await thread.stop()
})

test('the thread hears that there is something to do', async () => {
  const { thread, heard } = startThread("parentPort.on('message', (asked) => { if (asked === 'stop') process.exit(0); parentPort.postMessage({ organizationId: asked, topics: [] }) })")
  thread.wake('jobs')
  thread.wake('outbox')
  await until(() => heard.length === 2)
  expect(heard.map(({ organizationId }) => organizationId)).toEqual(['jobs', 'outbox'])
  await thread.stop()
})

test('stopping waits for what has begun, and loses nothing', async () => {
  const { thread, heard, lost } = startThread("parentPort.once('message', () => setTimeout(() => { parentPort.postMessage({ organizationId: 'late', topics: [] }); process.exit(0) }, 50))")
  await thread.stop()
  expect(heard).toHaveLength(1)
  expect(lost).toEqual([])
})

test.each([
  ['fails', "setTimeout(() => { throw new RangeError('secret of somebody@acme.example') }, 1)", ['the background failed']],
  ['ends', 'process.exit(0)', []],
])('a thread that %s by itself is lost, and says why without what it held', async (_name, text, words) => {
  const { lost, lines } = startThread(text)
  await until(() => lost.length > 0)
  expect(lost[0]).toContain('server.background_lost')
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(words)
  expect(lines.join()).not.toContain('somebody@')
})
