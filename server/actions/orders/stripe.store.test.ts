import type { Order } from '../../../shared/billing/billing.model'
import { openAcme, type Acme, type Answer } from '../../../tests/doubles/acme'
import { NOW } from '../../../tests/doubles/store'
import { openStripe, type FakeSession, type FakeStripe } from '../../../tests/doubles/stripe'
import { createLogger } from '../../http/logger'
import { runJobs } from '../../jobs/jobs'
import { newId } from '../../store/ids'
import { createOrderJobs } from './jobs'

jest.setTimeout(60_000)

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

let stripe: FakeStripe
let acme: Acme
/** Lines of the log up to here belong to earlier tests. */
let logged = 0
beforeAll(async () => {
  stripe = await openStripe()
  acme = await openAcme({ payment: stripe.payment })
}, 60_000)
afterAll(async () => {
  await acme.close()
  await stripe.close()
})
beforeEach(async () => {
  stripe.setMood('answers')
  acme.server.setNow(NOW)
  await acme.server.store.asOwner(`delete from invoice_lines; delete from invoices; delete from orders; delete from licenses; delete from jobs; delete from idempotency_keys; delete from payment_events;
    update license_pools set quantity = 5, assigned = 0, warned_percent = 0 where organization_id = '${acme.acme}'`)
  const [last] = await acme.server.store.asOwner('select coalesce(max(sequence), 0)::int as sequence from events where organization_id = $1', [acme.acme])
  logged = Number(last?.['sequence'])
})

type Body = Answer['body'] & Order
const order = async (body: object = { plan: 'eco', quantity: 3 }, headers: Record<string, string> = {}): Promise<{ status: number; body: Body }> =>
  acme.send('POST', '/v1/orders', { as: 'billing', body, headers }) as Promise<{ status: number; body: Body }>
const listed = async (): Promise<Order[]> => (await acme.send('GET', '/v1/orders', { as: 'billing' })).body.items as unknown as Order[]
const had = async (): Promise<Record<string, unknown>> => Object.fromEntries((await acme.server.store.asOwner('select plan, quantity from license_pools where organization_id = $1', [acme.acme])).map(({ plan, quantity }) => [plan, quantity]))
const kinds = async (): Promise<string[]> => (await acme.server.store.asOwner("select kind from events where organization_id = $1 and sequence > $2 and kind like 'order.%' order by sequence", [acme.acme, logged])).map(({ kind }) => String(kind))
const invoiced = async (): Promise<number[]> => (await acme.server.store.asOwner('select total_cents from invoices where organization_id = $1', [acme.acme])).map((row) => Number(row['total_cents']))
const pageOf = ({ id }: Pick<Order, 'id'>): FakeSession => {
  const session = stripe.sessions.get(id)
  if (session === undefined) throw new Error('no page was opened')
  return session
}

const post = async ({ body, signature }: { body: string; signature: string }, more: Record<string, string> = {}): Promise<number> =>
  (await acme.server.app.inject({ method: 'POST', url: '/v1/billing/stripe-webhook', payload: body, headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature, ...more } })).statusCode
const COMPLETED = 'checkout.session.completed'
const EXPIRED = 'checkout.session.expired'
const paid = (of: Pick<Order, 'id'>, more: Parameters<FakeStripe['notice']>[2] = {}) => stripe.notice(COMPLETED, { ...pageOf(of), status: 'complete', payment_status: 'paid' }, more)
const say = (type: string, of: Pick<Order, 'id'>, more: Partial<FakeSession> = {}) => post(stripe.notice(type, { ...pageOf(of), ...more }))

/** Does what is due `afterMs` from now. */
const work = async (afterMs: number): Promise<void> => {
  const clock = (): Date => new Date(NOW.getTime() + afterMs)
  const { store } = acme.server
  await runJobs({ store, handlers: createOrderJobs({ store, payment: stripe.payment, clock, newId }), clock, newId, logger: createLogger('silent') })
}

