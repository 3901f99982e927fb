import { setTimeout as sleep } from 'node:timers/promises'
import { NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { newId } from './ids'
import { completeJob, queueJobs, takeJobs, type Job } from './jobs'
import { LEASE_MS, whileHeld } from './leases'

jest.setTimeout(60_000)

let store: TestStore
let now: Date

beforeAll(async () => {
  store = await openTestStore()
})
beforeEach(async () => {
  jest.useFakeTimers({ doNotFake: ['Date', 'setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask', 'performance', 'hrtime'] })
  now = NOW
  await store.system((db) => db.deleteFrom('jobs').execute())
})
afterEach(() => { jest.useRealTimers() })
afterAll(() => store.drop())

const after = (ms: number): Date => new Date(NOW.getTime() + ms)
const queue = (count: number) => store.system((db) => queueJobs(db, null, Array.from({ length: count }, (_item, index) => ({ kind: 'work', payload: { index } })), NOW, newId))
const take = (at: Date): Promise<Job[]> => store.system((db) => takeJobs(db, { now: at, limit: 10, leaseMs: LEASE_MS, lease: newId() }))
const dueAt = () => store.system((db) => db.selectFrom('jobs').select(['id', 'run_at']).orderBy('id').execute())

/** Lets the clock reach a moment and waits until the leases of so many jobs tell of it. */
async function beatAt(ms: number, count: number): Promise<void> {
  now = after(ms)
  jest.advanceTimersByTime(LEASE_MS / 4)
  const isTold = async () => (await dueAt()).filter(({ run_at }) => run_at.getTime() === now.getTime() + LEASE_MS).length >= count
  while (!await isTold()) await sleep(5)
}

test('work that lasts longer than its lease stays its worker’s for as long as it lasts, and is due again soon after that', async () => {
  await queue(2)
  const jobs = await take(NOW)
  await whileHeld({ store, clock: () => now }, 'jobs', jobs, async () => {
    await beatAt(LEASE_MS - 1, 2)
    expect(await take(after(LEASE_MS))).toEqual([])
    await beatAt(2 * LEASE_MS, 2)
    expect(await take(after(2.5 * LEASE_MS))).toEqual([])
  })
  jest.advanceTimersByTime(10 * LEASE_MS)
  expect(await take(after(3 * LEASE_MS))).toHaveLength(2)
})

test('keeping work alive gives back nothing that is done or somebody else’s by now', async () => {
  await queue(3)
  const jobs = await take(NOW)
  const [done, lost] = jobs
  if (done === undefined || lost === undefined) throw new Error('too few jobs')
  await store.system((db) => completeJob(db, done, NOW))
  await store.system((db) => db.updateTable('jobs').set({ lease: newId() }).where('id', '=', lost.id).execute())
  await whileHeld({ store, clock: () => now }, 'jobs', jobs, () => beatAt(LEASE_MS / 2, 1))
  const states = await store.system((db) => db.selectFrom('jobs').select(['id', 'state', 'run_at']).execute())
  expect(states.find(({ id }) => id === done.id)).toMatchObject({ state: 'done', run_at: after(LEASE_MS) })
  expect(states.find(({ id }) => id === lost.id)).toMatchObject({ run_at: after(LEASE_MS) })
})

test('a job whose row its own work has locked keeps nobody waiting', async () => {
  await queue(2)
  const jobs = await take(NOW)
  await whileHeld({ store, clock: () => now }, 'jobs', jobs, () => store.system(async (db) => {
    await db.selectFrom('jobs').select('id').where('id', '=', jobs[0]?.id ?? '').forUpdate().execute()
    await beatAt(LEASE_MS / 2, 1)
  }))
  expect((await dueAt()).map(({ run_at }) => run_at)).toEqual(expect.arrayContaining([after(LEASE_MS), after(1.5 * LEASE_MS)]))
})

test('a store that cannot be reached for a beat ends neither the work nor the server', async () => {
  await queue(1)
  const jobs = await take(NOW)
  const away = { ...store, system: async () => { throw new Error('gone') } }
  const result = await whileHeld({ store: away, clock: () => now }, 'jobs', jobs, async () => {
    jest.advanceTimersByTime(LEASE_MS / 2)
    await sleep(5)
    return 'worked'
  })
  expect(result).toBe('worked')
})
