import { NOW, openTestStore, type TestStore } from '../../tests/doubles/store'
import { verifyChain } from '../store/events.chain'
import { DEMO_PEOPLE } from './people'
import { seedDemo } from './seed'

jest.setTimeout(60_000)

let store: TestStore
beforeAll(async () => { store = await openTestStore() })
afterAll(() => store.drop())

describe('the demo data', () => {
  it('is put into an empty store once', async () => {
    expect(await seedDemo(store, { users: null, events: null }, NOW)).toBe(true)
    expect(await seedDemo(store, { users: null, events: null }, NOW)).toBe(false)
    const organizations = await store.system((db) => db.selectFrom('organizations').select('name').orderBy('name').execute())
    expect(organizations.map(({ name }) => name)).toEqual(['Acme', 'Globex'])
  })

  it('holds the people whom the demo names, with their roles', async () => {
    const users = await store.system((db) => db.selectFrom('users').select(['email', 'role', 'status']).where('email', 'in', DEMO_PEOPLE.map(({ email }) => email)).execute())
    expect(new Map(users.map(({ email, role, status }) => [email, `${role} ${status}`]))).toEqual(new Map(DEMO_PEOPLE.map(({ email, role }) => [email, `${role} active`])))
  })

  it('looks after its domains: each has a next look, and nothing is to be proved that is approved', async () => {
    const domains = await store.system((db) => db.selectFrom('domains').select(['name', 'status', 'next_check_at', 'expires_at', 'last_check']).orderBy('name').execute())
    const hours = (date: Date | null): number | null => (date === null ? null : (date.getTime() - NOW.getTime()) / 3_600_000)
    expect(domains.map((row) => [row.name, row.status, hours(row.next_check_at), hours(row.expires_at), row.last_check?.outcome ?? null])).toEqual([
      ['acme-labs.example', 'pending', 1 / 12, 168, null], ['acme.example', 'approved', 24, null, 'verified'], ['acme.test', 'approved', 24, null, 'verified'], ['globex.example', 'approved', 24, null, 'verified'],
    ])
  })

  it('has a log without gaps whose chain verifies up to its head', async () => {
    for (const { organization_id: id, sequence, hash } of await store.system((db) => db.selectFrom('chain_heads').selectAll().execute())) {
      const events = await store.read(id, (db) => db.selectFrom('events').selectAll().orderBy('sequence').execute())
      expect(events).toHaveLength(sequence)
      expect(await verifyChain(events, { expected: { sequence, hash } })).toMatchObject({ ok: true })
    }
  })

  it('has a log that tells of no other license than the one that its user holds', async () => {
    const told = await store.asOwner("select e.changes -> 'license' ->> 'to' as told, l.plan from events e left join licenses l on l.organization_id = e.organization_id and l.user_id::text = e.target_id where e.changes ? 'license'")
    expect(told.length).toBeGreaterThan(0)
    expect(told.filter((line) => line['told'] !== line['plan'])).toEqual([])
  })

  it('counts as many licenses as are assigned, within what was bought', async () => {
    const pools = await store.system((db) => db.selectFrom('license_pools').selectAll().execute())
    for (const { organization_id: id, plan, assigned, quantity } of pools) {
      const { count } = await store.system((db) => db.selectFrom('licenses').select(({ fn }) => fn.countAll<number>().as('count')).where('organization_id', '=', id).where('plan', '=', plan).executeTakeFirstOrThrow())
      expect(Number(count)).toBe(assigned)
      expect(assigned).toBeLessThanOrEqual(quantity)
    }
  })

  it('has bought what it has, order by order, and each order has its invoice', async () => {
    const orders = await store.system((db) => db.selectFrom('orders').selectAll().orderBy('created_at').execute())
    const bought = new Map<string, number>()
    for (const { plan, from_plan: from, quantity } of orders) {
      bought.set(plan, (bought.get(plan) ?? 0) + quantity)
      if (from !== null) bought.set(from, (bought.get(from) ?? 0) - quantity)
      expect(Math.min(...bought.values())).toBeGreaterThan(0)
    }
    const pools = await store.system((db) => db.selectFrom('license_pools').select(['plan', 'quantity']).where('organization_id', '=', orders[0]?.organization_id ?? '').execute())
    expect(bought).toEqual(new Map(pools.map(({ plan, quantity }) => [plan, quantity])))
    const invoices = await store.asOwner('select i.total_cents = sum(l.amount_cents) as adds_up from invoices i join invoice_lines l on l.invoice_id = i.id group by i.id, i.total_cents')
    expect(invoices).toEqual(orders.map(() => ({ adds_up: true })))
  })

  it('is the same at every run, and as big as it is asked to be', async () => {
    const [one, two] = await Promise.all([openTestStore(), openTestStore()])
    try {
      for (const each of [one, two]) await seedDemo(each, { users: 700, events: 6_000 }, NOW)
      const dumps = await Promise.all([one, two].map((each) => each.system((db) => db.selectFrom('users').select(['id', 'email', 'status']).orderBy('id').execute())))
      expect(dumps[0]).toEqual(dumps[1])
      expect(dumps[0]?.filter(({ email }) => email.endsWith('@acme.example'))).toHaveLength(700)
      const hashes = await Promise.all([one, two].map((each) => each.system((db) => db.selectFrom('chain_heads').select(['sequence', 'hash']).orderBy('sequence').execute())))
      expect(hashes[0]).toEqual(hashes[1])
      expect(hashes[0]?.map(({ sequence }) => sequence)).toEqual([100, 6_000])
    } finally {
      await Promise.all([one.drop(), two.drop()])
    }
  }, 60_000)
})
