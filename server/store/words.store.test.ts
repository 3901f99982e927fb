import { addOrganization, changeScope, openTestStore, type TestStore } from '../../tests/doubles/store'
import { readEvents } from './events.read'
import { newId } from './ids'
import { mergeSearchLists } from './words'

let store: TestStore
let acme: string
beforeAll(async () => { store = await openTestStore() })
beforeEach(async () => { acme = await addOrganization(store) })
afterAll(() => store.drop())

const merge = (): Promise<number> => store.system(mergeSearchLists)

/** Writes a change with lines that name a workspace. */
const write = (label: string, lines: number) => store.change(changeScope(acme), async ({ record }) => {
  for (let line = 0; line < lines; line += 1) record({ category: 'audit', kind: 'workspace.edited', ofAdmin: true, target: { type: 'workspace', id: newId(), label: `${label} ${line}` } })
  return { ok: true, value: null }
})

const find = async (text: string): Promise<number> => (await store.read(acme, (db) => readEvents(db, { organizationId: acme, userId: newId(), members: true, admins: true }, { text }, null, 100))).length

describe('what was written lately', () => {
  it('is found before it is sorted into the indexes of searches, and after', async () => {
    await write('Marceau', 3)
    expect(await find('marc')).toBe(3)
    expect(await merge()).toBeGreaterThan(0)
    expect(await find('marc')).toBe(3)
    expect(await merge()).toBe(0)
  })

  it('is sorted in by none of the writes, as long as the background does it', async () => {
    // More than PostgreSQL lets wait by itself, four megabytes.
    for (let change = 0; change < 12; change += 1) await write(Array.from({ length: 100 }, (_, word) => `word${change}x${word}`).join(' '), 100)
    expect(await merge()).toBeGreaterThan((4 * 1024) / 8)
  })
})
