import type { Ability } from '../access/abilities'
import { permissionsOf } from '../access/roles'
import { planRenewal } from './orders.plan'
import { renewalStage, renewalStep, renewAbility, yearAfter } from './renewal'

const END = '2027-03-02'
const viewerOf = (role: string) => ({ userId: 'viewer', role, permissions: permissionsOf(role, []), organizationId: 'acme' })
const ECO = { id: 'eco', name: 'Eco', priceCents: 300, currency: 'EUR' }

test.each([['2026-03-02', '2027-03-02'], ['2026-12-31', '2027-12-31'], ['2028-02-29', '2029-02-28'], ['2027-02-28', '2028-02-28']])('a year after %s is %s', (day, later) => {
  expect(yearAfter(day)).toBe(later)
})

describe('a term that ends on the second of March', () => {
  test.each([
    ['2026-03-02', 0], ['2027-01-30', 0], ['2027-01-31', 1], ['2027-02-22', 1], ['2027-02-23', 2], ['2027-03-01', 2], ['2027-03-02', 3], ['2027-03-15', 3], ['2027-03-16', 4], ['2028-01-01', 4],
  ] as const)('has come to stage %2$s on %1$s', (today, stage) => expect(renewalStage(END, today)).toBe(stage))

  test.each([
    ['nothing is told early', '2027-01-30', 0, false, { do: 'nothing' }],
    ['people are told 30 days before', '2027-01-31', 0, true, { do: 'tell', stage: 1 }],
    ['but once', '2027-02-01', 1, true, { do: 'nothing' }],
    ['and 7 days before', '2027-02-23', 1, true, { do: 'tell', stage: 2 }],
    ['and only that, where the first was missed', '2027-02-25', 0, true, { do: 'tell', stage: 2 }],
    ['it renews by itself on its day', '2027-03-02', 2, true, { do: 'renew' }],
    ['and later, where that day was missed', '2027-06-01', 0, true, { do: 'renew' }],
    ['what is to be paid is asked for on the day', '2027-03-02', 2, false, { do: 'tell', stage: 3 }],
    ['and 14 days after', '2027-03-16', 3, false, { do: 'tell', stage: 4 }],
    ['and then no more', '2028-03-16', 4, false, { do: 'nothing' }],
  ] as const)('%s', (_what, today, told, byItself, step) => expect(renewalStep({ quantity: 5, renewsOn: END, told }, today, byItself)).toEqual(step))

  test('asks for nothing where nothing is left, or was ever bought', () => {
    expect([renewalStep({ quantity: 0, renewsOn: END, told: 0 }, END, true), renewalStep({ quantity: 5, renewsOn: null, told: 0 }, END, true)]).toEqual([{ do: 'nothing' }, { do: 'nothing' }])
  })
})

describe('renewing', () => {
  const pool = { quantity: 5, renewsOn: END }
  const toPay = { byItself: false, waits: false }
  type Case = { role: string; of: typeof pool | { quantity: number; renewsOn: null }; renewing: typeof toPay; today: string }
  const CASES: [string, Case, Ability][] = ([
    ['what is to be paid, near its end', 'billing_admin', pool, toPay, '2027-02-10', true],
    ['what is over', 'org_admin', pool, toPay, '2027-08-10', true],
    ['by who may not buy', 'user_admin', pool, toPay, '2027-02-10', 'access.denied'],
    ['what has long to go', 'billing_admin', pool, toPay, '2026-12-10', 'order.renewal_not_due'],
    ['what renews by itself', 'billing_admin', pool, { byItself: true, waits: false }, '2027-02-10', 'order.renewal_not_due'],
    ['what nobody bought', 'billing_admin', { quantity: 0, renewsOn: null }, toPay, '2027-02-10', 'order.renewal_not_due'],
    ['what is just being paid', 'billing_admin', pool, { byItself: false, waits: true }, '2027-02-10', 'order.renewal_waits'],
  ] as const).map(([what, role, of, renewing, today, expected]) => [what, { role, of, renewing, today }, expected])
  test.each(CASES)('%s', (_what, { role, of, renewing, today }, expected) => {
    expect(renewAbility(of, renewing, viewerOf(role), today)).toBe(expected)
    const { plan, order } = planRenewal({ plan: ECO, pool: of, renewing, today }, viewerOf(role))
    expect([plan.count, order === null, plan.refused.map(({ code }) => code)]).toEqual(expected === true ? [1, false, []] : [0, true, [expected]])
  })

  test('says until when, what it costs, and that it is paid first', () => {
    const { plan, order } = planRenewal({ plan: ECO, pool, renewing: toPay, today: '2027-02-10' }, viewerOf('org_admin'))
    expect(plan.consequences.map(({ code, params }) => [code, ...Object.values(params)])).toEqual([['plan.licenses_renewed', 5, 'eco', '2028-03-02'], ['plan.costs', 1500, 'EUR'], ['plan.payment_first']])
    expect(order).toMatchObject({ quantity: 5, amountCents: 1500, until: '2028-03-02', waits: true, lines: [{ plan: 'eco', quantity: 5, amountCents: 1500 }] })
  })
})
