import pino from 'pino'
import { addOrganization, changeScope, NOW, openTestStore } from '../../tests/doubles/store'
import { createImportReader } from '../imports/reader'
import { MANUAL } from '../payment/payment'
import { parseSettings } from '../settings'
import { newId } from '../store/ids'
import type { Store } from '../store/store'
import { mergeSearchLists } from '../store/words'
import { startBackground } from './background'

/** The background of a server, on a store of the test. */
function startOn(store: Store) {
  const parsed = parseSettings({})
  if (!parsed.ok) throw new Error(parsed.problems.join())
  return startBackground({
    store, imports: createImportReader(null), breathe: async () => undefined, payment: MANUAL, lookUp: async () => ({ outcome: 'timed_out', atHost: [], elsewhere: [] }),
    publish: () => undefined, send: async () => ({ ok: true }), settings: parsed.settings, mailDomain: 'orgdesk.example', clock: () => NOW, newId, logger: pino({ level: 'silent' }),
  })
}

test('the background sorts new words into the indexes of searches, so that no change has to', async () => {
  const store = await openTestStore()
  const organizationId = await addOrganization(store)
  await store.change(changeScope(organizationId), async ({ record }) => {
    record({ category: 'audit', kind: 'workspace.edited', ofAdmin: true, target: { type: 'workspace', id: newId(), label: 'Marceau' } })
    return { ok: true, value: null }
  })
  await startOn(store).stop()
  expect(await store.system(mergeSearchLists)).toBe(0)
  await store.drop()
})
