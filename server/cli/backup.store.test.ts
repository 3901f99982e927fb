import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { addUser } from '../../tests/doubles/server'
import { addOrganization, changeScope, NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { openPersistence } from '../persistence'
import { parseSettings, type Settings } from '../settings'
import { newId } from '../store/ids'
import { headsFolder, signHeads } from '../store/log.heads'
import { restore } from './backup'
import { parseCommand, runCommand } from './commands'

jest.setTimeout(180_000)

let store: TestStore
let acme: string
let root: string

beforeEach(async () => {
  store = await openTestStore()
  acme = await addOrganization(store, 'Acme')
  root = mkdtempSync(join(tmpdir(), 'orgdesk-backup-'))
  await addUser(store, acme, 'owner@acme.example', { role: 'org_admin', first_name: 'Zoë\t"\\N"' })
})
afterEach(async () => {
  await store.drop()
  rmSync(root, { recursive: true, force: true })
})

const settingsOf = (name: string): Settings => {
  const parsed = parseSettings({ DATA_DIR: join(root, name) })
  if (!parsed.ok) throw new Error(parsed.problems.join())
  return parsed.settings
}
async function run(on: TestStore, settings: Settings, ...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = []
  const asked = parseCommand(args)
  if (asked === null) return { code: 2, lines }
  return { code: await runCommand(asked, { settings, store: on, connection: on.connection, print: (line) => lines.push(line), now: NOW, newId }), lines }
}
const backup = () => run(store, settingsOf('old'), 'backup', join(root, 'backup'))
async function restoreInto(name: string): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = []
  const code = await restore(settingsOf(name), join(root, 'backup'), (line) => lines.push(line))
  return { code, lines }
}
const write = (count: number) => store.change(changeScope(acme), async ({ record }) => {
  for (let index = 0; index < count; index += 1) record({ category: 'audit', kind: 'user.edited', ofAdmin: false, target: { type: 'user', id: null, label: `N ${index} \\ "é"` } })
  return { ok: true, value: null }
})

test('a backup that was written while others write is one moment, and comes back whole into a new folder', async () => {
  await write(40)
  await signHeads(store, headsFolder(settingsOf('old').dataDir), NOW)
  const state = { isOver: false }
  const writers = Promise.all(Array.from({ length: 4 }, async () => {
    while (!state.isOver) await write(3)
  }))
  const { code, lines } = await backup()
  state.isOver = true
  await writers
  expect([code, lines.join()]).toEqual([0, expect.stringMatching(/^\d+ rows of \d+ tables in /)])
  const manifest = JSON.parse(readFileSync(join(root, 'backup/manifest.json'), 'utf8'))
  const rowsOf = (name: string): number => manifest.tables.find((table: { name: string }) => table.name === name).rows
  expect((await store.asOwner('select count(*)::int as n from events'))[0]?.['n']).toBeGreaterThan(rowsOf('events'))

  const restored = await restoreInto('new')
  expect(restored).toEqual({ code: 0, lines: [`restored the backup of ${NOW.toISOString()}`, `ok     ${acme} Acme: ${rowsOf('events')} lines`] })

  const settings = settingsOf('new')
  const opened = await openPersistence({ settings, clock: () => NOW, onLost: () => undefined, onError: () => undefined })
  if (!opened.ok) throw new Error(opened.problem.detail)
  try {
    expect(await opened.store.system((db) => db.selectFrom('users').select(['email', 'first_name']).execute())).toEqual([{ email: 'owner@acme.example', first_name: 'Zoë\t"\\N"' }])
    const context = { ...store, ...opened.store, connection: opened.connection as TestStore['connection'] }
    expect((await run(context, settings, 'log', 'verify')).lines).toEqual([`ok     ${acme} Acme: ${rowsOf('events')} lines, 1 kept heads agree`])
    expect((await run(context, settings, 'doctor')).lines.join()).not.toContain('no head of the log')
    // Tables are copied one after the other; what they say of each other is of one moment.
    expect(await opened.store.system((db) => db.selectFrom('chain_heads').select('sequence').execute())).toEqual([{ sequence: rowsOf('events') }])
    // Everything is guarded as before: the server may neither change a line nor see another organization's.
    await expect(opened.store.system((db) => db.deleteFrom('events').execute())).rejects.toThrow('permission denied')
    expect(await opened.store.read(newId(), (db) => db.selectFrom('events').select('id').execute())).toEqual([])
    const forced = await opened.store.system((db) => db.selectFrom('users').select('id').execute())
    expect(forced).toHaveLength(1)
  } finally {
    await opened.close()
  }
  expect((await restoreInto('new')).lines.join()).toMatch(/there is data already/)
})

describe('nothing is restored', () => {
  beforeEach(async () => {
    await write(5)
    await backup()
  })
  const first = (): string => join(root, 'backup', readdirSync(join(root, 'backup')).find((name) => name.startsWith('events')) ?? '')
  test.each([
    ['from a backup that was cut', () => rmSync(join(root, 'backup/manifest.json')), /no whole backup is there/],
    ['from one that is cut', () => writeFileSync(first(), readFileSync(first()).subarray(0, -20)), /the backup is damaged \(events\)/],
    ['from one whose rows were changed', () => writeFileSync(first(), gzipSync(gunzipSync(readFileSync(first())).toString().replace('user.edited', 'user.erased'))), /the backup is damaged \(events\)/],
    ['from one that holds more', () => appendFileSync(first(), 'x'), /the backup is damaged \(events\)/],
    ['from a newer version', () => writeFileSync(join(root, 'backup/manifest.json'), readFileSync(join(root, 'backup/manifest.json'), 'utf8').replace('"migrations": [', '"migrations": [{ "id": 999, "checksum": "x" },')), /does not fit this version/],
    ['over kept heads', () => { mkdirSync(join(root, 'next/heads'), { recursive: true }); writeFileSync(join(root, 'next/heads/one.jsonl'), '') }, /there is data already/],
  ])('%s', async (_name, spoil, said) => {
    spoil()
    const { code, lines } = await restoreInto('next')
    expect([code, lines.join()]).toEqual([1, expect.stringMatching(said)])
  })
})

test('a folder that exists is not written to', async () => {
  mkdirSync(join(root, 'backup'))
  expect((await backup()).code).toBe(1)
  expect(existsSync(join(root, 'backup/manifest.json'))).toBe(false)
})
