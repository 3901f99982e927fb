import pino from 'pino'
import { addOrganization, changeScope, NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { drainOutbox } from '../mail/outbox'
import { newId } from '../store/ids'
import { queueJobs } from '../store/jobs'
import { runJobs } from './jobs'

const SOON_MS = 20_000
const logger = pino({ level: 'silent' })
let store: TestStore

beforeAll(async () => {
  store = await openTestStore()
})
afterAll(() => store.drop())

/** How long whoever takes up a dead server's work would have to wait for the only row of a queue. */
const waitMs = async (table: 'jobs' | 'outbox'): Promise<number> => {
  const { run_at: runAt } = await store.system((db) => db.selectFrom(table).select('run_at').executeTakeFirstOrThrow())
  return runAt.getTime() - NOW.getTime()
}

test('a job whose server dies before it has done anything is taken up within twenty seconds', async () => {
  await store.system((db) => queueJobs(db, null, [{ kind: 'work', payload: {} }], NOW, newId))
  let waits: number | null = null
  await runJobs({ store, handlers: { work: async () => { waits = await waitMs('jobs'); return 'done' } }, clock: () => NOW, newId, logger })
  expect(waits).toBe(SOON_MS)
})

test('a mail whose server dies over it is sent by another within twenty seconds', async () => {
  const organizationId = await addOrganization(store)
  await store.change(changeScope(organizationId), async ({ mail }) => {
    mail({ kind: 'activation', to: { email: 'a@acme.example', name: 'A' }, language: 'en', params: {} })
    return { ok: true, value: null }
  })
  let waits: number | null = null
  const render = () => ({ subject: 's', text: 't', html: 'h', unsubscribeUrl: null })
  const send = async () => { waits = await waitMs('outbox'); return { ok: true } as const }
  expect(await drainOutbox({ store, send, render, domain: 'orgdesk.example', isBusy: () => false, clock: () => NOW, newId, logger })).toBe(1)
  expect(waits).toBe(SOON_MS)
})
