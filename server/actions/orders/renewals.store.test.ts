import type { Invoice, Order } from '../../../shared/billing/billing.model'
import type { LicensePool } from '../../../shared/licenses/licenses.model'
import { openAcme, type Acme } from '../../../tests/doubles/acme'
import { mailsOf } from '../../../tests/doubles/licenses'
import { NOW } from '../../../tests/doubles/store'
import { openStripe, type FakeStripe } from '../../../tests/doubles/stripe'
import { newId } from '../../store/ids'
import { renewLicenses } from './renewals'

jest.setTimeout(60_000)

/*
 * The clock of these tests moves through the terms of licenses that are bought on the second of March 2026.
 */

const FIRST_END = '2027-03-02'
const SECOND_END = '2028-03-02'

type World = { acme: Acme; paysFirst: boolean; now: Date }

const move = (world: World, now: Date): void => {
  world.now = now
  world.acme.server.setNow(now)
}

const empty = async (world: World): Promise<void> => {
  move(world, NOW)
  await world.acme.server.store.asOwner(`delete from invoice_lines; delete from invoices; delete from orders; delete from licenses; delete from outbox; delete from jobs; delete from idempotency_keys;
    update license_pools set quantity = 0, assigned = 0, warned_percent = 0, renews_on = null, renewal_told = 0`)
}
/** Lets the server do its work on a day, as often as its schedule does and from several servers at once. */
const on = async (world: World, day: string, servers = 1): Promise<void> => {
  const { acme, paysFirst } = world
  move(world, new Date(`${day}T06:00:00.000Z`))
  await Promise.all(Array.from({ length: servers }, () => renewLicenses({ store: acme.server.store, paysFirst, clock: () => world.now, newId })))
}
const poolOf = async ({ acme }: World, plan = 'eco', as = 'billing'): Promise<LicensePool> => {
  const found = ((await acme.send('GET', '/v1/licenses', { as })).body.items as unknown as LicensePool[]).find((pool) => pool.plan === plan)
  if (found === undefined) throw new Error('no such pool')
  return found
}
const ordersOf = async ({ acme }: World): Promise<Order[]> => (await acme.send('GET', '/v1/orders', { as: 'billing' })).body.items as unknown as Order[]
const invoicesOf = async ({ acme }: World): Promise<Invoice[]> => (await acme.send('GET', '/v1/invoices', { as: 'billing' })).body.items as unknown as Invoice[]
const newsOf = async ({ acme }: World): Promise<string[]> =>
  (await mailsOf(acme.server.store, acme.acme, 'licenses_renewal')).filter(({ to_email: to }) => to === 'billing@acme.example').map(({ params }) => [params['news'], params['quantity'], params['on'], params['cents']].join(' ')).toReversed()
const alertsOf = async ({ acme }: World, as = 'billing'): Promise<string[]> => ((await acme.send('GET', '/v1/me', { as })).body['alerts'] as { code: string }[]).map(({ code }) => code).filter((code) => code.startsWith('alert.renewal'))
const buy = ({ acme }: World, body: object = { plan: 'eco', quantity: 10 }) => acme.send('POST', '/v1/orders', { as: 'billing', body })

