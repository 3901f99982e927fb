import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { addOrganization, changeScope, NOW } from '../../tests/doubles/store'
import { isUnavailable, prepareDatabase } from './database'
import { newId } from './ids'
import { startPostgres } from './postgres/supervisor'
import { openStore } from './store'

jest.setTimeout(60_000)

const endings: (() => Promise<void>)[] = []
afterEach(async () => { for (const end of endings.splice(0)) await end() })

/** The process id of the PostgreSQL on this folder once it is there and another than before. */
async function untilOther(before: number, dataDir: string): Promise<number> {
  for (;;) {
    const file = join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
    const [pid, , , , , , , status = ''] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    if (Number(pid) > 0 && Number(pid) !== before && status.trim() === 'ready') return Number(pid)
    await sleep(20)
  }
}

test('when PostgreSQL is killed under load, the store says so, comes back, and holds what it acknowledged exactly once', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'orgdesk-recovery-'))
  const started = await startPostgres({ dataDir })
  if (!started.ok) throw new Error(started.problem.detail)
  const { connection, stop } = started.value
  endings.push(stop, async () => rmSync(dataDir, { recursive: true, force: true }))
  await prepareDatabase(connection, NOW)
  const store = await openStore({ connection, newId, now: NOW, poolSize: 4 })
  endings.unshift(store.close)
  const organizationId = await addOrganization(store)
  const unexpected: unknown[] = []

  const addOnce = async (name: string): Promise<boolean> => {
    const scope = changeScope(organizationId, { idempotency: { key: name, route: 'add', bodyHash: name } })
    try {
      const outcome = await store.change(scope, async ({ db, record }) => {
        await db.insertInto('workspaces').values({ organization_id: organizationId, id: newId(), name, created_at: NOW }).execute()
        record({ category: 'audit', kind: 'workspace.added', ofAdmin: false })
        return { ok: true, value: null }
      })
      return outcome.ok
    } catch (error) {
      if (!isUnavailable(error)) unexpected.push(error)
      await sleep(20)
      return false
    }
  }
  const names = Array.from({ length: 200 }, (_item, index) => `workspace ${index}`)
  const work = async (worker: number): Promise<void> => {
    for (const name of names.filter((_name, index) => index % 4 === worker)) {
      while (!(await addOnce(name))) await sleep(1)
    }
  }
  const killing = (async () => {
    for (let killed = 0, round = 0; round < 2; round += 1) {
      await sleep(60)
      killed = await untilOther(killed, dataDir)
      process.kill(killed, 'SIGKILL')
    }
  })()
  await Promise.all([killing, ...[0, 1, 2, 3].map(work)])

  const stored = await store.read(organizationId, (db) => db.selectFrom('workspaces').select('name').execute())
  const events = await store.read(organizationId, (db) => db.selectFrom('events').select('sequence').orderBy('sequence').execute())
  expect(stored.map((row) => row.name).sort()).toEqual([...names].sort())
  expect(events.map((row) => row.sequence)).toEqual(names.map((_name, index) => index + 1))
  expect(unexpected).toEqual([])
})
