import { setTimeout as sleep } from 'node:timers/promises'
import { addOrganization, changeScope, NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import type { Tx } from './bulk'
import { newId } from './ids'
import type { Change, Outcome } from './transactions'

jest.setTimeout(60_000)

let store: TestStore
let acme: string

beforeAll(async () => { store = await openTestStore({ poolSize: 12 }) })
beforeEach(async () => { acme = await addOrganization(store) })
afterAll(() => store.drop())

const repeatable = (key: string, bodyHash = 'body') => changeScope(acme, { idempotency: { key, route: 'POST /v1/workspaces', bodyHash } })

async function addWorkspace({ db, organization, now, record, mail, job }: Change): Promise<Outcome<{ id: string }>> {
  const id = newId()
  await db.insertInto('workspaces').values({ organization_id: organization.id, id, name: id, created_at: now }).execute()
  record({ category: 'audit', kind: 'workspace.added', ofAdmin: false, target: { type: 'workspace', id, label: id } })
  mail({ kind: 'test', to: { email: 'a@acme.example', name: '' }, language: 'en', params: {} })
  job({ kind: 'test', payload: { id } })
  return { ok: true, value: { id }, status: 201 }
}

async function counts(): Promise<Record<string, number>> {
  const tables = ['workspaces', 'events', 'outbox', 'jobs', 'idempotency_keys'] as const
  const found = await store.read(acme, async (db) => Promise.all(tables.map(async (table) => {
    const { n } = await db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('n')).where('organization_id', '=', acme).executeTakeFirstOrThrow()
    return [table, n] as const
  })))
  return Object.fromEntries(found)
}

test('a change is stored with its event, mail, job and reply', async () => {
  expect(await store.change(repeatable('k'), addWorkspace)).toMatchObject({ ok: true, status: 201 })
  expect(await counts()).toEqual({ workspaces: 1, events: 1, outbox: 1, jobs: 1, idempotency_keys: 1 })
})

test.each([
  ['refused', async (change: Change): Promise<Outcome<null>> => { await addWorkspace(change); return { ok: false, code: 'user.last_admin' } }],
  ['broken', async (change: Change): Promise<Outcome<null>> => { await addWorkspace(change); throw new Error('a bug') }],
])('a %s change leaves nothing behind', async (_name, work) => {
  await store.change(repeatable('k'), work).catch(() => undefined)
  expect(await counts()).toEqual({ workspaces: 0, events: 0, outbox: 0, jobs: 0, idempotency_keys: 0 })
})

test('what is asked for a change is read under the lock: it shows what whoever held it before has stored', async () => {
  let goOn = (): void => undefined
  const held = new Promise<void>((resolve) => { goOn = resolve })
  const first = store.change(changeScope(acme), async (change) => {
    await held
    return addWorkspace(change)
  })
  await sleep(50)
  const countOf = (db: Tx) => db.selectFrom('workspaces').select('id').where('organization_id', '=', acme).execute()
  const second = store.change(changeScope(acme), async (_change, found: Awaited<ReturnType<typeof countOf>>): Promise<Outcome<number>> => ({ ok: true, value: found.length }), countOf)
  await sleep(100)
  goOn()
  await first
  expect(await second).toMatchObject({ ok: true, value: 1 })
})

