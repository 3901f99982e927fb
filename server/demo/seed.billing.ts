import { linesOf, type PricedPlan } from '../../shared/billing/orders.plan'
import { insertMany, type Tx } from '../store/bulk'

/** What the demo's organization has bought of each plan by now. */
export type SeedPool = { plan: string; quantity: number }

/** One order of the past; the first of a plan brings what the later ones do not. */
type Deal = { daysAgo: number; plan: string; from: string | null; quantity: number; by: string }

type Options = { organizationId: string; pools: readonly SeedPool[]; now: Date; newId: (at: Date) => string }

const DAY_MS = 86_400_000
const FIRST_DAYS_AGO = 330

/** The day on which the demo's organizations bought their first licenses. */
export const firstOrderDay = (now: Date): string => new Date(now.getTime() - FIRST_DAYS_AGO * DAY_MS).toISOString().slice(0, 10)
/** What happened after the first orders. */
const LATER: readonly Deal[] = [
  { daysAgo: 180, plan: 'eco', from: null, quantity: 12, by: 'Bilal Benali' },
  { daysAgo: 95, plan: 'pro', from: 'eco', quantity: 2, by: 'Olive Owens' },
  { daysAgo: 60, plan: 'advanced', from: null, quantity: 2, by: 'Bilal Benali' },
  { daysAgo: 12, plan: 'eco', from: null, quantity: -3, by: 'Bilal Benali' },
]

/** Orders and invoices that led to what there is; small pools have only their first orders. */
export async function seedBilling(db: Tx, options: Options): Promise<void> {
  const { organizationId, pools, now, newId } = options
  const plans = await db.selectFrom('plans').select(['id', 'name', 'price_cents', 'currency']).execute()
  const planOf = (id: string): PricedPlan => {
    const { name, price_cents: priceCents, currency } = plans.find((plan) => plan.id === id) ?? { name: id, price_cents: 0, currency: 'EUR' }
    return { id, name, priceCents, currency }
  }
  const numbers = new Map<string, number>()
  for (const { daysAgo, plan, from, quantity, by } of dealsOf(pools)) {
    const at = new Date(now.getTime() - daysAgo * DAY_MS)
    const [bought, orderId, invoiceId] = [planOf(plan), newId(at), newId(at)]
    const lines = linesOf({ plan: bought, quantity, from: from === null ? null : planOf(from) })
    const cents = lines.reduce((sum, line) => sum + line.amountCents, 0)
    const year = at.toISOString().slice(0, 4)
    const number = (numbers.get(year) ?? 0) + 1
    numbers.set(year, number)
    const common = { organization_id: organizationId, currency: bought.currency, created_at: at }
    await insertMany(db, 'orders', [{ ...common, id: orderId, plan, from_plan: from, quantity, amount_cents: cents, renewal: false, status: 'done', provider: 'manual', created_by_name: by, settled_at: at, lines }] as never)
    await insertMany(db, 'invoices', [{ ...common, id: invoiceId, number: `${year}-${String(number).padStart(4, '0')}`, issued_on: at.toISOString().slice(0, 10), total_cents: cents }])
    await insertMany(db, 'invoice_lines', lines.map((line, index) => ({
      organization_id: organizationId, invoice_id: invoiceId, line: index, order_id: orderId, text: line.text, plan: line.plan, quantity: line.quantity, amount_cents: line.amountCents,
    })))
  }
}

/** The first orders bring what is there without the later ones; where that is nothing, the later ones never were. */
function dealsOf(pools: readonly SeedPool[]): Deal[] {
  const firstOf = ({ plan, quantity }: SeedPool, later: readonly Deal[]): number =>
    quantity - later.reduce((sum, deal) => sum + (deal.plan === plan ? deal.quantity : 0) - (deal.from === plan ? deal.quantity : 0), 0)
  const later = pools.every((pool) => firstOf(pool, LATER) > 0) ? LATER : []
  const first = pools.filter(({ quantity }) => quantity > 0).map((pool): Deal => ({ daysAgo: FIRST_DAYS_AGO, plan: pool.plan, from: null, quantity: firstOf(pool, later), by: 'Olive Owens' }))
  return [...first, ...later]
}
