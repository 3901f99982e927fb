import { startChromium, type Chromium } from '../doubles/chromium'
import { demoCalls, type DemoCalls } from '../doubles/demo-calls'
import { barriersOf, faultsOf, photograph } from './checks'
import { HOSTS, startClient, type Client, type View } from './pane'
import { startDemoServer, type DemoServer } from './server'
import { stepsOf } from './steps'

const SLOW_MS = 300_000
jest.setTimeout(SLOW_MS)

const BILLING = 'billing@acme.example'
const OWNER = 'owner@acme.example'

const LOOKS: Pick<View, 'lang' | 'theme'>[] = [
  { lang: 'en', theme: 'light' },
  { lang: 'fr', theme: 'dark' },
  { lang: 'es', theme: 'light' },
]

type Pool = { plan: string; quantity: number; assigned: number; available: number }

let chromium: Chromium
beforeAll(async () => { chromium = await startChromium() }, SLOW_MS)
afterAll(async () => { await chromium.close() }, SLOW_MS)

describe.each(HOSTS)('a billing admin, in %s', (host) => {
  let server: DemoServer
  let client: Client
  let demo: DemoCalls
  beforeAll(async () => {
    server = await startDemoServer()
    client = await startClient(chromium.browser, server.origin, { host, width: 320, person: BILLING })
    demo = demoCalls(server.origin)
  }, SLOW_MS)
  afterAll(async () => {
    await client.close()
    await server.close()
  }, SLOW_MS)

  const looksRight = async (name: string) => {
    expect([...await faultsOf(client), ...(host === 'outlook' ? await barriersOf(client) : [])]).toEqual([])
    await photograph(client, `billing-${name}`)
  }
  const itemsOf = async <T>(path: string) => (await demo.call('GET', path, { as: BILLING })).body['items'] as T[]
  const poolOf = async (plan: string): Promise<Pool> => {
    const found = (await itemsOf<Pool>('/licenses')).find((pool) => pool.plan === plan)
    if (found === undefined) throw new Error(`no pool of ${plan}`)
    return found
  }
  const go = (...places: string[]) => stepsOf(client).go(...places)
  const confirm = (label: string) => stepsOf(client).confirm(label)
  /** Fills the form of an order and asks for what it will do. */
  const plan = async (count: number, kind: 'buy' | 'reduce' | 'change') => {
    await client.pane.getByRole('textbox').or(client.pane.getByRole('spinbutton')).last().fill(String(count))
    await client.pane.getByRole('textbox').or(client.pane.getByRole('spinbutton')).last().press('Tab')
    await client.rest()
    await confirm(client.t(`orders.${kind}`))
  }

  test('buys licenses from the meter, sees the price first, and finds the order and its invoice', async () => {
    const { t } = await client.show({ lang: 'en', theme: 'light' })
    const before = await poolOf('eco')
    await go(t('home.licenses'))
    await looksRight('licenses')
    await client.click(t('orders.buy'))
    await client.sees(t('orders.buy_explained'))
    await looksRight('buy')
    await plan(5, 'buy')
    await client.sees(t('plan.licenses_bought', { count: 5, plan: t('plan_name.eco'), quantity: before.quantity + 5 }))
    await looksRight('buy-plan')
    expect(await poolOf('eco')).toEqual(before)
    await confirm(t('orders.buy'))
    await client.wait(t('pool.meter', { used: before.assigned, total: before.quantity + 5, plan: t('plan_name.eco') }))
    expect(await poolOf('eco')).toMatchObject({ quantity: before.quantity + 5 })

    await go(t('orders.title'))
    await client.sees(t('orders.more', { count: 5, plan: t('plan_name.eco') }))
    await looksRight('orders')
    await go(t('invoices.title'))
    const [invoice] = await itemsOf<{ number: string }>('/invoices')
    await client.sees(invoice?.number ?? 'no invoice')
    await client.sees(new RegExp(t('orders.count', { count: 5, plan: t('plan_name.eco') })))
    await looksRight('invoices')
  })

  test('is told in a plain sentence that a reduction below what is assigned can’t be', async () => {
    const { t } = client
    const [before, orders] = [await poolOf('eco'), await itemsOf('/orders')]
    await go(t('orders.title'))
    await client.click(t('orders.reduce'))
    await client.sees(t('orders.reduce_explained'))
    await looksRight('reduce')
    await plan(before.available + 1, 'reduce')
    await client.sees(t('order.below_assigned'))
    await looksRight('reduce-refused')
    await confirm(t('common.close'))
    expect(await poolOf('eco')).toEqual(before)
    expect(await itemsOf('/orders')).toEqual(orders)
  })

  test('changes some licenses to another plan', async () => {
    const { t } = client
    const [eco, advanced] = [await poolOf('eco'), await poolOf('advanced')]
    await go(t('orders.title'))
    await client.click(t('orders.change'))
    await plan(2, 'change')
    await client.sees(t('plan.licenses_exchanged', { count: 2, from: t('plan_name.eco'), to: t('plan_name.advanced') }))
    await looksRight('change-plan')
    await confirm(t('orders.change'))
    await client.wait(t('orders.changed', { count: 2, from: t('plan_name.eco'), to: t('plan_name.advanced') }))
    expect([(await poolOf('eco')).quantity, (await poolOf('advanced')).quantity]).toEqual([eco.quantity - 2, advanced.quantity + 2])
  })

  test('keeps the billing information', async () => {
    const { t } = client
    await go(t('billing.title'))
    await client.pane.getByLabel(t('billing.company')).first().fill('Acme SAS')
    await client.pane.getByLabel(t('billing.country')).first().fill('fr')
    await looksRight('information')
    await client.click(t('common.save'))
    await client.wait(t('billing.was_saved'))
    expect((await demo.call('GET', '/billing', { as: BILLING })).body).toMatchObject({ company: 'Acme SAS', country: 'FR' })
  })

  test('who may assign takes an unused license back from the list', async () => {
    const { t } = await client.show({ person: OWNER, lang: 'en', theme: 'light' })
    const before = await itemsOf<Pool>('/licenses')
    await go(t('home.licenses'), t('unused.title'))
    if (host === 'gmail') await confirm(t('common.select'))
    await client.pane.getByRole('checkbox').first().check()
    await looksRight('unused-chosen')
    await client.pane.getByRole('button', { name: t('license.remove'), exact: true }).first().click()
    await client.sees(t('plan.title'))
    await confirm(t('license.remove'))
    await client.wait(t('users.bulk_done', { count: 1 }))
    const sum = (pools: Pool[]) => pools.reduce((all, { assigned }) => all + assigned, 0)
    expect(sum(await itemsOf<Pool>('/licenses'))).toBe(sum(before) - 1)
    await client.show({ person: BILLING })
  })

  test.each(LOOKS)('finds all of it in $lang, $theme', async (look) => {
    const { t } = await client.show(look)
    for (const place of ['orders.title', 'invoices.title', 'billing.title'] as const) {
      await go(t(place))
      await looksRight(place)
    }
    await go(t('home.licenses'), t('unused.title'))
    await looksRight('unused')
    await client.click(t('unused.days', { count: 90 }))
    await client.sees(t('unused.explained', { count: 90 }))
    expect(await client.text()).toContain(t('unused.explained', { count: 90 }))
    for (const kind of ['buy', 'reduce', 'change'] as const) {
      await go(t('orders.title'))
      await client.click(t(`orders.${kind}`))
      await client.sees(t(`orders.${kind}_explained`))
      await looksRight(kind)
    }
  })
})
