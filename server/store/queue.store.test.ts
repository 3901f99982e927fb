import { addOrganization, changeScope, NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { cleanUp } from './cleanup'
import { newId } from './ids'
import { completeJob, failJob, queueJobs, renewJob, takeJobs, type Job } from './jobs'
import { completeMail, takeMails } from './outbox'
import { backOffMs } from './queue'

jest.setTimeout(60_000)

let store: TestStore
let acme: string

beforeAll(async () => {
  store = await openTestStore()
  acme = await addOrganization(store)
})
beforeEach(() => store.system((db) => db.deleteFrom('jobs').execute()))
afterAll(() => store.drop())

const after = (ms: number): Date => new Date(NOW.getTime() + ms)
const LEASE_MS = 60_000

function take(now: Date, limit = 10): Promise<Job[]> {
  return store.system((db) => takeJobs(db, { now, limit, leaseMs: LEASE_MS, lease: newId() }))
}

function queue(count: number, more: { dedupeKey?: string; maxAttempts?: number; runAt?: Date } = {}): Promise<void> {
  return store.system((db) => queueJobs(db, null, Array.from({ length: count }, (_item, index) => ({ kind: 'work', payload: { index }, ...more })), NOW, newId))
}

async function one(now: Date): Promise<Job> {
  const [job] = await take(now)
  if (job === undefined) throw new Error('no job was due')
  return job
}

test('two workers take every job once', async () => {
  await queue(300)
  const done: string[] = []
  const work = async (): Promise<void> => {
    for (;;) {
      const jobs = await take(NOW, 7)
      if (jobs.length === 0) return
      done.push(...jobs.map((job) => job.id))
      for (const job of jobs) expect(await store.system((db) => completeJob(db, job, NOW))).toBe(true)
    }
  }
  await Promise.all([work(), work()])
  expect(done).toHaveLength(300)
  expect(new Set(done).size).toBe(300)
})

test('a job is taken again when its worker died, and the dead one can no longer finish it', async () => {
  await queue(1)
  const first = await one(NOW)
  expect(await take(after(LEASE_MS - 1))).toEqual([])
  const second = await one(after(LEASE_MS))
  expect(await store.system((db) => completeJob(db, first, NOW))).toBe(false)
  expect(await store.system((db) => renewJob(db, first, after(5 * LEASE_MS)))).toBe(false)
  expect(await store.system((db) => renewJob(db, second, after(5 * LEASE_MS)))).toBe(true)
  expect(await take(after(3 * LEASE_MS))).toEqual([])
})

test('a failing job waits longer each time and is given up after its last attempt', async () => {
  await queue(1, { maxAttempts: 2 })
  expect(await store.system(async (db) => failJob(db, await one(NOW), 'x'.repeat(9_999), NOW))).toBe(true)
  expect(await take(after(backOffMs(1) - 1))).toEqual([])
  const second = await one(after(backOffMs(1)))
  await store.system((db) => failJob(db, second, 'again', NOW))
  expect(await take(after(1e9))).toEqual([])
  expect([1, 2, 3, 30].map(backOffMs)).toEqual([10_000, 20_000, 40_000, 3_600_000])
})

test('a job whose workers die at every attempt is given up by the clean-up', async () => {
  await queue(1, { maxAttempts: 1 })
  await one(NOW)
  await store.system((db) => cleanUp(db, after(LEASE_MS)))
  expect(await store.system((db) => db.selectFrom('jobs').select('state').execute())).toEqual([{ state: 'failed' }])
})

test('a job is not due before its time, and one that waits under the same key is enough', async () => {
  await queue(3, { dedupeKey: 'daily', runAt: after(10) })
  expect(await take(NOW)).toEqual([])
  expect(await take(after(10))).toHaveLength(1)
})

test('a mail is sent once, and its secrets are forgotten then', async () => {
  const mail = { kind: 'activation', to: { email: 'a@acme.example', name: 'A' }, language: 'en', params: {}, secrets: { token: 'secret' }, dedupeKey: 'once' }
  for (let round = 0; round < 2; round += 1) {
    await store.change(changeScope(acme), async (change) => { change.mail(mail); return { ok: true, value: null } })
  }
  const options = () => ({ now: NOW, limit: 10, leaseMs: LEASE_MS, lease: newId() })
  const taken = (await Promise.all([1, 2].map(() => store.system((db) => takeMails(db, options()))))).flat()
  expect(taken.map((item) => item.secrets)).toEqual([{ token: 'secret' }])
  const completed = await Promise.all(taken.map((item) => store.system((db) => completeMail(db, item, NOW))))
  expect(completed).toEqual([true])
  expect(await store.system((db) => db.selectFrom('outbox').select(['state', 'secrets']).execute())).toEqual([{ state: 'sent', secrets: null }])
})