describe('a statement that nothing waits for', () => {
  const insert = ({ db, organization, now }: Change, id: string, name: string): Promise<unknown> =>
    db.insertInto('workspaces').values({ organization_id: organization.id, id, name, created_at: now }).execute()

  test('comes before what is asked after it, and is stored with the change', async () => {
    const id = newId()
    const outcome = await store.change(changeScope(acme), async (change) => {
      change.send(insert(change, id, 'Desk'))
      const found = await change.db.selectFrom('workspaces').select('name').where('id', '=', id).execute()
      return { ok: true, value: found }
    })
    expect(outcome).toMatchObject({ ok: true, value: [{ name: 'Desk' }] })
    expect((await counts())['workspaces']).toBe(1)
  })

  test.each([
    ['and nothing follows', async (): Promise<unknown> => null],
    ['and others follow, which fail for the same reason', addWorkspace],
  ])('that fails undoes the whole change, %s', async (_name, goOn) => {
    const id = newId()
    const broken = store.change(changeScope(acme), async (change) => {
      change.send(insert(change, id, 'Desk'))
      change.send(insert(change, id, 'Desk again'))
      await goOn(change)
      return { ok: true, value: null }
    })
    await expect(broken).rejects.toMatchObject({ code: '23505' })
    expect(await counts()).toEqual({ workspaces: 0, events: 0, outbox: 0, jobs: 0, idempotency_keys: 0 })
  })

  test('that fails is told, even where the change has caught it', async () => {
    const id = newId()
    const broken = store.change(changeScope(acme), async (change) => {
      await insert(change, id, 'Desk')
      await insert(change, id, 'Desk again').catch(() => undefined)
      return { ok: true, value: null }
    })
    await expect(broken).rejects.toThrow('took the change back')
    expect((await counts())['workspaces']).toBe(0)
  })

  test('that cannot even be asked leaves nothing behind', async () => {
    const broken = store.change(changeScope(acme), async (change) => {
      change.send(insert(change, newId(), 'Desk'))
      change.send(Promise.resolve().then(() => { throw new Error('a bug') }))
      return { ok: true, value: null }
    })
    await expect(broken).rejects.toThrow('a bug')
    expect((await counts())['workspaces']).toBe(0)
  })

  test('keeps the lock no longer than the database is at it', async () => {
    const order: string[] = []
    const first = store.change(changeScope(acme), async (change) => {
      change.send(insert(change, newId(), 'Desk').then(async () => {
        order.push('answered')
        // Whoever hears of the answer late holds up nobody.
        while (order.length < 2) await sleep(5)
      }))
      return { ok: true, value: null }
    })
    const second = store.change(changeScope(acme), async () => {
      order.push('next')
      return { ok: true, value: null }
    })
    await Promise.all([first, second])
    expect(order).toEqual(['answered', 'next'])
  })

  test('of a refused change is taken back with it', async () => {
    expect(await store.change(changeScope(acme), async (change) => {
      change.send(insert(change, newId(), 'Desk'))
      return { ok: false, code: 'user.last_admin' }
    })).toMatchObject({ ok: false })
    expect((await counts())['workspaces']).toBe(0)
  })
})

test('of many lines of the log that cannot be stored, each fails with its change and none by itself', async () => {
  await store.asOwner("alter table events add constraint no_domains check (kind <> 'domain.added')")
  // More than one statement writes them: all but the last are on their way while the change goes on, and may end in another way.
  const add = (ending: () => Promise<Outcome<null>>) => store.change(changeScope(acme), async ({ record }) => {
    for (let n = 0; n < 500; n += 1) record({ category: 'audit', kind: 'domain.added', ofAdmin: false })
    return ending()
  })
  await expect(add(async () => ({ ok: true, value: null }))).rejects.toMatchObject({ code: '23514' })
  await expect(add(async () => { throw new Error('changed its mind') })).rejects.toThrow('changed its mind')
  expect(await add(async () => ({ ok: false, code: 'access.denied' }))).toMatchObject({ code: 'access.denied' })
  await sleep(50)
  expect((await counts())['events']).toBe(0)
})

test('an absent or deleted organization is not found', async () => {
  expect(await store.change(changeScope(newId()), addWorkspace)).toEqual({ ok: false, code: 'not_found' })
  await store.system((db) => db.updateTable('organizations').set({ deleted_at: NOW }).where('id', '=', acme).execute())
  expect(await store.change(changeScope(acme), addWorkspace)).toEqual({ ok: false, code: 'not_found' })
})

