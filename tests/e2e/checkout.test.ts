import type { Page } from 'playwright-core'
import { mails } from '../../shared/i18n/en/mails'
import { startChromium, type Chromium } from '../doubles/chromium'
import { demoCalls, type DemoCalls } from '../doubles/demo-calls'
import { openStripe, PAGES, type FakeStripe } from '../doubles/stripe'
import { databaseOf } from '../faults/world'
import { barriersOf, faultsOf, photograph } from './checks'
import { HOSTS, startClient, type Client } from './pane'
import { startDemoServer, type DemoServer } from './server'
import { stepsOf, type Steps } from './steps'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const BILLING = 'billing@acme.example'

type Pool = { plan: string; quantity: number; assigned: number; renewsOn: string | null }
type Order = { id: string; status: string; checkoutUrl: string | null }

let chromium: Chromium
beforeAll(async () => { chromium = await startChromium() }, SLOW_MS)
afterAll(async () => { await chromium.close() }, SLOW_MS)

/** Stripe's own page, as far as a buyer uses it. */
const checkoutPage = (id: string, origin: string): string =>
  `<!doctype html><html lang="en"><title>Checkout</title><h1>Pay ${id}</h1><a href="${origin}/checkout/paid">Pay</a> <a href="${origin}/checkout/left">Back</a></html>`

