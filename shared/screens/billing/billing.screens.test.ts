import { VIEWER_ABILITIES, type ViewerAbilities, type ViewerAbility } from '../../access/abilities'
import { BILLING_SAMPLES, billing, invoice, order, ORDERS } from '../../../tests/doubles/samples/billing'
import { sampleEnv } from '../../../tests/doubles/samples/env'
import { user, viewer } from '../../../tests/doubles/samples/records'
import { SCREEN_SAMPLES } from '../../../tests/doubles/samples/screens'
import { en } from '../../i18n/en'
import { createTranslate } from '../../i18n/translate'
import { actionOutcome, actionStep } from '../action-step'
import { SCREEN_IDS, type ScreenId } from '../ids'
import { drawScreen, emptyDraft } from '../lifecycle'
import { SCREENS } from '../registry'
import type { ActionRef, Block, BlockOf, Draft, Env, Params, Screen } from '../vocabulary'
import { orderBody } from './orders.actions'

const draft = (values: Draft['values'] = {}, more: Partial<Draft> = {}): Draft => ({ ...emptyDraft(), values, ...more })
const allowed = (...abilities: ViewerAbility[]): Partial<Env> => ({ viewer: { ...viewer(), abilities: Object.fromEntries(VIEWER_ABILITIES.map((ability) => [ability, abilities.includes(ability) ? true : 'access.denied'])) as ViewerAbilities } })
const MOBILE: Partial<Env> = { can: { ...sampleEnv().can, purchase: false } }
const draw = (id: ScreenId, more: { params?: Params; draft?: Draft; replies?: Record<string, unknown>; env?: Partial<Env> } = {}): Screen => {
  const replies = Object.fromEntries(Object.entries({ ...SCREEN_SAMPLES[id].ready, ...more.replies }).map(([name, value]) => [name, { ok: true as const, value }]))
  return drawScreen(SCREENS[id], replies, more.params ?? SCREEN_SAMPLES[id].params, more.draft ?? emptyDraft(), sampleEnv({ mail: SCREEN_SAMPLES[id].mail ?? null, ...more.env }))
}
const deep = (blocks: Block[]): Block[] => blocks.flatMap((block) => (block.is === 'section' ? [block, ...deep(block.blocks)] : [block]))
const all = <K extends Block['is']>(screen: Screen, is: K): BlockOf<K>[] => deep(screen.blocks).flatMap((block) => (block.is === is ? [block as BlockOf<K>] : []))
const one = <K extends Block['is']>(screen: Screen, is: K): BlockOf<K> => {
  const [found] = all(screen, is)
  if (found === undefined) throw new Error(`no ${is}`)
  return found
}
const refsOf = (value: unknown): ActionRef[] => {
  if (Array.isArray(value)) return value.flatMap(refsOf)
  if (typeof value !== 'object' || value === null) return []
  return [...('action' in value && 'args' in value ? [value as ActionRef] : []), ...Object.values(value).flatMap(refsOf)]
}