describe('licenses that are paid by invoice', () => {
  const world = { paysFirst: false, now: NOW } as World
  beforeAll(async () => { world.acme = await openAcme() }, 60_000)
  afterAll(() => world.acme.close())
  beforeEach(() => empty(world))

  it('have a term of a year from the order that first brought them, which later ones share', async () => {
    expect((await poolOf(world)).renewsOn).toBeNull()
    await buy(world)
    expect(await poolOf(world)).toMatchObject({ renewsOn: FIRST_END, renewal: 'automatic', abilities: { 'pool.renew': 'order.renewal_not_due' } })
    move(world, new Date('2026-08-01T09:00:00.000Z'))
    await buy(world, { plan: 'eco', quantity: 2 })
    await buy(world, { plan: 'pro', fromPlan: 'eco', quantity: 3 })
    expect([await poolOf(world), await poolOf(world, 'pro')]).toMatchObject([{ quantity: 9, renewsOn: FIRST_END }, { quantity: 3, renewsOn: '2027-08-01' }])
  })

  it('begin anew after all were given up', async () => {
    await buy(world)
    await buy(world, { plan: 'eco', quantity: -10 })
    expect((await poolOf(world)).renewsOn).toBeNull()
    await on(world, '2027-03-05')
    expect([await newsOf(world), (await ordersOf(world)).length]).toEqual([[], 2])
    await buy(world, { plan: 'eco', quantity: 1 })
    expect((await poolOf(world)).renewsOn).toBe('2028-03-05')
  })

  it('are told of 30 and 7 days before, and renew on the day with an order, an invoice and a line of the log, once with three servers', async () => {
    await buy(world)
    for (const day of ['2027-01-30', '2027-01-31', '2027-02-01', '2027-02-22', '2027-02-23', '2027-03-01']) await on(world, day, 3)
    expect(await newsOf(world)).toEqual(['ahead 10 2027-03-02 3000', 'ahead 10 2027-03-02 3000'])
    await buy(world, { plan: 'eco', quantity: -4 })
    await on(world, FIRST_END, 3)
    await on(world, '2027-03-03', 3)
    expect((await newsOf(world)).slice(2)).toEqual(['renewed 6 2028-03-02 1800'])
    expect(await poolOf(world)).toMatchObject({ quantity: 6, renewsOn: SECOND_END })
    expect((await ordersOf(world))[0]).toMatchObject({ renewal: true, status: 'done', plan: 'eco', quantity: 6, amountCents: 1800, by: 'Orgdesk' })
    expect((await invoicesOf(world))[0]).toMatchObject({ number: '2027-0002', issuedOn: FIRST_END, totalCents: 1800, lines: [{ plan: 'eco', quantity: 6, amountCents: 1800 }] })
    const events = await world.acme.server.store.asOwner("select actor_name, target_label, changes from events where kind = 'order.repeated' and organization_id = $1", [world.acme.acme])
    expect(events).toEqual([{ actor_name: 'Orgdesk', target_label: '6 × Eco', changes: { status: { from: null, to: 'done' }, renewsOn: { from: FIRST_END, to: SECOND_END }, amountCents: { from: null, to: 1800 }, currency: { from: null, to: 'EUR' } } }])
    await on(world, '2028-02-01')
    expect((await newsOf(world)).slice(3)).toEqual(['ahead 6 2028-03-02 1800'])
  })

  it('move no license, whoever holds one', async () => {
    await buy(world, { plan: 'eco', quantity: 2 })
    for (const name of ['maria', 'people']) await world.acme.send('PUT', `/v1/users/${await world.acme.idOf(name)}/license`, { body: { plan: 'eco' } })
    await on(world, FIRST_END)
    expect(await poolOf(world)).toMatchObject({ quantity: 2, assigned: 2, available: 0, renewsOn: SECOND_END })
  })

  it('make up for days on which no server ran', async () => {
    await buy(world)
    await on(world, '2028-04-01')
    await on(world, '2028-04-01')
    expect([(await poolOf(world)).renewsOn, (await ordersOf(world)).filter(({ renewal }) => renewal).length]).toEqual(['2029-03-02', 2])
  })

  it('need nobody to renew them', async () => {
    await buy(world)
    await on(world, '2027-02-10')
    const { status, body } = await world.acme.send('POST', '/v1/orders/renewal', { as: 'billing', body: { plan: 'eco' } })
    expect([status, body.code, await alertsOf(world)]).toEqual([409, 'order.renewal_not_due', []])
  })

  it('are left alone in an organization that is closed', async () => {
    await buy(world)
    await world.acme.server.store.asOwner('update organizations set deleted_at = now() where id = $1', [world.acme.acme])
    await on(world, FIRST_END)
    await world.acme.server.store.asOwner('update organizations set deleted_at = null where id = $1', [world.acme.acme])
    expect((await ordersOf(world)).length).toBe(1)
  })
})