describe('an order that costs something', () => {
  it('waits until it is paid on the page of the provider, and is there once the payment has arrived', async () => {
    const { status, body } = await order()
    expect([status, body]).toMatchObject([201, { status: 'pending_payment', amountCents: 900, settledAt: null, checkoutUrl: pageOf(body).url }])
    expect([await had(), await invoiced(), await kinds()]).toMatchObject([{ eco: 5 }, [], ['order.placed']])
    expect(await post(paid(body))).toBe(204)
    expect([await had(), await invoiced(), await kinds()]).toMatchObject([{ eco: 8 }, [900], ['order.placed', 'order.paid']])
    expect((await listed())[0]).toMatchObject({ id: body.id, status: 'done', settledAt: NOW.toISOString(), checkoutUrl: null })
  })

  it('asks for exactly what it costs, and leads back to us', async () => {
    const { body } = await order({ plan: 'pro', fromPlan: 'eco', quantity: 2 })
    const asked = Object.fromEntries(pageOf(body).asked)
    expect(asked).toEqual({
      mode: 'payment', client_reference_id: body.id, 'metadata[organizationId]': acme.acme, 'metadata[orderId]': body.id, expires_at: String((NOW.getTime() + 2 * HOUR_MS) / 1000),
      'line_items[0][quantity]': '2', 'line_items[0][price_data][currency]': 'eur', 'line_items[0][price_data][unit_amount]': '1200', 'line_items[0][price_data][product_data][name]': 'Eco → Pro',
      success_url: 'https://orgdesk.example/checkout/paid', cancel_url: 'https://orgdesk.example/checkout/left',
    })
    for (const url of ['/checkout/paid', '/checkout/left']) {
      const reply = await acme.server.app.inject({ url, headers: { 'accept-language': 'fr' } })
      expect([reply.statusCode, reply.headers['content-security-policy'], reply.body]).toEqual([200, expect.not.stringContaining('unsafe'), expect.stringContaining('lang="fr"')])
    }
  })

  it('sets aside what is exchanged until it is settled', async () => {
    const { body } = await order({ plan: 'pro', fromPlan: 'eco', quantity: 2 })
    expect(await had()).toMatchObject({ eco: 3, pro: 5 })
    await post(paid(body))
    expect(await had()).toMatchObject({ eco: 3, pro: 7 })
    const second = await order({ plan: 'pro', fromPlan: 'eco', quantity: 3 })
    expect(await had()).toMatchObject({ eco: 0, pro: 7 })
    await say(EXPIRED, second.body)
    expect(await had()).toMatchObject({ eco: 3, pro: 7 })
  })

  it.each([
    ['given up', { plan: 'eco', quantity: -2 }, { eco: 3 }],
    ['exchanged at no more cost', { plan: 'eco', fromPlan: 'pro', quantity: 2 }, { eco: 7, pro: 3 }],
  ])('is all that waits: what is %s happens at once', async (_what, body, quantities) => {
    const asked = stripe.asked()
    expect((await order(body)).body).toMatchObject({ status: 'done', checkoutUrl: null })
    expect([await had(), stripe.asked() - asked]).toMatchObject([quantities, 0])
  })

  it('is planned with the payment in it', async () => {
    const { body } = await acme.send('POST', '/v1/orders?dry_run=true', { as: 'billing', body: { plan: 'pro', fromPlan: 'eco', quantity: 2 } })
    expect((body['plan'] as { consequences: { code: string }[] }).consequences.map(({ code }) => code)).toEqual(['plan.licenses_exchanged', 'plan.costs', 'plan.paid_until', 'plan.payment_first', 'plan.licenses_set_aside'])
  })
})

