import { openTestStore } from '../../tests/doubles/store'
import { ensureWords, loadWithoutWords } from './words'

type TestStore = Awaited<ReturnType<typeof openTestStore>>

let store: TestStore
beforeAll(async () => { store = await openTestStore() })
afterAll(() => store.drop())

const indexes = async (): Promise<number> => (await store.asOwner("select 1 from pg_indexes where indexname = 'events_by_words'")).length

describe('the index of words', () => {
  it('is away while a long log is loaded, and there afterwards', async () => {
    let meanwhile = -1
    await loadWithoutWords(store.connection, async () => { meanwhile = await indexes() })
    expect([meanwhile, await indexes()]).toEqual([0, 1])
  })

  it('is there after a load that failed, too', async () => {
    await expect(loadWithoutWords(store.connection, () => Promise.reject(new Error('cut')))).rejects.toThrow('cut')
    expect(await indexes()).toBe(1)
  })

  it('comes back where a load was killed before it could be built', async () => {
    await store.asOwner('drop index events_by_words')
    await ensureWords(store.connection)
    await ensureWords(store.connection)
    expect(await indexes()).toBe(1)
  })
})
