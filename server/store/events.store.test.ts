import { addOrganization, changeScope, NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { verifyChain, type ChainHead } from './events.chain'
import { readHead } from './events.append'
import { newId } from './ids'
import type { Row } from './tables'

jest.setTimeout(60_000)

let store: TestStore
let acme: string

beforeAll(async () => { store = await openTestStore({ poolSize: 12 }) })
beforeEach(async () => { acme = await addOrganization(store) })
afterAll(() => store.drop())

const person = (name: string) => ({ id: newId(), email: `${name}@acme.example`, name })

function record(count: number, now = NOW): Promise<unknown> {
  return store.change(changeScope(acme, { now }), async ({ record: add }) => {
    for (let index = 0; index < count; index += 1) {
      add({
        category: 'audit', kind: 'user.edited', ofAdmin: false, subjects: [person('zoë\u0000'), person('\ud800half')],
        target: { type: 'user', id: newId(), label: 'Zoë' }, ip: '::1',
        changes: { status: { from: null, to: { b: [1, 1e21, 'x'], a: undefined } }, name: { from: 1.5, to: new Date(0) } },
      })
    }
    return { ok: true, value: null }
  })
}

function log(): Promise<Row<'events'>[]> {
  return store.read(acme, (db) => db.selectFrom('events').selectAll().where('organization_id', '=', acme).orderBy('sequence').execute())
}

function head(): Promise<ChainHead> {
  return store.read(acme, (db) => readHead(db, acme))
}

test('the sequence is gapless and the chain whole under twelve writers', async () => {
  await Promise.all(Array.from({ length: 12 }, async () => {
    for (let round = 0; round < 5; round += 1) await record(1 + (round % 3))
  }))
  const events = await log()
  expect(events.map((event) => event.sequence)).toEqual(events.map((_event, index) => index + 1))
  expect(events).toHaveLength(12 * (1 + 2 + 3 + 1 + 2))
  expect(await verifyChain(events, { expected: await head() })).toEqual({ ok: true, head: await head() })
})

test('a refused change takes no sequence', async () => {
  await record(1)
  await store.change(changeScope(acme), async ({ record: add }) => {
    add({ category: 'audit', kind: 'user.edited', ofAdmin: false })
    return { ok: false, code: 'not_found' }
  })
  await record(1)
  expect((await log()).map((event) => event.sequence)).toEqual([1, 2])
})

test('events of any month find their place', async () => {
  await record(1, new Date('2041-07-01T00:00:00.000Z'))
  expect((await log())[0]?.recorded_at).toEqual(new Date('2041-07-01T00:00:00.000Z'))
})

test('one user\'s events are found through actor and subjects', async () => {
  await record(2)
  const [first] = await log()
  const subject = first?.subjects[0]?.id ?? ''
  const found = await store.read(acme, (db) => db.selectFrom('event_people').select('sequence').where('organization_id', '=', acme).where('user_id', '=', subject).execute())
  expect(found).toEqual([{ sequence: 1 }])
})

describe('append only', () => {
  test.each([
    ['update events set kind = kind'], ['delete from events'], ['truncate events'], ['update event_people set sequence = 1'],
    ['delete from event_people'], ['truncate event_people'], ['alter table events disable trigger all'], ['drop table events'],
  ])('the server cannot: %s', async (statement) => {
    await record(1)
    await expect(store.asOwner(`set role orgdesk_app; set app.system = 'on'; ${statement}`)).rejects.toThrow(/permission denied|must be owner/)
  })

  test.each([['update events set kind = kind'], ['delete from events'], ['truncate events'], ['truncate events_202603']])('even the owner is stopped: %s', async (statement) => {
    await record(1)
    await expect(store.asOwner(statement)).rejects.toThrow('append-only')
  })

  test('a partition cannot be reached past the log', async () => {
    await expect(store.asOwner("set role orgdesk_app; select * from events_202603")).rejects.toThrow('permission denied')
  })
})

describe('verification names the first bad sequence', () => {
  const swap = (events: Row<'events'>[]) => events.map((event) => (event.sequence === 3 ? { ...event, sequence: 4 } : event.sequence === 4 ? { ...event, sequence: 3 } : event)).sort((a, b) => a.sequence - b.sequence)
  const edit = (change: Partial<Row<'events'>>) => (events: Row<'events'>[]) => events.map((event) => (event.sequence === 3 ? { ...event, ...change } : event))
  const cases: [string, (events: Row<'events'>[]) => Row<'events'>[], string, number][] = [
    ['an edited kind', edit({ kind: 'user.removed' }), 'edited', 3],
    ['a backdated event', edit({ at: new Date(0) }), 'edited', 3],
    ['an edited name', edit({ actor_name: 'Somebody else' }), 'text_edited', 3],
    ['a salt dropped without its text', edit({ salt: null }), 'text_edited', 3],
    ['a deleted event', (events) => events.filter((event) => event.sequence !== 3), 'missing', 3],
    ['a closed gap', (events) => events.filter((event) => event.sequence !== 3).map((event, index) => ({ ...event, sequence: index + 1 })), 'relinked', 3],
    ['two swapped events', swap, 'relinked', 3],
    ['an inserted event', (events) => events.flatMap((event) => (event.sequence === 3 ? [event, { ...event, sequence: 4 }] : [event])), 'relinked', 4],
    ['a truncated tail', (events) => events.slice(0, 4), 'truncated', 5],
  ]

  test.each(cases)('%s', async (_name, tamper, problem, sequence) => {
    await record(6)
    expect(await verifyChain(tamper(await log()), { expected: await head() })).toEqual({ ok: false, problem, sequence })
  })

  test('a chain written anew does not match the head kept outside', async () => {
    await record(3)
    const kept = { ...(await head()), hash: Buffer.alloc(32, 1) }
    expect(await verifyChain(await log(), { expected: kept })).toMatchObject({ ok: false, problem: 'head_differs', sequence: 3 })
  })

  test('an erased person breaks nothing, and the rest after a purge verifies from where it starts', async () => {
    await record(4)
    const erased = (await log()).map((event) => (event.sequence === 2
      ? { ...event, salt: null, actor_email: null, actor_name: null, target_label: null, ip: null, changes: {}, subjects: event.subjects.map((subject) => ({ ...subject, email: '', name: '' })) }
      : event))
    expect(await verifyChain(erased)).toMatchObject({ ok: true })
    const [first, ...rest] = erased
    expect(await verifyChain(rest, { start: { sequence: 1, hash: first?.hash ?? Buffer.alloc(0) } })).toMatchObject({ ok: true })
  })
})
