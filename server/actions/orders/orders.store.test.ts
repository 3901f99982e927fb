import type { Invoice, Order } from '../../../shared/billing/billing.model'
import { openAcme, type Acme, type Answer } from '../../../tests/doubles/acme'
import { mailsOf } from '../../../tests/doubles/licenses'
import { NOW } from '../../../tests/doubles/store'

jest.setTimeout(60_000)

let acme: Acme
/** Lines of the log up to here belong to earlier tests. */
let logged = 0
beforeAll(async () => { acme = await openAcme() }, 60_000)
afterAll(() => acme.close())
beforeEach(async () => {
  acme.server.setNow(NOW)
  await acme.server.store.asOwner(`delete from invoice_lines; delete from invoices; delete from orders; delete from licenses; delete from outbox; delete from idempotency_keys;
    delete from license_pools where plan = 'ultra'; delete from plans where id = 'ultra'; update plans set price_cents = 300 where id = 'eco';
    update license_pools set quantity = 5, assigned = 0, warned_percent = 0 where organization_id = '${acme.acme}'`)
  const [last] = await acme.server.store.asOwner('select coalesce(max(sequence), 0)::int as sequence from events where organization_id = $1', [acme.acme])
  logged = Number(last?.['sequence'])
})

type Told = { plan: { count: number; consequences: { code: string }[]; refused: { code: string }[] }; digest: string }
const order = (body: object, more: { as?: string; headers?: Record<string, string>; dryRun?: true } = {}): Promise<Answer> =>
  acme.send('POST', `/v1/orders${more.dryRun ? '?dry_run=true' : ''}`, { as: 'billing', body, ...more })
const quantities = async (): Promise<Record<string, unknown>> => {
  const rows = await acme.server.store.asOwner('select plan, quantity from license_pools where organization_id = $1 order by plan', [acme.acme])
  return Object.fromEntries(rows.map(({ plan, quantity }) => [plan, quantity]))
}
const events = () => acme.server.store.read(acme.acme, (db) => db.selectFrom('events').selectAll().where('organization_id', '=', acme.acme).where('sequence', '>', logged).where('kind', 'in', ['order.placed', 'license.assigned']).orderBy('sequence').execute())
const invoices = async (): Promise<Invoice[]> => (await acme.send('GET', '/v1/invoices', { as: 'billing' })).body.items as unknown as Invoice[]
const assign = async (plan: string, count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await acme.send('PUT', `/v1/users/${await acme.person(`${plan}${n}-${Math.random()}`)}/license`, { body: { plan } })
}
const linesOf = (invoice: Invoice | undefined) => invoice?.lines.map(({ text, plan, quantity, amountCents }) => [text, plan, quantity, amountCents])

it('licenses that are bought are there at once, with their event and their invoice', async () => {
  const { status, body } = await order({ plan: 'eco', quantity: 3 })
  expect([status, body]).toMatchObject([201, { status: 'done', plan: 'eco', fromPlan: null, quantity: 3, amountCents: 900, currency: 'EUR', createdAt: NOW.toISOString(), settledAt: NOW.toISOString(), checkoutUrl: null, by: 'billing' }])
  expect(await quantities()).toEqual({ advanced: 5, eco: 8, pro: 5 })
  expect((await events()).map(({ kind, actor_email: actor, target_label: target, changes, of_admin: ofAdmin }) => ({ kind, actor, target, changes, ofAdmin }))).toEqual([{
    kind: 'order.placed', actor: 'billing@acme.example', target: '3 × Eco', ofAdmin: true,
    changes: { status: { from: null, to: 'done' }, 'quantity.eco': { from: 5, to: 8 }, amountCents: { from: null, to: 900 }, currency: { from: null, to: 'EUR' } },
  }])
  const [invoice] = await invoices()
  expect([invoice?.number, invoice?.issuedOn, invoice?.totalCents, linesOf(invoice)]).toEqual(['2026-0001', '2026-03-02', 900, [['Eco', 'eco', 3, 900]]])
})