describe.each(HOSTS)('licenses that are paid by Stripe, in %s', (host) => {
  let stripe: FakeStripe
  let server: DemoServer
  let client: Client
  let steps: Steps
  let demo: DemoCalls
  beforeAll(async () => {
    stripe = await openStripe()
    server = await startDemoServer(stripe.env)
    client = await startClient(chromium.browser, server.origin, { host, width: 320, person: BILLING })
    steps = stepsOf(client)
    demo = demoCalls(server.origin)
    await client.page.context().route(`${PAGES}**`, (route) => route.fulfill({ contentType: 'text/html', body: checkoutPage(route.request().url().slice(PAGES.length), server.origin) }))
  }, SLOW_MS)
  afterAll(async () => {
    await client.close()
    await server.close()
    await stripe.close()
  }, SLOW_MS)

  const looksRight = async (name: string) => {
    expect([...await faultsOf(client), ...(host === 'outlook' ? await barriersOf(client) : [])]).toEqual([])
    await photograph(client, `checkout-${name}`)
  }
  const itemsOf = async <T>(path: string) => (await demo.call('GET', path, { as: BILLING })).body['items'] as T[]
  const quantityOf = async (plan: string): Promise<number> => (await itemsOf<Pool>('/licenses')).find((pool) => pool.plan === plan)?.quantity ?? 0
  const newest = async (): Promise<Order> => {
    const [order] = await itemsOf<Order>('/orders')
    if (order === undefined) throw new Error('nothing was ordered')
    return order
  }
  /** Stripe tells the server, as it does: signed, from its side. */
  const tell = async (type: string, { id }: Order, payment: 'paid' | 'unpaid'): Promise<number> => {
    const { body, signature } = stripe.notice(`checkout.session.${type}`, { ...stripe.sessions.get(id), payment_status: payment }, { at: new Date() })
    return (await fetch(`${server.origin}/v1/billing/stripe-webhook`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'stripe-signature': signature } })).status
  }
  const waiting = () => client.pane.getByRole('button', { name: client.t('orders.pay') }).or(client.pane.getByRole('link', { name: client.t('orders.pay') }))
  /** From home to an order that waits for its payment, on the screen of orders. */
  const buy = async (count: number): Promise<Order> => {
    const { t } = client
    await steps.go(t('orders.title'))
    await client.click(t('orders.buy'))
    await client.sees(t('orders.buy_explained'))
    const field = client.pane.getByRole('textbox').or(client.pane.getByRole('spinbutton')).last()
    await field.fill(String(count))
    await field.press('Tab')
    await client.rest()
    await steps.confirm(t('orders.buy'))
    await client.sees(t('plan.payment_first'))
    await looksRight('plan')
    await steps.confirm(t('orders.buy'))
    await waiting().first().waitFor()
    return newest()
  }
  /** Stripe's page, in the window that the button opens. */
  const openPage = async (): Promise<Page> => {
    const [page] = await Promise.all([client.page.context().waitForEvent('page'), waiting().first().click()])
    await page.getByRole('heading', { name: /^Pay cs_test_/ }).waitFor()
    return page
  }
  const come = async (page: Page, link: 'Pay' | 'Back', heading: 'checkout.paid_title' | 'checkout.left_title') => {
    await page.getByRole('link', { name: link }).click()
    await page.waitForURL(`${server.origin}/checkout/*`)
    await page.locator('h1').waitFor()
    expect(await page.locator('h1').innerText()).toBe(mails[heading])
    await page.close()
  }
  const more = (count: number) => client.t('orders.more', { count, plan: client.t('plan_name.eco') })

  test('are there once the payment has arrived, whoever left its page before', async () => {
    const { t } = await client.show({ lang: 'en', theme: 'light' })
    const before = await quantityOf('eco')
    const order = await buy(3)
    expect(order).toMatchObject({ status: 'pending_payment' })
    await client.sees(t('orders.waits', { order: more(3) }))
    await looksRight('waits')
    await come(await openPage(), 'Back', 'checkout.left_title')
    expect([await quantityOf('eco'), (await newest()).status]).toEqual([before, 'pending_payment'])
    await come(await openPage(), 'Pay', 'checkout.paid_title')
    // The page that thanks proves nothing: the notice does.
    expect([await quantityOf('eco'), (await newest()).status]).toEqual([before, 'pending_payment'])
    expect(await tell('completed', order, 'paid')).toBe(204)
    await client.wait(t('pool.meter', { used: (await itemsOf<Pool>('/licenses'))[0]?.assigned ?? 0, total: before + 3, plan: t('plan_name.eco') }))
    await looksRight('paid')
    expect(await tell('completed', order, 'paid')).toBe(204)
    expect([await quantityOf('eco'), (await newest()).status]).toEqual([before + 3, 'done'])
  })

  test.each([['fr', 'dark'], ['es', 'light']] as const)('that nobody pays for end as cancelled, and are ordered again, in %s', async (lang, theme) => {
    const { t } = await client.show({ lang, theme })
    const before = await quantityOf('eco')
    const order = await buy(2)
    await looksRight('waits')
    expect(await tell('expired', order, 'unpaid')).toBe(204)
    await client.wait(t('order_status.cancelled'))
    if (host === 'gmail') await client.click(t('common.refresh'))
    await waiting().first().waitFor({ state: 'detached' })
    await looksRight('cancelled')
    expect(await quantityOf('eco')).toBe(before)
    const second = await buy(2)
    const page = await openPage()
    // The notice may be quicker than the way back.
    expect(await tell('completed', second, 'paid')).toBe(204)
    await page.getByRole('link', { name: 'Pay' }).click()
    await page.waitForURL(`${server.origin}/checkout/paid`)
    await page.close()
    await client.wait(t('pool.meter', { used: (await itemsOf<Pool>('/licenses'))[0]?.assigned ?? 0, total: before + 2, plan: t('plan_name.eco') }))
    expect(await quantityOf('eco')).toBe(before + 2)
  })

  test('are renewed for a year by who is asked to at home', async () => {
    const database = databaseOf(server)
    const end = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
    await database.query("update license_pools set renews_on = $1 where plan = 'pro'", [end])
    await database.close()
    const { t } = await client.show({ lang: 'fr', theme: 'light' })
    const pro = async () => (await itemsOf<Pool>('/licenses')).find(({ plan }) => plan === 'pro')
    const before = await pro()
    await client.home()
    await client.sees(t.code('alert.renewal_due', { quantity: before?.quantity ?? 0, plan: 'pro', on: end }))
    await looksRight('renewal-home')
    await steps.go(t('home.licenses'))
    await client.sees(t('pool.renew_by'))
    await looksRight('renewal-licenses')
    await client.click(t('orders.renew'))
    await client.sees(t.code('plan.licenses_renewed', { count: before?.quantity ?? 0, plan: 'pro', on: `${Number(end.slice(0, 4)) + 1}${end.slice(4)}` }))
    await looksRight('renewal-plan')
    await steps.confirm(t('orders.renew'))
    await client.sees(t('orders.renewed', { count: before?.quantity ?? 0, plan: t('plan_name.pro') }))
    await looksRight('renewal-waits')
    await come(await openPage(), 'Pay', 'checkout.paid_title')
    expect(await tell('completed', await newest(), 'paid')).toBe(204)
    expect(await pro()).toEqual({ ...before, renewsOn: `${Number(end.slice(0, 4)) + 1}${end.slice(4)}`, abilities: { 'pool.renew': 'order.renewal_not_due' } })
  })

  test('are not ordered from a Stripe that is away for a moment, but wait for it', async () => {
    const { t } = await client.show({ lang: 'en', theme: 'dark' })
    stripe.setMood('is_away')
    await steps.go(t('orders.title'))
    await client.click(t('orders.buy'))
    const field = client.pane.getByRole('textbox').or(client.pane.getByRole('spinbutton')).last()
    await field.fill('4')
    await field.press('Tab')
    await client.rest()
    await steps.confirm(t('orders.buy'))
    await client.sees(t('plan.payment_first'))
    await steps.confirm(t('orders.buy'))
    await client.sees(t('orders.page_comes', { order: more(4) }))
    await looksRight('away')
    expect(await newest()).toMatchObject({ status: 'pending_payment', checkoutUrl: null })
    stripe.setMood('answers')
  })
})