describe('a notice', () => {
  it('that comes again is stored once and changes nothing more', async () => {
    const { body } = await order()
    const notice = paid(body)
    for (let n = 0; n < 3; n++) expect(await post(notice)).toBe(204)
    expect([await had(), await invoiced(), await kinds()]).toMatchObject([{ eco: 8 }, [900], ['order.placed', 'order.paid']])
    expect(await acme.server.store.asOwner('select count(*)::int as n from payment_events')).toEqual([{ n: 1 }])
  })

  it.each([
    ['paid, and paid again by another notice', [[COMPLETED, 'paid'], ['checkout.session.async_payment_succeeded', 'paid']], 'done', 8],
    ['closed after it was paid', [[COMPLETED, 'paid'], [EXPIRED, 'unpaid']], 'done', 8],
    ['closed before the word of the payment came', [[EXPIRED, 'unpaid'], [COMPLETED, 'paid']], 'done', 8],
    ['filled in, paid later', [[COMPLETED, 'unpaid'], ['checkout.session.async_payment_succeeded', 'paid']], 'done', 8],
    ['paid later, told in the wrong order', [['checkout.session.async_payment_succeeded', 'paid'], [COMPLETED, 'unpaid']], 'done', 8],
    ['filled in, and still on its way', [[COMPLETED, 'unpaid']], 'pending_payment', 5],
    ['filled in, and the payment failed', [[COMPLETED, 'unpaid'], ['checkout.session.async_payment_failed', 'unpaid']], 'failed', 5],
    ['failed, then closed', [['checkout.session.async_payment_failed', 'unpaid'], [EXPIRED, 'unpaid']], 'failed', 5],
    ['closed', [[EXPIRED, 'unpaid']], 'cancelled', 5],
    ['something else', [['payment_intent.created', 'unpaid']], 'pending_payment', 5],
  ] as const)('of a page that is %s', async (_what, notices, status, eco) => {
    const { body } = await order()
    for (const [type, payment] of notices) expect(await say(type, body, { payment_status: payment })).toBe(204)
    expect([(await listed())[0]?.status, await had(), await invoiced()]).toMatchObject([status, { eco }, status === 'done' ? [900] : []])
  })

  it('counts while our own word of the page is still missing', async () => {
    const { body } = await order()
    await acme.server.store.asOwner('update orders set provider_reference = null, checkout_url = null')
    await post(paid(body))
    expect((await listed())[0]?.status).toBe('done')
  })

  it.each([
    ['an order of nobody', (page: FakeSession) => ({ ...page, metadata: { ...page.metadata, orderId: newId() } })],
    ['an order of another organization', (page: FakeSession) => ({ ...page, metadata: { ...page.metadata, organizationId: acme.globex } })],
    ['an organization of nobody', (page: FakeSession) => ({ ...page, metadata: { ...page.metadata, organizationId: newId() } })],
    ['another page', (page: FakeSession) => ({ ...page, id: 'cs_test_other' })],
    ['ids that are none', () => ({ metadata: { organizationId: "' or true", orderId: '../..' } })],
    ['nothing of ours', () => ({ metadata: {} })],
  ])('about %s is taken and changes nothing', async (_what, change) => {
    const { body } = await order()
    expect(await post(stripe.notice(COMPLETED, { ...pageOf(body), payment_status: 'paid', ...change(pageOf(body)) }))).toBe(204)
    expect([(await listed())[0]?.status, await had(), await kinds()]).toMatchObject(['pending_payment', { eco: 5 }, ['order.placed']])
  })

  it.each([
    ['signed by somebody else', (of: Order) => paid(of, { secret: 'whsec_of_somebody' })],
    ['not signed', (of: Order) => ({ ...paid(of), signature: '' })],
    ['signed long ago', (of: Order) => paid(of, { at: new Date(NOW.getTime() - 6 * MINUTE_MS) })],
    ['changed on its way', (of: Order) => { const { body, signature } = paid(of); return { body: body.replace('"paid"', '"paid" '), signature } }],
    ['no notice at all', (_of: Order) => ({ body: 'x', signature: 't=1,v1=00' })],
  ])('that is %s is refused', async (_what, forged) => {
    const { body } = await order()
    expect(await post(forged(body))).toBe(403)
    expect([(await listed())[0]?.status, await had(), await acme.server.store.asOwner('select id from payment_events')]).toMatchObject(['pending_payment', { eco: 5 }, []])
  })

  it('of a megabyte and more, or of another kind, is not read', async () => {
    expect(await post({ body: 'x'.repeat(1_100_000), signature: 't=1,v1=00' })).toBe(413)
    expect(await post({ body: 'x', signature: 't=1,v1=00' }, { 'content-type': 'text/plain' })).toBe(415)
  })
})