it('licenses that are given up are gone at once, and nothing is paid back', async () => {
  await assign('eco', 3)
  expect((await order({ plan: 'eco', quantity: -2 })).body).toMatchObject({ status: 'done', amountCents: 0, quantity: -2 })
  expect(await quantities()).toMatchObject({ eco: 3 })
  expect(linesOf((await invoices())[0])).toEqual([['Eco', 'eco', -2, 0]])
})

it('licenses of one plan become those of another for the difference', async () => {
  expect((await order({ plan: 'pro', fromPlan: 'eco', quantity: 2 })).body).toMatchObject({ status: 'done', plan: 'pro', fromPlan: 'eco', amountCents: 2400 })
  expect(await quantities()).toEqual({ advanced: 5, eco: 3, pro: 7 })
  expect(linesOf((await invoices())[0])).toEqual([['Pro', 'pro', 2, 3000], ['Eco', 'eco', -2, -600]])
  expect((await events())[0]).toMatchObject({ target_label: '2 × Eco → Pro', changes: { 'quantity.pro': { from: 5, to: 7 }, 'quantity.eco': { from: 5, to: 3 } } })
})

describe('what is refused changes nothing and says why', () => {
  it.each([
    ['more given up than are free', { plan: 'eco', quantity: -3 }, 409, 'order.below_assigned'],
    ['more exchanged than are free', { plan: 'pro', fromPlan: 'eco', quantity: 3 }, 409, 'order.below_assigned'],
    ['no such plan', { plan: 'gold', quantity: 1 }, 400, 'plan.unknown plan'],
    ['no such plan to exchange', { plan: 'pro', fromPlan: 'gold', quantity: 1 }, 400, 'plan.unknown fromPlan'],
    ['a plan for itself', { plan: 'eco', fromPlan: 'eco', quantity: 1 }, 400, 'field.not_an_option fromPlan'],
    ['an exchange backwards', { plan: 'pro', fromPlan: 'eco', quantity: -1 }, 400, 'field.too_small quantity'],
    ['nothing', { plan: 'eco', quantity: 0 }, 400, 'quantity.zero quantity'],
    ['half a license', { plan: 'eco', quantity: 1.5 }, 400, 'field.invalid quantity'],
    ['too much', { plan: 'eco', quantity: 100_001 }, 400, 'field.too_large quantity'],
    ['an unknown key', { plan: 'eco', quantity: 1, price: 0 }, 400, 'field.unknown price'],
  ] as const)('%s', async (_what, body, status, code) => {
    await assign('eco', 3)
    const before = [await quantities(), (await events()).length]
    const reply = await order(body)
    const [issue] = (reply.body['issues'] ?? []) as { code: string; path: string }[]
    expect([reply.status, issue === undefined ? reply.body.code : `${issue.code} ${issue.path}`]).toEqual([status, code])
    expect([await quantities(), (await events()).length]).toEqual(before)
  })

  it('a pool that would pass all measure', async () => {
    await acme.server.store.asOwner("update license_pools set quantity = 999999 where organization_id = $1 and plan = 'eco'", [acme.acme])
    expect((await order({ plan: 'eco', quantity: 2 })).body).toMatchObject({ code: 'request.invalid', issues: [{ code: 'field.too_large', path: 'quantity', params: { limit: 1 } }] })
  })

  it.each([['owner', 201, 200], ['billing', 201, 200], ['people', 403, 403], ['maria', 403, 403]] as const)('%s: ordering %i, looking %i', async (as, placed, seen) => {
    expect((await order({ plan: 'eco', quantity: 1 }, { as })).status).toBe(placed)
    expect((await order({ plan: 'eco', quantity: 1 }, { as, dryRun: true })).status).toBe(seen)
    expect((await acme.send('GET', '/v1/orders', { as })).status).toBe(seen)
    expect((await acme.send('GET', '/v1/invoices', { as })).status).toBe(seen)
  })
})