describe('on a phone', () => {
  const SOLD = ['nav.order', 'order.add', 'order.renew', 'order.pay']
  /** A role may be allowed to buy, and is called so. */
  const SAYS_SO = SCREEN_IDS.filter((id) => id !== 'role' && id !== 'role_add')

  it.each(SCREEN_IDS)('%s offers nothing to buy and no way to an order', (id) => {
    for (const replies of [SCREEN_SAMPLES[id].ready, SCREEN_SAMPLES[id].empty]) {
      expect(refsOf(draw(id, { replies, env: MOBILE })).filter(({ action }) => SOLD.includes(action))).toEqual([])
    }
  })

  it.each(SAYS_SO)('%s does not speak of buying either', (id) => {
    for (const replies of [SCREEN_SAMPLES[id].ready, SCREEN_SAMPLES[id].empty]) expect(JSON.stringify(draw(id, { replies, env: MOBILE }))).not.toMatch(/"screen":"order|\b(buy|price|renew)/i)
  })

  it.each(['orders', 'order'] as const)('%s asks the server for nothing and says that it is not there', (id) => {
    expect(SCREENS[id].needs({}, sampleEnv(MOBILE))).toEqual({})
    expect(draw(id, { env: MOBILE }).blocks).toMatchObject([{ is: 'empty', title: 'Not available here' }])
  })
})

describe('beside a seat meter', () => {
  const WHERE: [ScreenId, Params | undefined, Draft][] = [
    ['user_add', undefined, draft({ plan: ['pro'] })], ['user', undefined, draft()], ['users', undefined, draft()], ['users_bulk', undefined, draft({ plan: ['pro'] })],
    ['people_add', undefined, draft({ plan: ['pro'] })], ['import', undefined, draft()], ['licenses', undefined, draft()],
  ]

  it.each(WHERE)('%s offers to buy, to who manages the subscription', (id, params, of) => {
    const zoe = { ...SCREEN_SAMPLES.people_add.ready }
    const meters = all(draw(id, { params, draft: of, replies: id === 'people_add' ? zoe : {} }), 'meter')
    expect(meters.length).toBeGreaterThan(0)
    expect(meters.map(({ action }) => action?.action)).toEqual(meters.map(() => 'nav.order'))
  })

  it('offers it to nobody else', () => {
    const meters = all(draw('licenses', { env: allowed('licenses.view', 'licenses.assign') }), 'meter')
    expect(meters.map(({ action }) => action)).toEqual(meters.map(() => undefined))
  })

  it('takes along how many are missing', () => {
    expect(all(draw('users_bulk', { params: { action: 'assign_license', count: '12' }, draft: draft({ plan: ['pro'] }) }), 'meter').map(({ action }) => action?.args)).toEqual([{ plan: 'pro', quantity: '7' }, { plan: 'eco' }])
    expect(one(draw('import'), 'meter').action?.args).toEqual({ plan: 'pro', quantity: '4' })
  })

  it('keeps a full pool in sight, also while another plan is chosen', () => {
    expect(all(draw('user_add', { draft: draft({ plan: ['pro'] }) }), 'meter').map(({ label, choosing }) => [label, choosing])).toEqual([['Pro', 1], ['Eco', undefined]])
  })
})

describe('home', () => {
  it('warns of licenses running out, with the remedy for who may', () => {
    expect(one(draw('home'), 'notice')).toMatchObject({ tone: 'warning', actions: [{ action: 'nav.order', args: { plan: 'pro' } }] })
    expect(one(draw('home', { env: allowed('licenses.view') }), 'notice').actions).toBeUndefined()
  })

  it.each<[string, Partial<Env>, string[]]>([
    ['a billing admin', allowed('orders.view', 'orders.add', 'billing.view', 'billing.manage'), ['orders', 'invoices', 'billing']],
    ['a user admin', allowed('users.view', 'licenses.view'), []],
    ['a billing admin on a phone', { ...allowed('orders.view', 'orders.add', 'billing.view'), ...MOBILE }, ['invoices', 'billing']],
  ])('leads %s to what they may see', (_who, env, expected) => {
    expect(one(draw('home', { env }), 'links').items.map(({ open }) => open.screen as string).filter((screen) => ['orders', 'invoices', 'billing'].includes(screen))).toEqual(expected)
  })
})

describe('an order', () => {
  const submitOf = (params: Params, values: Draft['values']) => one(draw('order', { params, draft: draft(values) }), 'form').submit
  const step = (params: Params, values: Draft['values']) => actionStep(submitOf(params, values), {}, draft(values), sampleEnv())

  it.each<[string, Params, Draft['values'], object]>([
    ['buys what is typed', { plan: 'pro' }, { quantity: '5' }, { plan: 'pro', quantity: 5 }],
    ['buys as many as are missing', { plan: 'pro', quantity: '7' }, {}, { plan: 'pro', quantity: 7 }],
    ['buys another plan than the link says', { plan: 'pro', quantity: '7' }, { plan: ['advanced'] }, { plan: 'advanced', quantity: 7 }],
    ['reduces by a negative quantity', { kind: 'reduce' }, { plan: ['pro'], quantity: ' 2 ' }, { plan: 'pro', quantity: -2 }],
    ['changes the plan', { kind: 'change' }, { fromPlan: ['eco'], plan: ['pro'], quantity: '3' }, { plan: 'pro', fromPlan: 'eco', quantity: 3 }],
    ['changes the first plan of which any is free where nothing is chosen', { kind: 'change' }, { quantity: '1' }, { plan: 'eco', fromPlan: 'pro', quantity: 1 }],
  ])('%s, once its plan is seen', (_what, params, values, body) => expect(step(params, values)).toMatchObject({ next: 'plan', call: { endpoint: 'orders.add', dryRun: true, body } }))

  it.each([['', 'quantity.zero'], ['0', 'quantity.zero'], ['many', 'field.invalid'], ['-3', 'field.invalid'], ['1.5', 'field.invalid']])('of %j licenses goes nowhere', (quantity, code) => {
    expect(step({ plan: 'pro' }, { quantity })).toEqual({ next: 'issues', issues: [{ code, path: 'quantity' }] })
  })

  it.each<[Params, Draft['values'], [string, number, number][]]>([
    [{ plan: 'pro' }, { quantity: '10' }, [['Pro', 45, 60]]],
    [{ kind: 'reduce', plan: 'pro' }, { quantity: '5' }, [['Pro', 45, 45]]],
    [{ kind: 'change', plan: 'pro' }, { plan: ['advanced'], quantity: '5' }, [['Pro', 45, 45], ['Advanced', 0, 5]]],
    [{ plan: 'pro' }, { quantity: 'x' }, [['Pro', 45, 50]]],
  ])('%j with %j shows how full its pools will be', (params, values, expected) => {
    expect(all(draw('order', { params, draft: draft(values) }), 'meter').map(({ label, used, total }) => [label, used, total])).toEqual(expected)
  })

  it('never changes a plan into itself', () => {
    const [, to] = one(draw('order', { params: { kind: 'change' }, draft: draft({ fromPlan: ['pro'] }) }), 'form').fields
    expect(to?.as === 'one' && to.options.map(({ value }) => value)).toEqual(['eco', 'advanced'])
    expect(to?.as === 'one' && to.value).toEqual(['eco'])
  })

  it('says the price of each plan, and of what can be given up how many are free', () => {
    const notes = (params: Params) => one(draw('order', { params }), 'form').fields.flatMap((field) => (field.as === 'one' ? [field.options.map(({ note }) => note)] : []))
    expect(notes({})).toEqual([['€3.00 each, per year', '€6.00 each, per year', '€9.00 each, per year']])
    expect(notes({ kind: 'reduce' })).toEqual([['0 available', '5 available']])
  })

  it('is not offered to who may not, nor a reduction where nothing was bought', () => {
    expect(draw('order', { env: allowed('orders.view') }).blocks).toMatchObject([{ is: 'empty', title: 'You can’t place orders' }])
    expect(draw('order', { params: { kind: 'reduce' }, replies: { pools: { items: [] } } }).blocks).toMatchObject([{ is: 'empty' }])
  })

  it.each<[Params, boolean]>([[{ kind: 'steal' }, false], [{ quantity: '-1' }, false], [{ quantity: '12', plan: 'pro' }, true]])('the link %j is good: %s', (params, ok) => expect(SCREENS.order.parse(params).ok).toBe(ok))

  it('goes back to where licenses were missing, or to the orders while it waits for its payment', () => {
    const outcome = (part: Parameters<typeof order>[0]) => actionOutcome(submitOf({}, {}), draft(), sampleEnv(), { ok: true, value: order(part) }).filter((effect) => effect.do !== 'refresh')
    expect(outcome({})).toMatchObject([{ do: 'notify', tone: 'success' }, { do: 'back' }])
    expect(outcome({ status: 'pending_payment' })).toMatchObject([{ do: 'notify', tone: 'info' }, { do: 'replace', to: { screen: 'orders' } }])
  })

  it('says why a reduction below what is assigned is refused', () => {
    const refused = { kind: 'order.reduce', count: 0, targets: [], consequences: [], refused: [{ id: 'pro', label: 'Pro', code: 'order.below_assigned' }], refusedCount: 1, seats: [] }
    expect(actionStep(submitOf({ kind: 'reduce', plan: 'pro', quantity: '9' }, {}), { plan: { digest: 'd', plan: refused } }, draft(), sampleEnv())).toMatchObject({
      next: 'confirm', confirmation: { refused: true, blocks: [{ is: 'plan', groups: [{ rows: [{ title: 'Pro', sub: expect.stringContaining('can’t go below') }] }] }] },
    })
  })

  it('sends what is typed in Gmail and Outlook alike', () => expect(orderBody({ kind: 'change', plan: 'pro', from: 'eco', quantity: '2' }, draft())).toEqual({ plan: 'pro', fromPlan: 'eco', quantity: 2 }))
})

describe('the list of orders', () => {
  it('says what each was, and what became of it', () => {
    expect(one(draw('orders'), 'table').rows.map(({ title, badge, cells }) => [title, badge?.text, cells[1]])).toEqual([
      ['10 more Pro licenses', 'Waiting for payment', '€90.00'], ['10 more Pro licenses', 'Waiting for payment', '€90.00'], ['Renewal of 50 Pro licenses', 'Done', '€450.00'], ['4 Eco licenses fewer', 'Done', '−€12.00'],
      ['3 licenses from Eco to Advanced', 'Payment failed', '€9.00'], ['1 more Pro license', 'Cancelled', '€9.00'],
    ])
  })

  it('leads to the payment of those that wait for it and have a page for it', () => {
    const [waiting, ...others] = all(draw('orders'), 'notice')
    const pay = waiting?.actions?.[0]
    // A page that could not be opened yet is announced.
    expect(others.map(({ text, actions }) => [text, actions])).toEqual([[expect.stringContaining('not ready yet'), undefined]])
    expect(pay === undefined ? null : actionStep(pay, {}, draft(), sampleEnv())).toEqual({ next: 'effects', effects: [{ do: 'link', url: ORDERS[0]?.checkoutUrl }] })
  })

  it('shows who may only look no way to order', () => {
    const screen = draw('orders', { env: allowed('orders.view', 'billing.view') })
    expect([screen.primary, all(screen, 'actions'), all(screen, 'notice')]).toEqual([undefined, [], []])
  })

  it('does without the pools for who may not see them', () => {
    const screen = drawScreen(SCREENS.orders, { orders: { ok: true, value: BILLING_SAMPLES.orders.ready.orders }, pools: { ok: false, failure: { code: 'access.denied', issues: [] } } }, {}, draft(), sampleEnv())
    expect(screen.blocks.map(({ is }) => is)).toEqual(['notice', 'notice', 'table'])
  })
})

describe('invoices', () => {
  it('say every line with its amount', () => {
    expect(one(draw('invoices'), 'table').rows[0]).toMatchObject({ title: 'INV-2026-0007', cells: ['INV-2026-0007', 'Mar 1, 2026', '€18.00'], sub: '3 Pro licenses: €27.00 · 3 Eco licenses fewer: −€9.00' })
  })

  it('fall back to the line’s own words where it names no plan', () => {
    const lines = [{ text: 'Set-up', plan: '', quantity: 1, amountCents: 500 }]
    expect(one(draw('invoices', { replies: { invoices: { items: [invoice({ lines })], next: null } } }), 'table').rows[0]?.sub).toBe('Set-up: €5.00')
  })
})

describe('a renewal', () => {
  const due = { ...viewer(), alerts: [{ code: 'alert.renewal_due', tone: 'warning' as const, params: { plan: 'pro', quantity: 50, on: '2026-03-20' }, target: 'pro' }] }

  it('is told on the screen of licenses by the day of each pool, with its remedy where it is to be paid', () => {
    const screen = draw('licenses')
    expect(all(screen, 'facts').map(({ items }) => items.slice(-1).map(({ label, value }) => [label, value]))).toEqual([[['Renews on', 'Dec 31, 2026']], [['To be renewed by', 'Mar 20, 2026']]])
    const [renew, ...others] = refsOf(screen).filter(({ action }) => action === 'order.renew')
    expect([renew?.label, others, renew === undefined ? null : actionStep(renew, {}, draft(), sampleEnv())]).toMatchObject(['Renew for a year', [], { next: 'plan', call: { endpoint: 'orders.renew', body: { plan: 'pro' } } }])
    expect(refsOf(draw('licenses', { env: allowed('licenses.view') })).filter(({ action }) => action === 'order.renew')).toEqual([])
  })

  it('is announced at home to who may buy, and never on a phone', () => {
    expect(one(draw('home', { env: { viewer: due } }), 'notice')).toMatchObject({ text: 'Your 50 Pro licenses are paid until Mar 20, 2026. Renew them before that day.', actions: [{ action: 'order.renew', args: { plan: 'pro' } }] })
    for (const env of [{ ...MOBILE, viewer: due }, { viewer: { ...due, abilities: allowed('licenses.view').viewer?.abilities ?? due.abilities } }]) {
      expect(JSON.stringify(draw('home', { env }))).not.toMatch(/renew/i)
    }
  })

  it('shows the day itself, wherever its reader lives', () => {
    const west = createTranslate('en', en, { timeZone: 'America/Los_Angeles' })
    expect([west.date('2026-03-20'), west.code('alert.renewal_due', due.alerts[0]?.params)]).toEqual(['Mar 20, 2026', expect.stringContaining('Mar 20, 2026')])
  })
})

describe('billing information', () => {
  const form = (of: Draft) => one(draw('billing', { draft: of }), 'form')

  it('is read by who may see it and edited by who may manage it', () => {
    expect(draw('billing', { env: allowed('billing.view') }).blocks).toMatchObject([{ is: 'facts', items: [{ value: 'Acme SAS' }, {}, {}, {}, {}] }])
    expect(form(draft()).fields.map(({ name }) => name)).toEqual(['company', 'address', 'country', 'vat', 'email'])
  })

  it('is sent whole, under the version that was seen', () => {
    const of = draft({ country: 'es', vat: '' })
    expect(actionStep(form(of).submit, {}, of, sampleEnv())).toMatchObject({ next: 'send', call: { version: 2, body: { company: 'Acme SAS', address: billing.address, country: 'ES', vat: '', email: billing.email } } })
  })

  it('needs a name', () => {
    const of = draft({ company: ' ' })
    expect(actionStep(form(of).submit, {}, of, sampleEnv())).toEqual({ next: 'issues', issues: [{ code: 'field.required', path: 'company' }] })
  })

  it('offers theirs or mine after a conflict, in their version', () => {
    const of = draft({ vat: 'FR1' }, { theirs: { ...billing, vat: 'FR2', address: 'Elsewhere', version: 9 } })
    expect(form(of).conflict).toEqual([{ field: 'vat', label: 'VAT number', mine: 'FR1', theirs: 'FR2' }])
    expect(actionStep(form(of).submit, {}, of, sampleEnv())).toMatchObject({ next: 'send', call: { version: 9, body: { vat: 'FR1', address: 'Elsewhere' } } })
  })
})

describe('unused licenses', () => {
  it.each<[Params, string]>([[{}, '30'], [{ days: '90' }, '90']])('with %j asks for %s days', (params, days) => {
    expect(SCREENS.licenses_unused.needs(params, sampleEnv())).toMatchObject({ unused: { query: { days } } })
  })

  it('knows three periods only', () => expect(SCREENS.licenses_unused.parse({ days: '31' }).ok).toBe(false))

  it('says since when each is idle', () => {
    expect(one(draw('licenses_unused'), 'people').rows.map(({ sub }) => sub)).toEqual(['luc@acme.example · Pro, not activated yet · Never active', 'Eco · Last active Nov 1, 2025'])
  })

  it('reminds many, or takes their licenses back, after the plan', () => {
    const bulk = one(draw('licenses_unused'), 'people').bulk ?? []
    expect(bulk.map((ref) => actionStep(ref, {}, draft({}, { selected: ['u-2'] }), sampleEnv()))).toMatchObject([
      { next: 'plan', call: { endpoint: 'users.bulk', body: { action: 'send_activation', userIds: ['u-2'] } } }, { next: 'plan', call: { body: { action: 'remove_license', userIds: ['u-2'] } } },
    ])
  })

  it('lets nobody be chosen about whom nothing can be done', () => {
    const unused = { items: [user({ id: 'u-7', abilities: { 'user.send_activation': 'license.already_active', 'user.remove_license': 'access.members_only' } }), user({ id: 'u-owner' })], next: null, abilities: {} }
    expect(one(draw('licenses_unused', { replies: { unused } }), 'people').rows.map(({ selectable }) => selectable)).toEqual([expect.stringContaining('members only'), expect.stringContaining('own account')])
    expect(one(draw('licenses_unused', { env: allowed('licenses.view') }), 'people').bulk).toBeUndefined()
  })
})
