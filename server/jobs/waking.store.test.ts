import { addOrganization, changeScope, openTestStore, type TestStore } from '../../tests/doubles/store'
import type { Change, Outcome } from '../store/transactions'
import { wakeAfterChanges } from './waking'

let store: TestStore
let acme: string
beforeAll(async () => {
  store = await openTestStore()
  acme = await addOrganization(store)
})
afterAll(() => store.drop())

const mail = (change: Change): void => change.mail({ kind: 'activation', to: { email: 'a@acme.example', name: 'A' }, language: 'en', params: {} })
const job = (change: Change): void => change.job({ kind: 'work', payload: {} })

/** What a change wakes, and how many jobs and mails whoever is woken finds. */
async function wokenBy(leave: (change: Change) => void, outcome: Outcome<null> = { ok: true, value: null }) {
  const woken: { what: string; found: Promise<unknown> }[] = []
  const found = (table: 'jobs' | 'outbox') => store.system((db) => db.selectFrom(table).select('id').execute().then(({ length }) => length))
  await store.asOwner('delete from jobs; delete from outbox')
  await wakeAfterChanges(store, (what) => woken.push({ what, found: found(what) })).change(changeScope(acme), async (change) => {
    leave(change)
    return outcome
  })
  return Promise.all(woken.map(async ({ what, found: there }) => [what, await there]))
}

describe('a change', () => {
  test.each<[string, (change: Change) => void, unknown]>([
    ['a mail wakes who sends mails, once it is there', mail, [['outbox', 1]]],
    ['several jobs wakes who does them, once', (change) => { job(change); job(change) }, [['jobs', 2]]],
    ['both wakes both', (change) => { job(change); mail(change) }, [['jobs', 1], ['outbox', 1]]],
    ['nothing wakes nobody', () => undefined, []],
  ])('that leaves %s', async (_name, leave, expected) => expect(await wokenBy(leave)).toEqual(expected))

  test('that is refused wakes nobody', async () => {
    expect(await wokenBy(mail, { ok: false, code: 'access.denied' })).toEqual([])
  })
})
