import { NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { takeFromLimit } from './limits'

const CALLS = 1_000
const HOUR_MS = 3_600_000

let store: TestStore
beforeAll(async () => { store = await openTestStore() })
afterAll(() => store.drop())

const take = (bucket: string, limit: number, now = NOW) => store.system((db) => takeFromLimit(db, { bucket, limit, windowMs: HOUR_MS }, now))

describe('a limit that all servers share', () => {
  it.each([1, 5, 20, 999])('lets exactly %i of 1,000 parallel calls pass', async (limit) => {
    const waits = await Promise.all(Array.from({ length: CALLS }, () => take(`limit of ${limit}`, limit)))
    expect(waits.filter((wait) => wait === null)).toHaveLength(limit)
    expect(new Set(waits.filter((wait) => wait !== null))).toEqual(new Set([3600]))
  })

  it('counts each bucket by itself, and begins again with the next window', async () => {
    expect(await take('a', 1)).toBeNull()
    expect(await take('a', 1)).toBe(3600)
    expect(await take('b', 1)).toBeNull()
    expect(await take('a', 1, new Date(NOW.getTime() + HOUR_MS))).toBeNull()
  })
})
