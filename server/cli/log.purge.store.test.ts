import { createHmac } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openOperator, type Operator } from '../../tests/doubles/operator'
import { changeScope, NOW } from '../../tests/doubles/store'
import { parseSettings } from '../settings'
import { newId } from '../store/ids'
import { headsFolder, signHeads } from '../store/log.heads'
import { parseCommand, runCommand } from './commands'

jest.setTimeout(60_000)

let store: Operator['store']
let acme: string
let dataDir: string
let run: Operator['run']
let close: Operator['close']

beforeEach(async () => { ({ store, acme, dataDir, run, close } = await openOperator()) })
afterEach(() => close())

const userId = newId()
/** So many lines of one month, by one user. */
const write = (month: string, count: number) => store.change(changeScope(acme, { now: new Date(`${month}-10T12:00:00.000Z`) }), async ({ record }) => {
  for (let index = 0; index < count; index += 1) record({ category: 'audit', kind: 'user.edited', ofAdmin: false, actor: { id: userId, email: `n${index}@acme.example`, name: 'N' } })
  return { ok: true, value: null }
})
const keep = (months: number | null) => store.asOwner('update organizations set settings = $1', [JSON.stringify({ retentionMonths: months })])
const file = (): string => join(dataDir, 'taken-out.jsonl')
const purge = () => run('log', 'purge', acme, '--to', file(), '--yes', 'Acme')
const sequences = async (): Promise<number[]> => (await store.asOwner('select sequence from events order by sequence')).map(({ sequence }) => Number(sequence))
/** What somebody with the owner's password can do. */
const tamper = (statement: string, values?: unknown[]) => store.asOwner(`alter table events disable trigger all; alter table log_seals disable trigger all; ${statement}; alter table events enable trigger all; alter table log_seals enable trigger all`, values)

/** Ten lines of December, five of January and three of February, of which one month is kept: March is this month. */
beforeEach(async () => {
  await store.asOwner("select ensure_event_partitions('2025-12-01', 4)")
  await write('2025-12', 10)
  await write('2026-01', 5)
  await signHeads(store, headsFolder(dataDir), NOW)
  await write('2026-02', 3)
  await keep(1)
})

test('shows what would go and changes nothing', async () => {
  expect(await run('log', 'purge', acme)).toEqual({ code: 0, lines: ['2025-12  10 lines', '2026-01  5 lines', '15 lines are older than 1 months; --to FILE --yes NAME takes them out'] })
  expect(await sequences()).toHaveLength(18)
})

test('writes the lines to a file, takes them out, leaves a seal for each month, and the chain verifies', async () => {
  expect((await purge()).lines.at(-1)).toBe(`took 15 lines out; they are in ${file()}`)
  expect(await sequences()).toEqual([16, 17, 18, 19, 20])
  expect(await store.asOwner('select month, first_sequence, last_sequence, lines, event_sequence from log_seals order by month')).toEqual([
    { month: '2025-12', first_sequence: '1', last_sequence: '10', lines: '10', event_sequence: '19' },
    { month: '2026-01', first_sequence: '11', last_sequence: '15', lines: '5', event_sequence: '20' },
  ])
  expect(await store.asOwner("select kind, target_label from events where kind = 'log.purged'")).toEqual([{ kind: 'log.purged', target_label: '2025-12' }, { kind: 'log.purged', target_label: '2026-01' }])
  expect((await store.asOwner('select min(sequence) from event_people'))[0]).toEqual({ min: '16' })
  expect(await run('log', 'verify')).toEqual({ code: 0, lines: [`ok     ${acme} Acme: 20 lines, purged up to 15, 1 kept heads agree`] })
  const [head, ...lines] = readFileSync(file(), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line))
  expect(head).toEqual({ after: 0, hash: '0'.repeat(64) })
  expect(lines.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1))
  expect(lines.every(({ previous_hash: hash }, index) => hash === (index === 0 ? head.hash : lines[index - 1].hash))).toBe(true)
})

test('a later purge goes on from the seals, and takes the lines that told of the earlier one', async () => {
  await purge()
  const later = { settings: parseSettings({ DATA_DIR: dataDir }), now: new Date('2026-05-02T00:00:00.000Z') }
  const asked = parseCommand(['log', 'purge', acme, '--to', join(dataDir, 'second.jsonl'), '--yes', 'Acme'])
  if (!later.settings.ok || asked === null) throw new Error('not understood')
  const lines: string[] = []
  await runCommand(asked, { settings: later.settings.settings, store, connection: store.connection, print: (line) => lines.push(line), now: later.now, newId })
  expect(lines).toEqual(['2026-02  3 lines', '2026-03  2 lines', `took 5 lines out; they are in ${join(dataDir, 'second.jsonl')}`])
  expect((await run('log', 'verify')).lines).toEqual([`ok     ${acme} Acme: 22 lines, purged up to 20, 1 kept heads agree`])
})

