import type { Viewer } from '../access/access.policy'
import { permissionsOf } from '../access/roles'
import type { ORDER_STATUSES } from './billing.model'
import { planOrder, type OrderWish, type PricedPlan } from './orders.plan'
import { poolMoves, statusAfter, type PaymentOutcome } from './orders.settle'

const viewerOf = (role: string): Viewer => ({ userId: 'viewer', role, permissions: permissionsOf(role, []), organizationId: 'acme' })
const PRICES = { eco: 300, advanced: 800, pro: 1500 }
const plan = (id: keyof typeof PRICES): PricedPlan => ({ id, name: id.toUpperCase(), priceCents: PRICES[id], currency: 'EUR' })
const pools = [{ plan: 'eco', quantity: 10, assigned: 6, renewsOn: '2026-05-01' }, { plan: 'pro', quantity: 3, assigned: 3, renewsOn: null }]
const order = (wish: Partial<OrderWish>, paysFirst = false, role = 'billing_admin') =>
  planOrder({ pools, wish: { plan: plan('eco'), quantity: 5, from: null, ...wish }, paysFirst, today: '2026-03-02' }, viewerOf(role))
const told = (decision: ReturnType<typeof order>): string[] => decision.plan.consequences.map(({ code, params }) => [code.replace('plan.', ''), ...Object.values(params)].join(' '))
const linesOf = (decision: ReturnType<typeof order>): unknown => decision.order?.lines.map(({ plan: of, quantity, amountCents }) => [of, quantity, amountCents])

describe('an order', () => {
  test.each([
    ['buys', {}, ['licenses_bought 5 eco 15', 'costs 1500 EUR', 'renews_by_itself 2026-05-01'], [['eco', 5, 1500]], 1500],
    ['buys the first of a plan', { plan: plan('advanced') }, ['licenses_bought 5 advanced 5', 'costs 4000 EUR', 'renews_by_itself 2027-03-02'], [['advanced', 5, 4000]], 4000],
    ['gives up, and nothing is paid back', { quantity: -4 }, ['licenses_given_up 4 eco 6', 'nothing_refunded'], [['eco', -4, 0]], 0],
    ['exchanges for a dearer plan, and costs the difference', { plan: plan('pro'), from: plan('eco'), quantity: 2 }, ['licenses_exchanged 2 eco pro', 'costs 2400 EUR', 'renews_by_itself 2027-03-02'], [['pro', 2, 3000], ['eco', -2, -600]], 2400],
    ['exchanges for the same price', { plan: { ...plan('pro'), priceCents: 300 }, from: plan('eco'), quantity: 2 }, ['licenses_exchanged 2 eco pro', 'costs_nothing', 'renews_by_itself 2027-03-02'], [['pro', 2, 600], ['eco', -2, -600]], 0],
    ['exchanges for a cheaper plan, and nothing is paid back', { plan: { ...plan('pro'), priceCents: 100 }, from: plan('eco'), quantity: 2 }, ['licenses_exchanged 2 eco pro', 'costs_nothing', 'renews_by_itself 2027-03-02'], [['pro', 2, 200], ['eco', -2, -200]], 0],
    ['exchanges across currencies without credit', { plan: plan('pro'), from: { ...plan('eco'), currency: 'USD' }, quantity: 2 }, ['licenses_exchanged 2 eco pro', 'costs 3000 EUR', 'renews_by_itself 2027-03-02'], [['pro', 2, 3000], ['eco', -2, 0]], 3000],
  ] as const)('%s', (_what, wish, consequences, lines, amountCents) => {
    const decision = order(wish)
    expect([told(decision), linesOf(decision), decision.order?.amountCents]).toEqual([consequences, lines, amountCents])
  })

  test.each([
    ['gives up more than are free', { quantity: -5 }, 'order.below_assigned', 'eco'],
    ['gives up what is all assigned', { plan: plan('pro'), quantity: -1 }, 'order.below_assigned', 'pro'],
    ['gives up what was never bought', { plan: plan('advanced'), quantity: -1 }, 'order.below_assigned', 'advanced'],
    ['exchanges more than are free', { plan: plan('pro'), from: plan('eco'), quantity: 5 }, 'order.below_assigned', 'eco'],
  ] as const)('that %s is refused', (_what, wish, code, about) => {
    const { plan: refusedPlan, order: decided } = order(wish)
    expect([refusedPlan.count, refusedPlan.refused[0], decided]).toMatchObject([0, { id: about, code }, null])
  })

  test.each([['org_admin', 1], ['billing_admin', 1], ['user_admin', 0], ['member', 0]] as const)('by %s is planned for %i of one', (role, count) => {
    expect(order({}, false, role).plan.count).toBe(count)
  })

  test('begins a term where a plan has none, and tells nothing of terms where licenses are free', () => {
    const free = { ...plan('eco'), priceCents: 0 }
    expect([told(order({}, true)), told(order({ plan: free }))]).toEqual([['licenses_bought 5 eco 15', 'costs 1500 EUR', 'paid_until 2026-05-01', 'payment_first'], ['licenses_bought 5 eco 15', 'costs_nothing']])
  })

  test('waits for its payment where that comes first, unless it costs nothing', () => {
    expect([order({}, true), order({ quantity: -1 }, true), order({ plan: plan('pro'), from: plan('eco'), quantity: 2 }, true)].map((one) => [one.order?.waits, told(one).slice(-1)])).toEqual([
      [true, ['payment_first']], [false, ['nothing_refunded']], [true, ['licenses_set_aside 2 eco']],
    ])
  })
})

describe('an outcome of a payment', () => {
  const OUTCOMES: readonly PaymentOutcome[] = ['paid', 'failed', 'expired']
  test.each([
    ['pending_payment', ['done', 'failed', 'cancelled']],
    ['done', [null, null, null]],
    ['failed', ['done', null, null]],
    ['cancelled', ['done', null, null]],
  ] as const)('of an order that is %s', (status, expected) => expect(OUTCOMES.map((outcome) => statusAfter(status, outcome))).toEqual(expected))

  test('settles once, however often and in whatever order outcomes arrive', () => {
    const permutations = OUTCOMES.flatMap((a) => OUTCOMES.flatMap((b) => OUTCOMES.map((c) => [a, b, c])))
    for (const outcomes of permutations) {
      let status: (typeof ORDER_STATUSES)[number] = 'pending_payment'
      let had = { eco: 6, pro: 0 }
      const step = (before: typeof status | null, after: typeof status): void => {
        for (const { plan: of, by } of poolMoves({ plan: 'pro', fromPlan: 'eco', quantity: 2 }, before, after, had.eco)) had = { ...had, [of]: had[of as 'eco' | 'pro'] + by }
      }
      step(null, status)
      for (const outcome of outcomes) {
        const after = statusAfter(status, outcome)
        if (after !== null) step(status, after)
        status = after ?? status
      }
      expect([outcomes, had]).toEqual([outcomes, outcomes.includes('paid') ? { eco: 4, pro: 2 } : { eco: 6, pro: 0 }])
    }
  })

  test('takes what is still free where it was paid after all', () => {
    expect(poolMoves({ plan: 'pro', fromPlan: 'eco', quantity: 5 }, 'cancelled', 'done', 3)).toEqual([{ plan: 'pro', by: 5 }, { plan: 'eco', by: -3 }])
    expect(poolMoves({ plan: 'pro', fromPlan: 'eco', quantity: 5 }, 'cancelled', 'done', 0)).toEqual([{ plan: 'pro', by: 5 }])
  })
})