describe('when the provider', () => {
  it('will not have the order, it has failed, what was set aside is back, and a repeat hears the same', async () => {
    stripe.setMood('refuses')
    const again = () => order({ plan: 'pro', fromPlan: 'eco', quantity: 2 }, { 'idempotency-key': 'refused' })
    for (const reply of [await again(), await again()]) expect([reply.status, reply.body.code]).toEqual([409, 'order.payment_failed'])
    expect([(await listed()).map(({ status }) => status), await had(), await kinds()]).toMatchObject([['failed'], { eco: 5, pro: 5 }, ['order.placed', 'order.failed']])
    expect(stripe.reports.at(-1)).toMatchObject({ type: 'StripeInvalidRequestError', status: 400 })
  })

  it.each(['is_away', 'cuts'] as const)('%s, the order stays, and the same request finishes it', async (mood) => {
    stripe.setMood(mood)
    const again = () => order({ plan: 'eco', quantity: 3 }, { 'idempotency-key': mood })
    const first = await again()
    expect([first.status, first.body.status, first.body.checkoutUrl]).toEqual([201, 'pending_payment', null])
    stripe.setMood('answers')
    const second = await again()
    expect(second.body).toEqual({ ...first.body, checkoutUrl: pageOf(first.body).url })
    expect([(await listed()).length, [...stripe.sessions.keys()].filter((key) => key === first.body.id)]).toEqual([1, [first.body.id]])
    expect((await again()).body).toEqual(second.body)
  })

  it('was away and nobody asks again, the page is asked for by itself', async () => {
    stripe.setMood('is_away')
    const { body } = await order()
    await work(2 * MINUTE_MS)
    expect((await listed())[0]?.checkoutUrl).toBeNull()
    stripe.setMood('answers')
    await work(HOUR_MS)
    expect((await listed())[0]?.checkoutUrl).toBe(pageOf(body).url)
  })

  it('never answers, the order is cancelled in the end', async () => {
    stripe.setMood('is_away')
    await order({ plan: 'pro', fromPlan: 'eco', quantity: 2 })
    for (const hours of [0.1, 2.5]) await work(hours * HOUR_MS)
    expect([(await listed())[0]?.status, await had(), await kinds()]).toMatchObject(['cancelled', { eco: 5, pro: 5 }, ['order.placed', 'order.cancelled']])
  })

  it.each([
    [{ status: 'complete', payment_status: 'paid' }, 'done', 8],
    [{ status: 'expired', payment_status: 'unpaid' }, 'cancelled', 5],
    [{ status: 'complete', payment_status: 'unpaid' }, 'pending_payment', 5],
  ] as const)('told nobody that the page was %j, it is asked', async (end, status, eco) => {
    const { body } = await order()
    Object.assign(pageOf(body), end)
    for (const hours of [0.1, 2.5]) await work(hours * HOUR_MS)
    expect([(await listed())[0]?.status, await had()]).toMatchObject([status, { eco }])
    Object.assign(pageOf(body), { payment_status: 'paid' })
    await work(9 * HOUR_MS)
    // Asked again only while it is pending; whoever paid a page that was closed is heard through a notice.
    expect((await listed())[0]?.status).toBe(status === 'cancelled' ? 'cancelled' : 'done')
  })

  it('does not know the page any more, the order is cancelled; while it is away, the order waits', async () => {
    const { body } = await order()
    stripe.sessions.delete(body.id)
    stripe.setMood('is_away')
    for (const hours of [0.1, 2.5]) await work(hours * HOUR_MS)
    expect((await listed())[0]?.status).toBe('pending_payment')
    stripe.setMood('answers')
    await work(3 * HOUR_MS)
    expect((await listed())[0]?.status).toBe('cancelled')
  })
})
