import { addOrganization, changeScope, openTestStore, type TestStore } from '../../tests/doubles/store'
import { readEvents, type EventFilter } from './events.read'
import { findSpans } from './events.spans'

jest.setTimeout(60_000)

const HOUR_MS = 3_600_000
const FIRST = Date.parse('2026-01-01T00:00:00.000Z')
const at = (hour: number): Date => new Date(FIRST + hour * HOUR_MS)
/** Three blocks of lines, five an hour; then some that came late, one of them much too late. */
const LINES = 3 * 4096
const HOURS = [...Array.from({ length: LINES }, (_item, n) => Math.floor(n / 5)), 10, 2_400, 2_401, 5]

let store: TestStore
let acme: string
let lines: { sequence: number; at: Date }[]

beforeAll(async () => {
  store = await openTestStore()
  acme = await addOrganization(store)
  const other = await addOrganization(store)
  for (let from = 0; from < HOURS.length; from += 2_000) await record(acme, HOURS.slice(from, from + 2_000))
  await record(other, [1, 2, 3])
  lines = HOURS.map((hour, n) => ({ sequence: n + 1, at: at(hour) }))
})
afterAll(() => store.drop())

const record = (organizationId: string, hours: readonly number[]) => store.change(changeScope(organizationId, { now: at(2_600) }), async (change) => {
  for (const hour of hours) change.record({ category: 'activity', kind: 'opened', ofAdmin: false, subjects: [], target: { type: 'message', id: null, label: '' }, at: at(hour) })
  return { ok: true, value: null }
})
const read = (filter: EventFilter, before: number | null, limit: number) =>
  store.read(acme, async (db) => (await readEvents(db, { organizationId: acme, userId: acme, members: true, admins: true }, filter, before, limit)).map(({ sequence }) => Number(sequence)))

describe('a period of the log holds the same lines however it is looked for', () => {
  it.each<[string, EventFilter]>([
    ['a day long past, with what came late', { from: at(0), to: at(24) }],
    ['hours between two blocks', { from: at(810), to: at(830) }],
    ['from a moment on', { from: at(2_390) }],
    ['up to a moment', { to: at(11) }],
    ['all of it', { from: at(0), to: at(9_999) }],
    ['a time in which nothing happened', { from: at(3_000) }],
    ['with another filter', { from: at(0), to: at(24), kinds: ['opened'] }],
    ['with one that leaves nothing', { from: at(0), to: at(24), category: 'audit' }],
  ])('%s', async (_what, filter) => {
    const { from = at(-1), to = at(99_999) } = filter
    const wanted = lines.filter((line) => line.at >= from && line.at < to && filter.category === undefined).map(({ sequence }) => sequence).toReversed()
    const found: number[] = []
    for (let before: number | null = null; ; before = found.at(-1) ?? 0) {
      const page: number[] = await read(filter, before, 700)
      found.push(...page)
      if (page.length < 700) break
    }
    expect(found).toEqual(wanted)
  })
})

it('looks only where lines of the period can be', async () => {
  const spans = (period: { from?: Date; to?: Date }) => store.read(acme, (db) => findSpans(db, acme, period))
  // The last block holds old and new lines alike, so anything may be in it.
  expect(await spans({ from: at(900), to: at(1_000) })).toEqual([{ first: 12_288, last: 16_383 }, { first: 4096, last: 8191 }])
  expect(await spans({ from: at(0), to: at(24) })).toEqual([{ first: 12_288, last: 16_383 }, { first: 0, last: 4095 }])
  expect(await spans({ from: at(9_000) })).toEqual([])
  expect(await spans({})).toEqual([{ first: 0, last: 16_383 }])
})

it('joins what is left where lines came late again and again', async () => {
  await store.asOwner("insert into event_spans select $1, 1000 + 2 * n, '2030-01-01', '2030-01-02' from generate_series(0, 30) n", [acme])
  const spans = await store.read(acme, (db) => findSpans(db, acme, { from: new Date('2030-01-01') }))
  expect(spans).toHaveLength(16)
  expect([spans[0]?.last, spans.at(-1)?.first]).toEqual([1061 * 4096 - 1, 1000 * 4096])
})
