import * as fc from 'fast-check'
import { Client } from 'pg'
import { addUser } from '../../tests/doubles/server'
import { addOrganization, changeScope, NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { countEvents, countLines, type CountBy } from './events.counts'
import { eraseEventText } from './events.erase'
import type { EventPerson, NewEvent } from './events.model'
import type { EventFilter, EventReader } from './events.read'
import { newId } from './ids'
import { findSealable, keptSince, purgeSealed, sealKey, sealMonths } from './log.seals'
import { MIGRATIONS } from './migrations'
import { migrate } from './migrations/migrate'
import { openStore } from './store'

jest.setTimeout(3_600_000)

const RUNS = process.env['FAULTS'] === 'full' ? 300 : 8
const HOUR_MS = 3_600_000
const BY: readonly CountBy[] = ['day', 'week', 'month', 'user', 'plan']
const KINDS = ['sent', 'opened', 'opened', 'signed', 'delivered'] as const
/** When lines are recorded: in a month that can be purged, and in one that is kept. */
const [THEN, LATELY] = [new Date('2025-12-20T12:00:00.000Z'), new Date('2026-02-20T12:00:00.000Z')] as const
const NOBODY = '00000000-0000-0000-0000-000000000000'

let store: TestStore
beforeAll(async () => {
  store = await openTestStore()
  await store.asOwner("select ensure_event_partitions('2025-12-01', 4)")
})
afterAll(() => store.drop())

type Line = { kind: number; ofAdmin: boolean; isAudit: boolean; actor: number; subjects: number[]; hours: number; ms: number }
type Asked = { members: boolean; admins: boolean; reader: number; from: number | null; to: number | null; ms: number; kinds: readonly string[]; category: 'activity' | 'audit' | undefined; who: number; other: number }
type World = { acme: string; people: EventPerson[] }

/** Two with a plan, one without, one who was never a user, somebody of whom only a name is known, and nobody. */
async function openWorld(): Promise<World> {
  const acme = await addOrganization(store)
  const users = await Promise.all(['a', 'b', 'c'].map(async (name) => ({ id: await addUser(store, acme, `${name}@acme.example`), email: `${name}@acme.example`, name: name === 'c' ? '' : name.toUpperCase() })))
  await store.asOwner("update license_pools set quantity = 5, assigned = 1 where organization_id = $1 and plan in ('pro', 'eco')", [acme])
  for (const [index, plan] of ['pro', 'eco'].entries()) await store.asOwner("insert into licenses (organization_id, user_id, plan, state, assigned_at) values ($1, $2, $3, 'assigned', now())", [acme, users[index]?.id, plan])
  await store.asOwner("update organizations set settings = '{\"retentionMonths\": 1}' where id = $1", [acme])
  return { acme, people: [...users, { id: null, email: 'legal@partner.example', name: 'Legal' }, { id: null, email: '', name: 'Nemo' }, { id: null, email: '', name: '' }] }
}
const who = ({ people }: World, n: number): EventPerson => people[n % people.length] ?? { id: null, email: '', name: '' }

const toEvent = (world: World, line: Line, recordedAt: Date): NewEvent => ({
  category: line.isAudit ? 'audit' : 'activity', kind: KINDS[line.kind % KINDS.length] ?? 'sent', ofAdmin: line.ofAdmin, actor: who(world, line.actor),
  // A name is not always the same.
  subjects: line.subjects.map((n) => ({ ...who(world, n), ...(n > 20 && n % 6 === 0 ? { name: 'A. Other' } : {}) })), ip: '203.0.113.1',
  at: new Date(Math.min(recordedAt.getTime() + 23 * HOUR_MS, recordedAt.getTime() + (line.hours - 72) * HOUR_MS + line.ms)),
})

const append = (world: World, lines: readonly NewEvent[], now: Date) => store.change(changeScope(world.acme, { now }), async ({ record }) => {
  lines.forEach(record)
  return { ok: true, value: null }
})

async function purge({ acme }: World): Promise<number> {
  const key = await sealKey(store)
  const months = await store.read(acme, (db) => findSealable(db, acme, keptSince(NOW, 1)))
  await store.change(changeScope(acme), async (change) => {
    await sealMonths(change, key, months)
    return { ok: true, value: null }
  })
  return purgeSealed(store, acme)
}
const erase = ({ acme }: World, person: EventPerson) => store.change(changeScope(acme), async ({ db }) => ({ ok: true, value: await eraseEventText(db, acme, person.id ?? NOBODY) }))

function toQuestion(world: World, asked: Asked): { reader: EventReader; filter: EventFilter } {
  const somebody = who(world, asked.who)
  const ids = [somebody.id, asked.other === 0 ? world.people[2]?.id : null].filter((id) => id != null)
  const moment = (hours: number): Date => new Date(Date.UTC(2025, 11, 16) + hours * HOUR_MS + asked.ms)
  return {
    reader: { organizationId: world.acme, userId: who(world, asked.reader).id ?? newId(), members: asked.members, admins: asked.admins },
    filter: {
      ...(asked.from === null ? {} : { from: moment(asked.from) }), ...(asked.to === null ? {} : { to: moment(asked.to) }),
      ...(asked.kinds.length === 0 ? {} : { kinds: asked.kinds }), ...(asked.category === undefined ? {} : { category: asked.category }),
      ...(asked.who > 7 ? {} : { user: { ids: asked.who === 7 ? [NOBODY] : ids, email: somebody.email } }),
    },
  }
}

async function expectSame(world: World, question: { reader: EventReader; filter: EventFilter }): Promise<void> {
  for (const by of BY) {
    const [kept, counted] = await store.read(world.acme, async (db) => [await countEvents(db, question.reader, question.filter, by), await countLines(db, question.reader, question.filter, by)])
    expect([by, question, kept]).toEqual([by, question, counted])
  }
}

const line = fc.record({
  kind: fc.nat(4), ofAdmin: fc.boolean(), isAudit: fc.integer({ min: 0, max: 9 }).map((n) => n === 0), actor: fc.nat(5), subjects: fc.oneof({ weight: 3, arbitrary: fc.nat(40).map((n) => [n]) }, { weight: 1, arbitrary: fc.array(fc.nat(40), { maxLength: 3 }) }),
  hours: fc.nat(95), ms: fc.constantFrom(0, 1, 1_800_000),
})
// Hours from some days before the first line to some days behind the last; most periods of a screen end 1 ms before midnight.
const hour = fc.option(fc.oneof(fc.integer({ min: 30, max: 140 }), fc.integer({ min: 30, max: 140 }), fc.integer({ min: 1_480, max: 1_640 }), fc.nat(70).map((days) => days * 24)), { freq: 5 })
const asked: fc.Arbitrary<Asked> = fc.record({
  members: fc.boolean(), admins: fc.boolean(), reader: fc.nat(5), from: hour, to: hour, ms: fc.constantFrom(0, 0, -1, 1), kinds: fc.oneof(fc.constant([]), fc.subarray(['sent', 'opened', 'signed', 'delivered'])),
  category: fc.constantFrom(undefined, undefined, undefined, 'activity', 'audit'), who: fc.nat(20), other: fc.nat(4),
})

test('counts that are kept say what the lines say: for every reader and filter, after erasing and purging', async () => {
  await fc.assert(fc.asyncProperty(fc.array(line, { minLength: 60, maxLength: 150 }), fc.array(line, { maxLength: 30 }), fc.array(asked, { minLength: 4, maxLength: 8 }), fc.nat(2), async (older, newer, questions, erased) => {
    const world = await openWorld()
    for (const [lines, recordedAt] of [[older, THEN], [newer, LATELY], [newer.slice(0, 5), LATELY]] as const) await append(world, lines.map((each) => toEvent(world, each, recordedAt)), recordedAt)
    const ask = async (): Promise<void> => {
      for (const question of questions) await expectSame(world, toQuestion(world, question))
    }
    await ask()
    await erase(world, who(world, erased))
    await ask()
    expect(await purge(world)).toBe(older.length)
    await ask()
  }), { numRuns: RUNS, endOnFailure: process.env['FAULTS'] !== 'full' })
})

describe('statistics', () => {
  const everything = (world: World): EventReader => ({ organizationId: world.acme, userId: newId(), members: true, admins: true })
  const at = (text: string) => new Date(`2026-02-${text}Z`)
  const event = (world: World, n: number, when: string, more: Partial<NewEvent> = {}): NewEvent =>
    ({ category: 'activity', kind: 'sent', ofAdmin: false, actor: who(world, n), subjects: [who(world, n)], target: { type: 'message', id: 'm', label: 'Offer' }, ip: '203.0.113.1', at: at(when), ...more })
  const count = (world: World, filter: EventFilter, by: CountBy = 'month', reader = everything(world)) => store.read(world.acme, (db) => countEvents(db, reader, filter, by))
  const sent = async (world: World, filter: EventFilter, reader?: EventReader): Promise<number | undefined> => (await count(world, filter, 'month', reader))[0]?.sent

  test('are answered from the counts where these tell what is asked, and from the lines elsewhere', async () => {
    const world = await openWorld()
    const [a, b] = world.people.map(({ id }) => id ?? '')
    await append(world, [event(world, 0, '10T01:00:00'), event(world, 0, '11T01:00:00'), event(world, 1, '12T01:00:00', { ofAdmin: true })], at('20T00:00:00'))
    // What no line says tells where a number comes from.
    for (const table of ['event_counts', 'event_sender_counts']) await store.asOwner(`update ${table} set sent = sent + 100 where organization_id = $1`, [world.acme])
    const ofMembers = { ...everything(world), admins: false }
    const own = { ...everything(world), userId: b ?? '', members: false, admins: false }
    const screen = { from: at('01T00:00:00'), to: at('28T23:59:59.999') }
    expect([await sent(world, screen), await sent(world, {}), await sent(world, { from: at('10T12:00:00'), to: at('12T00:00:00') })]).toEqual([303, 303, 101])
    expect([await sent(world, screen, ofMembers), await sent(world, screen, own), await sent(world, { ...screen, user: { ids: [a ?? ''], email: '' } })]).toEqual([202, 101, 202])
    expect((await count(world, screen, 'user')).map(({ label, sent: n }) => [label, n])).toEqual([['A', 202], ['B', 101]])
    for (const filter of [{ text: 'offer' }, { ip: '203.0.113.1' }, { actor: { ids: [a ?? ''], email: '' } }]) expect((await sent(world, { ...screen, ...filter }) ?? 0) < 100).toBe(true)
    expect(await sent(world, { from: at('10T00:30:00'), to: at('10T01:30:00') })).toBe(1)
  })

  test('hold of a day in which their period begins or ends what happened within it', async () => {
    const world = await openWorld()
    await append(world, ['10T00:00:00', '10T05:00:00', '10T13:00:00', '11T12:00:00', '12T08:00:00', '12T23:59:59.998', '12T23:59:59.999'].map((when) => event(world, 0, when)), at('20T00:00:00'))
    const cases: [from: string, to: string, lines: number | undefined][] = [
      ['10T00:00:00', '12T23:59:59.999', 6], ['10T00:00:00', '13T00:00:00', 7], ['10T00:00:01', '13T00:00:00', 6], ['10T12:59:59', '13T00:00:00', 5],
      ['10T13:00:00', '12T08:00:00', 2], ['10T13:00:01', '12T08:00:01', 2], ['10T04:00:00', '10T06:00:00', 1], ['10T23:00:00', '11T01:00:00', undefined], ['12T00:00:00', '11T00:00:00', undefined],
    ]
    for (const [from, to, lines] of cases) expect([from, to, await sent(world, { from: at(from), to: at(to) })]).toEqual([from, to, lines])
  })

  test('keep no name of somebody who was erased, and count their messages on', async () => {
    const world = await openWorld()
    await append(world, [event(world, 0, '10T01:00:00'), event(world, 0, '10T02:00:00', { subjects: [who(world, 0), who(world, 1)] }), event(world, 3, '10T03:00:00', { actor: who(world, 0) })], at('20T00:00:00'))
    await erase(world, who(world, 0))
    expect((await count(world, {}, 'user')).map(({ key, label, sent: n }) => [key, label, n])).toEqual([[world.people[0]?.id, '', 2], ['', '', 1]])
    expect(await store.asOwner("select sender_email, sender_name from event_sender_counts where organization_id = $1 and (sender_email <> '' or sender_name <> '')", [world.acme])).toEqual([])
  })

  test('are of one organization alone, and are what the lines are after a change that came to nothing', async () => {
    const [world, other] = [await openWorld(), await openWorld()]
    await append(world, [event(world, 0, '10T01:00:00')], at('20T00:00:00'))
    await store.change(changeScope(other.acme), async ({ record }) => {
      record(event(other, 0, '10T01:00:00'))
      return { ok: false, code: 'request.invalid' }
    })
    const tables = ['event_counts', 'event_sender_counts'] as const
    for (const table of tables) expect(await store.read(other.acme, (db) => db.selectFrom(table).selectAll().execute())).toEqual([])
    for (const table of tables) expect(await store.read(world.acme, (db) => db.selectFrom(table).select(['day', 'sent']).execute())).toEqual([{ day: '2026-02-10', sent: 1 }])
  })
})

test('a log that is older than its counts is counted once and then line by line, also where the owner is no superuser', async () => {
  const name = `plain_${store.connection.database}`
  await store.asOwner(`create role ${name} login createrole`)
  await store.asOwner(`grant orgdesk_app to ${name}`)
  await store.asOwner(`create database ${name} owner ${name}`)
  const connection = { ...store.connection, user: name, database: name }
  const owner = new Client(connection)
  await owner.connect()
  await migrate(owner, MIGRATIONS.filter(({ id }) => id < 21))
  const old = await openStore({ connection, newId, now: NOW })
  const acme = await addOrganization(old)
  const [sender, reader] = [{ id: newId(), email: 'a@acme.example', name: 'A' }, { id: newId(), email: 'b@acme.example', name: 'B' }]
  const write = () => old.change(changeScope(acme), async ({ record }) => {
    for (const [kind, actor] of [['sent', sender], ['opened', reader], ['opened', sender]] as const) record({ category: 'activity', kind, ofAdmin: actor === reader, actor, subjects: [sender] })
    return { ok: true, value: null }
  })
  const read = (userId: string, isGranted: boolean, by: CountBy) => old.read(acme, async (db) => {
    const asks = { organizationId: acme, userId, members: isGranted, admins: isGranted }
    return [await countEvents(db, asks, {}, by), await countLines(db, asks, {}, by)] as const
  })
  const expectSent = async (sent: number): Promise<void> => {
    for (const [userId, isGranted] of [[newId(), true], [sender.id, false]] as const) for (const by of BY) {
      const [kept, counted] = await read(userId, isGranted, by)
      expect([by, kept.map((one) => one.sent), kept]).toEqual([by, [sent], counted])
    }
    const [kept, counted] = await read(reader.id, false, 'user')
    expect([kept.map((one) => [one.sent, one.opened]), kept]).toEqual([[[0, sent]], counted])
  }
  await write()
  expect(await migrate(owner)).toEqual({ ok: true, applied: MIGRATIONS.filter(({ id }) => id >= 21).map((step) => step.name) })
  await expectSent(1)
  await write()
  await expectSent(2)
  await old.change(changeScope(acme), async ({ db }) => ({ ok: true, value: await eraseEventText(db, acme, sender.id) }))
  await expectSent(2)
  expect(await old.read(acme, (db) => db.selectFrom('event_sender_counts').select('sender_name').distinct().execute())).toEqual([{ sender_name: '' }])
  await Promise.all([old.close(), owner.end()])
})