describe('a plan', () => {
  it('is shown without changing anything, and its digest admits exactly that', async () => {
    const { status, body } = await order({ plan: 'eco', quantity: 3 }, { dryRun: true })
    const { plan, digest } = body as unknown as Told
    expect([status, plan.count, plan.consequences.map(({ code }) => code)]).toEqual([200, 1, ['plan.licenses_bought', 'plan.costs', 'plan.renews_by_itself']])
    expect([await quantities(), await events()]).toEqual([{ advanced: 5, eco: 5, pro: 5 }, []])
    expect((await order({ plan: 'eco', quantity: 3 }, { headers: { 'plan-digest': digest } })).status).toBe(201)
  })

  it.each([
    ['the price', "update plans set price_cents = 400 where id = 'eco'"],
    ['the quantity', "update license_pools set quantity = 6 where plan = 'eco'"],
  ])('that no longer holds, because %s has changed, comes back as the new one', async (_what, statement) => {
    const seen = (await order({ plan: 'eco', quantity: 3 }, { dryRun: true })).body as unknown as Told
    await acme.server.store.asOwner(statement)
    const late = await order({ plan: 'eco', quantity: 3 }, { headers: { 'plan-digest': seen.digest } })
    expect([late.status, late.body.code, (late.body['plan'] as Told['plan']).count, late.body['digest'] === seen.digest]).toEqual([409, 'plan.changed', 1, false])
    expect((await events())).toEqual([])
  })

  it('of giving up holds while enough are free, and no longer', async () => {
    const body = { plan: 'eco', quantity: -2 }
    const { digest } = (await order(body, { dryRun: true })).body as unknown as Told
    await assign('eco', 4)
    const late = await order(body, { headers: { 'plan-digest': digest } })
    expect([late.body.code, (late.body['plan'] as Told['plan']).refused]).toMatchObject(['plan.changed', [{ code: 'order.below_assigned' }]])
  })
})

it('the same order, sent again, is placed once', async () => {
  const again = () => order({ plan: 'eco', quantity: 3 }, { headers: { 'idempotency-key': 'k1' } })
  const [first, second] = [await again(), await again()]
  expect(second).toEqual(first)
  expect(await quantities()).toMatchObject({ eco: 8 })
})

it('orders and invoices are listed from the newest on, in pages', async () => {
  for (let n = 1; n <= 5; n++) {
    acme.server.setNow(new Date(NOW.getTime() + n * 1000))
    await order({ plan: 'eco', quantity: n })
  }
  for (const path of ['/v1/orders', '/v1/invoices']) {
    const first = await acme.send('GET', `${path}?limit=3`, { as: 'billing' })
    const second = await acme.send('GET', `${path}?limit=3&cursor=${String(first.body['next'])}`, { as: 'billing' })
    const quantitiesOf = ({ body }: Answer) => (body.items as unknown as (Order & Invoice)[]).map(({ quantity, lines }) => quantity ?? lines[0]?.quantity)
    expect([quantitiesOf(first), quantitiesOf(second), second.body['next']]).toEqual([[5, 4, 3], [2, 1], null])
    expect((await acme.send('GET', `${path}?cursor=made-up`, { as: 'billing' })).body).toMatchObject({ code: 'request.invalid', issues: [{ code: 'cursor.invalid' }] })
  }
  expect((await invoices()).map(({ number }) => number)).toEqual(['2026-0005', '2026-0004', '2026-0003', '2026-0002', '2026-0001'])
})

it('a pool that gets fuller by giving up warns, and one that was bought for may warn anew', async () => {
  await acme.server.store.asOwner("update license_pools set quantity = 10 where organization_id = $1 and plan = 'eco'", [acme.acme])
  await assign('eco', 4)
  const warned: number[] = []
  for (const quantity of [-5, -1, 6, -6]) {
    await order({ plan: 'eco', quantity })
    warned.push((await mailsOf(acme.server.store, acme.acme, 'licenses_low')).filter(({ to_email: to }) => to === 'billing@acme.example').length)
  }
  expect(warned).toEqual([1, 2, 2, 3])
})

it('a plan that is newer than the organization can be bought, too', async () => {
  await acme.server.store.asOwner("insert into plans (id, name, rank, attachment_mb, signatories, price_cents, currency) values ('ultra', 'Ultra', 4, 1, 1, 9900, 'EUR')")
  expect((await order({ plan: 'ultra', quantity: 2 })).body).toMatchObject({ status: 'done', amountCents: 19_800 })
  expect(await quantities()).toMatchObject({ ultra: 2 })
})
