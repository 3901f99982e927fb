import { openAcme, type Acme, type Answer } from '../doubles/acme'
import { NOW } from '../doubles/store'
import { openStripe, type FakeStripe } from '../doubles/stripe'
import { countOf } from './counts'

/*
 * Quantities under fire: people buy, give up, exchange and assign at once, and the provider repeats its notices
 * beside them. Nobody ever has a license that was not bought, and what is there in the end is what was told.
 */

const ROUNDS = countOf(25, 1000)
const CLAIMANTS = 8
const MINUTE_MS = 60_000
jest.setTimeout(3_600_000)

let stripe: FakeStripe
let acme: Acme
let ids: string[]
let now = NOW

beforeAll(async () => {
  stripe = await openStripe()
  acme = await openAcme({ payment: stripe.payment })
  ids = await Promise.all(Array.from({ length: CLAIMANTS }, (_, n) => acme.person(`claimant${n}`)))
}, 120_000)
afterAll(async () => {
  await acme.close()
  await stripe.close()
})

const order = (body: object): Promise<Answer> => acme.send('POST', '/v1/orders', { as: 'billing', body })
const assign = (id: string): Promise<Answer> => acme.send('PUT', `/v1/users/${id}/license`, { body: { plan: 'eco' } })
const post = async ({ body, signature }: { body: string; signature: string }): Promise<number> =>
  (await acme.server.app.inject({ method: 'POST', url: '/v1/billing/stripe-webhook', payload: body, headers: { 'content-type': 'application/json', 'stripe-signature': signature } })).statusCode
const settle = async ({ body }: Answer, type: string, payment: 'paid' | 'unpaid'): Promise<number[]> => {
  const session = stripe.sessions.get(String(body['id'])) ?? {}
  const notice = stripe.notice(`checkout.session.${type}`, { ...session, payment_status: payment }, { at: now })
  return Promise.all(Array.from({ length: 3 }, () => post(notice)))
}

const begin = (): Promise<unknown> => acme.server.store.asOwner(
  `delete from invoice_lines; delete from invoices; delete from orders; delete from licenses; update license_pools set assigned = 0, quantity = case plan when 'eco' then 6 else 4 end where organization_id = '${acme.acme}'`)
const pools = async (): Promise<Record<string, { quantity: number; assigned: number; held: number }>> => {
  const rows = await acme.server.store.asOwner('select p.plan, p.quantity, p.assigned, (select count(*)::int from licenses l where l.organization_id = p.organization_id and l.plan = p.plan) as held from license_pools p where p.organization_id = $1', [acme.acme])
  return Object.fromEntries(rows.map(({ plan, ...row }) => [String(plan), row as { quantity: number; assigned: number; held: number }]))
}

it(`buying, giving up, exchanging and assigning at once ends as it was told, ${ROUNDS} times`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    // Rounds are minutes apart, so that no limit by the minute stops anybody; notices are signed for five.
    now = new Date(NOW.getTime() + round * 2 * MINUTE_MS)
    acme.server.setNow(now)
    await begin()
    const bought = await Promise.all([order({ plan: 'eco', quantity: 2 }), order({ plan: 'eco', quantity: 3 })])
    const [assigned, reduced, exchanged, paid, expired] = await Promise.all([
      Promise.all(ids.map(assign)),
      Promise.all([-2, -3, -1].map((quantity) => order({ plan: 'eco', quantity }))),
      order({ plan: 'pro', fromPlan: 'eco', quantity: 2 }),
      settle(bought[0], 'completed', 'paid'),
      settle(bought[1], 'expired', 'unpaid'),
    ])
    expect([...paid, ...expired]).toEqual(Array(6).fill(204))
    expect([...assigned, ...reduced, exchanged].filter(({ status }) => status >= 500)).toEqual([])
    if (exchanged.status === 201) await settle(exchanged, 'completed', 'paid')
    const given = reduced.filter(({ status }) => status === 201).reduce((sum, { body }) => sum - Number(body['quantity']), 0)
    const moved = exchanged.status === 201 ? 2 : 0
    const held = assigned.filter(({ status }) => status === 200).length
    expect(await pools()).toMatchObject({ eco: { quantity: 6 + 2 - given - moved, assigned: held, held }, pro: { quantity: 4 + moved } })
  }
})

it('every line of the log has its place, and every invoice its own number', async () => {
  const [log] = await acme.server.store.asOwner('select count(*)::int as lines, count(distinct sequence)::int as places, max(sequence)::int as last from events where organization_id = $1', [acme.acme])
  expect([log?.['lines'], log?.['lines']]).toEqual([log?.['places'], log?.['last']])
  const [invoices] = await acme.server.store.asOwner('select count(*)::int as invoices, count(distinct number)::int as numbers, (select count(*)::int from orders o where o.organization_id = $1 and o.status = $2) as done from invoices where organization_id = $1', [acme.acme, 'done'])
  expect([invoices?.['numbers'], invoices?.['invoices']]).toEqual([invoices?.['done'], invoices?.['done']])
})