test.each([
  ['that keeps everything', () => keep(null), /^this organization keeps its whole log: set the months to keep first$/],
  ['that keeps more than there is', () => keep(24), /^nothing is older than 24 months$/],
  ['whose file exists', async () => writeFileSync(file(), ''), /exists already/],
  ['that does not verify', () => tamper("update events set kind = 'user.removed' where sequence = 4"), /^nothing was taken out: sequence 4 does not verify \(edited\)$/],
])('nothing goes from a log %s', async (_name, prepare, said) => {
  await prepare()
  const { lines } = await purge()
  expect(lines.at(-1)).toMatch(said)
  expect(await sequences()).toHaveLength(18)
})

test('nothing goes without the name of the organization', async () => {
  expect((await run('log', 'purge', acme, '--to', file(), '--yes', 'Globex')).code).toBe(1)
  expect(await sequences()).toHaveLength(18)
})

describe('after a purge, log verify finds', () => {
  const SEAL = "update log_seals set"
  beforeEach(async () => { await purge() })
  test.each([
    ['a seal that was removed', "delete from log_seals where month = '2026-01'", 11, 'missing'],
    ['all seals removed', 'delete from log_seals', 1, 'missing'],
    ['a seal that was stretched over more lines', `delete from events where sequence = 16; ${SEAL} last_sequence = 16, lines = 6, hash_after = (select previous_hash from events where sequence = 17) where month = '2026-01'`, 11, 'seal_forged'],
    ['a seal with another hash', `${SEAL} hash_after = hash_before where month = '2025-12'`, 1, 'seal_forged'],
    ['a seal with another moment', `${SEAL} sealed_at = sealed_at - interval '1 day' where month = '2025-12'`, 1, 'seal_forged'],
    ['a seal of another organization', `${SEAL} organization_id = organization_id, signature = (select signature from log_seals where month = '2025-12') where month = '2026-01'`, 11, 'seal_forged'],
    ['more lines gone than were sealed', 'delete from events where sequence = 16', 16, 'missing'],
    ['a line behind the seals edited', "update events set kind = 'user.removed' where sequence = 17", 17, 'edited'],
    ['the line that tells of the purge renamed', "update events set target_id = 'x' where sequence = 19", 19, 'edited'],
    ['a line put back in front', "insert into events select organization_id, 15, id, at, '2026-01-10T12:00:00Z', category, kind, actor_id, actor_email, actor_name, of_admin, subjects, target_type, target_id, target_label, message_id, changes, ip, client, request_id, salt, commitment, previous_hash, hash from events where sequence = 16", 15, 'edited'],
  ])('%s', async (_name, statement, sequence, problem) => {
    await tamper(statement)
    const { code, lines } = await run('log', 'verify')
    expect([code, lines.join()]).toEqual([1, expect.stringMatching(new RegExp(`sequence ${sequence}: .*\\(${problem}\\)$`))])
  })

  test('a seal that was signed with the stolen key, of which no line tells', async () => {
    const key = await store.key('log_seals')
    const [row] = await store.asOwner("select hash from events where sequence = 17")
    const [last] = await store.asOwner("select hash_after from log_seals where month = '2026-01'")
    const hex = (value: unknown): string => Buffer.from(value as Uint8Array).toString('hex')
    const signature = createHmac('sha256', key).update(JSON.stringify(['seal/1', acme, '2026-02', 16, 17, 2, hex(last?.['hash_after']), hex(row?.['hash']), 20, NOW.toISOString()])).digest('base64url')
    await store.asOwner('alter table events disable trigger all; alter table log_seals disable trigger all')
    await store.asOwner('insert into log_seals values ($1, $2, 16, 17, 2, $3, $4, 20, $5, $6)', [acme, '2026-02', last?.['hash_after'], row?.['hash'], NOW, signature])
    await store.asOwner('delete from events where sequence in (16, 17)')
    expect((await run('log', 'verify')).lines.join()).toMatch(/sequence 16: .*\(seal_forged\)$/)
  })
})

describe('the database lets no other line go', () => {
  const asServer = (statement: string, values: unknown[] = []) => store.asOwner(`set role orgdesk_app; set app.organization_id = '${acme}'; ${values.length === 0 ? statement : ''}`)
  test.each([
    ['delete from events'], ["set app.purging = 'on'; delete from events"], ['delete from log_seals'], ["update log_seals set lines = 1"],
  ])('the server may not: %s', async (statement) => {
    await expect(asServer(statement)).rejects.toThrow(/permission denied/)
    expect(await sequences()).toHaveLength(18)
  })

  test('without a seal its door takes nothing', async () => {
    expect((await asServer(`select purge_sealed_events('${acme}', 100) as purged`))[0]).toEqual({ purged: '0' })
    await expect(store.asOwner("set app.purging = 'on'; delete from events")).rejects.toThrow('append-only')
  })

  test.each([
    ['this month', "'2026-02', 16, 18, 3", 18], ['a month out of turn', "'2026-01', 11, 15, 5", 15], ['a month that does not end there', "'2025-12', 1, 12, 12", 12],
  ])('and no seal can be set on %s', async (_name, values, last) => {
    const seal = `insert into log_seals (organization_id, month, first_sequence, last_sequence, lines, hash_before, hash_after, event_sequence, sealed_at, signature)
      select '${acme}', ${values}, decode(repeat('00', 32), 'hex'), hash, 30, '2026-03-02T09:00:00Z', 's' from events where sequence = ${last}`
    await expect(asServer(seal)).rejects.toThrow('cannot be sealed')
  })
})