test('two changes that count before they write take turns: of many claimants exactly as many as there are seats succeed', async () => {
  await store.change(changeScope(acme), async ({ db }) => {
    await db.updateTable('license_pools').set({ quantity: 5 }).where('organization_id', '=', acme).where('plan', '=', 'eco').execute()
    return { ok: true, value: null }
  })
  const claim = ({ db }: Change): Promise<Outcome<null>> => claimSeat(db)
  const claimSeat = async (db: Change['db']): Promise<Outcome<null>> => {
    const pool = await db.selectFrom('license_pools').selectAll().where('organization_id', '=', acme).where('plan', '=', 'eco').executeTakeFirstOrThrow()
    if (pool.assigned >= pool.quantity) return { ok: false, code: 'license.none_left' }
    await db.updateTable('license_pools').set({ assigned: pool.assigned + 1 }).where('organization_id', '=', acme).where('plan', '=', 'eco').execute()
    return { ok: true, value: null }
  }
  const outcomes = await Promise.all(Array.from({ length: 40 }, () => store.change(changeScope(acme), claim)))
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(5)
})

describe('a repeat', () => {
  test('with the same body is answered from the stored reply', async () => {
    const first = await store.change(repeatable('k'), addWorkspace)
    const second = await store.change(repeatable('k'), addWorkspace)
    expect(second).toEqual({ ...first, repeated: true })
    expect((await counts())['workspaces']).toBe(1)
  })

  test('with another body is refused', async () => {
    await store.change(repeatable('k'), addWorkspace)
    expect(await store.change(repeatable('k', 'other'), addWorkspace)).toEqual({ ok: false, code: 'idempotency.mismatch' })
  })

  test('of another actor or on another route is another request', async () => {
    await store.change(repeatable('k'), addWorkspace)
    await store.change({ ...repeatable('k'), actor: { id: newId(), email: 'b', name: '' } }, addWorkspace)
    await store.change(changeScope(acme, { idempotency: { key: 'k', route: 'other', bodyHash: 'body' } }), addWorkspace)
    expect((await counts())['workspaces']).toBe(3)
  })

  test('while the first still runs learns so at once', async () => {
    let finish = (): void => undefined
    const held = new Promise<void>((done) => { finish = done })
    let begun = (): void => undefined
    const running = new Promise<void>((done) => { begun = done })
    const first = store.change(repeatable('k'), async (change) => { begun(); await held; return addWorkspace(change) })
    await running
    expect(await store.change(repeatable('k'), addWorkspace)).toEqual({ ok: false, code: 'idempotency.in_flight' })
    finish()
    expect(await first).toMatchObject({ ok: true })
  })

  test('after a day is a new request', async () => {
    await store.change(repeatable('k'), addWorkspace)
    const later = new Date(NOW.getTime() + 25 * 3_600_000)
    expect(await store.change({ ...repeatable('k'), now: later }, addWorkspace)).not.toHaveProperty('repeated')
    expect((await counts())['workspaces']).toBe(2)
  })

  test('after the reply to the commit was lost makes no duplicate', async () => {
    for (let round = 0; round < 20; round += 1) {
      const scope = repeatable(`cut ${round}`)
      // The connection is cut at a moment that drifts through the whole change, its commit included.
      let cutting: Promise<unknown> = Promise.resolve()
      await store.change(scope, async (change) => {
        const outcome = await addWorkspace(change)
        cutting = sleep(round % 7).then(cutConnections)
        return outcome
      }).catch(() => undefined)
      await cutting
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const answer = await store.change(scope, addWorkspace).catch(() => null)
        if (answer?.ok === true) break
      }
    }
    expect(await counts()).toEqual({ workspaces: 20, events: 20, outbox: 20, jobs: 20, idempotency_keys: 20 })
  })
})

async function cutConnections(): Promise<void> {
  await store.asOwner('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')
}