describe('licenses that are paid by Stripe', () => {
  const world = { paysFirst: true, now: NOW } as World
  let stripe: FakeStripe
  beforeAll(async () => {
    stripe = await openStripe()
    world.acme = await openAcme({ payment: stripe.payment })
  }, 60_000)
  afterAll(async () => {
    await world.acme.close()
    await stripe.close()
  })
  beforeEach(() => empty(world))

  const say = async (order: Order, type: string, payment: 'paid' | 'unpaid'): Promise<number> => {
    const { body, signature } = stripe.notice(type, { ...stripe.sessions.get(order.id), payment_status: payment }, { at: world.now })
    return (await world.acme.server.app.inject({ method: 'POST', url: '/v1/billing/stripe-webhook', payload: body, headers: { 'content-type': 'application/json', 'stripe-signature': signature } })).statusCode
  }
  const renew = async (as = 'billing') => world.acme.send('POST', '/v1/orders/renewal', { as, body: { plan: 'eco' } })
  const bought = async (): Promise<void> => {
    const { body } = await buy(world)
    await say(body as unknown as Order, 'checkout.session.completed', 'paid')
    for (const name of ['maria', 'people']) await world.acme.send('PUT', `/v1/users/${await world.acme.idOf(name)}/license`, { body: { plan: 'eco' } })
  }

  it('have no term before they are paid', async () => {
    const { body } = await buy(world)
    expect((await poolOf(world)).renewsOn).toBeNull()
    await say(body as unknown as Order, 'checkout.session.completed', 'paid')
    expect(await poolOf(world)).toMatchObject({ renewsOn: FIRST_END, renewal: 'payment' })
  })

  it('are asked to be renewed 30 and 7 days before, on the day and 14 days after, and stay with everybody meanwhile', async () => {
    await bought()
    const alerts: [string, string[]][] = []
    for (const day of ['2027-01-30', '2027-01-31', '2027-02-10', '2027-02-23', '2027-03-01', FIRST_END, '2027-03-10', '2027-03-16', '2027-12-01']) {
      await on(world, day, 3)
      alerts.push([day, await alertsOf(world)])
    }
    expect(await newsOf(world)).toEqual(['ahead 10 2027-03-02 3000', 'ahead 10 2027-03-02 3000', 'overdue 10 2027-03-02 3000', 'overdue 10 2027-03-02 3000'])
    expect(alerts.map(([, [alert]]) => alert ?? '')).toEqual(['', ...Array<string>(4).fill('alert.renewal_due'), ...Array<string>(4).fill('alert.renewal_overdue')])
    expect([await poolOf(world), (await ordersOf(world)).length, await alertsOf(world, 'people')]).toMatchObject([{ quantity: 10, assigned: 2, renewsOn: FIRST_END, abilities: { 'pool.renew': true } }, 1, []])
    expect((await poolOf(world, 'eco', 'people')).abilities).toEqual({ 'pool.renew': 'access.denied' })
  })

  it('are renewed by one order at a time, and from the end of their term, once it is paid', async () => {
    await bought()
    await on(world, '2027-02-20')
    expect((await renew('people')).body.code).toBe('access.denied')
    const first = (await renew()).body as unknown as Order
    expect(first).toMatchObject({ renewal: true, status: 'pending_payment', quantity: 10, amountCents: 3000, checkoutUrl: stripe.sessions.get(first.id)?.url })
    expect([(await renew('owner')).body.code, (await poolOf(world)).abilities]).toEqual(['order.renewal_waits', { 'pool.renew': 'order.renewal_waits' }])
    await say(first, 'checkout.session.expired', 'unpaid')
    expect(await poolOf(world)).toMatchObject({ quantity: 10, renewsOn: FIRST_END, abilities: { 'pool.renew': true } })
    await on(world, '2027-03-20')
    const second = (await renew()).body as unknown as Order
    for (let n = 0; n < 3; n++) expect(await say(second, 'checkout.session.completed', 'paid')).toBe(204)
    expect(await poolOf(world)).toMatchObject({ quantity: 10, assigned: 2, renewsOn: SECOND_END, abilities: { 'pool.renew': 'order.renewal_not_due' } })
    expect([(await ordersOf(world)).map(({ status }) => status), (await invoicesOf(world)).map(({ totalCents }) => totalCents), await alertsOf(world)]).toEqual([['done', 'cancelled', 'done'], [3000, 3000], []])
  })

  it('come back as the new plan where their number has changed since it was shown', async () => {
    await bought()
    await on(world, '2027-02-20')
    const shown = await world.acme.send('POST', '/v1/orders/renewal?dry_run=true', { as: 'billing', body: { plan: 'eco' } })
    await buy(world, { plan: 'eco', quantity: -3 })
    const answer = await world.acme.send('POST', '/v1/orders/renewal', { as: 'billing', body: { plan: 'eco' }, headers: { 'plan-digest': String(shown.body['digest']) } })
    expect([answer.status, answer.body.code, answer.body['plan']]).toMatchObject([409, 'plan.changed', { consequences: [{ code: 'plan.licenses_renewed', params: { count: 7 } }, { params: { cents: 2100 } }, {}] }])
  })

  it('that cost nothing renew by themselves', async () => {
    await world.acme.server.store.asOwner("update plans set price_cents = 0 where id = 'eco'")
    await buy(world)
    await on(world, FIRST_END)
    expect(await poolOf(world)).toMatchObject({ renewsOn: SECOND_END, renewal: 'automatic' })
    await world.acme.server.store.asOwner("update plans set price_cents = 300 where id = 'eco'")
  })
})
