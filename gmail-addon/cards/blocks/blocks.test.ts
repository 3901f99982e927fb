import { cardProblems } from '../../../tests/doubles/gmail/card-check'
import { textsOf } from '../../../tests/doubles/gmail/find'
import { sampleEnv } from '../../../tests/doubles/samples/env'
import { NAUGHTY } from '../../../tests/doubles/samples/records'
import { emptyDraft } from '../../../shared/screens/lifecycle'
import type { ActionRef, Block, BlockKind, Field, Link, Row } from '../../../shared/screens/vocabulary'
import type { Card } from '../card'
import { partCard, restCard, screenCard, type ScreenCardInput } from '../screen-card'

const { t } = sampleEnv()
const here: Link = { screen: 'users', params: { q: 'ana' } }
const to: Link = { screen: 'user', params: { userId: 'u-1' } }
const ref = (label: string, enabled: ActionRef['enabled'] = true): ActionRef => ({ action: 'activation.send', args: { userId: 'u-1' }, label, enabled })

const inputOf = (blocks: Block[]): ScreenCardInput => ({ screen: { title: 'Users', blocks }, here, draft: emptyDraft(), t })
const draw = (...blocks: Block[]): Card => screenCard(inputOf(blocks))
const widgetsOf = (card: Card) => card.sections.flatMap((section) => section.widgets)

const row = (text: string, i: number): Row => ({ id: `r${i}`, title: text, sub: text, badge: { text, tone: 'warning' }, avatar: 'AR', open: to, menu: [ref(text), ref(`${text}2`, text || 'no')] })
const fieldsOf = (text: string): Field[] => [
  ...(['text', 'email', 'multiline', 'date', 'number', 'switch'] as const).map((as) => ({ as, name: as, label: text, hint: text, required: true, redraws: true, value: as === 'date' ? '2026-03-02' : as === 'switch' ? 'on' : text })),
  { as: 'one', name: 'one', label: text, options: [{ value: '', label: text, enabled: true }, { value: 'b', label: text, note: text, enabled: true }, { value: 'c', label: text, enabled: text || 'no' }], value: ['b'] },
  { as: 'many', name: 'many', label: text, options: [{ value: 'a', label: text, enabled: true }], value: ['a'] },
  { as: 'find', from: 'workspaces.list', several: true, name: 'several', label: text, hint: text, chosen: [{ value: 'w-1', label: text }], first: [] },
  { as: 'find', from: 'workspaces.list', several: false, name: 'found', label: text, required: true, none: text, chosen: [], first: [] },
]

/** Every kind of block, its texts being `text`. A kind without a sample does not compile. */
const samples = (text: string): Record<BlockKind, Block> => ({
  section: { is: 'section', title: text, folded: true, blocks: [{ is: 'facts', items: [{ label: text, value: text }] }, { is: 'people', label: text, rows: [row(text, 1)], page: { next: 'c2', total: 2 } }] },
  notice: { is: 'notice', tone: 'warning', text, actions: [ref(text), ref(text, text || 'no')] },
  facts: { is: 'facts', items: [{ label: text, value: text, note: text, copy: true, open: to }, { label: text, value: text, action: ref(text, text || 'no'), copy: true }] },
  people: { is: 'people', label: text, rows: [{ ...row(text, 1), selectable: true }, { ...row(text, 2), selectable: text || 'no' }], page: { next: 'c2', total: 90 }, bulk: [ref(text)], selectAll: 90 },
  table: { is: 'table', label: text, columns: [{ id: 'a', label: text, rank: 1 }, { id: 'b', label: text, rank: 3, end: true }], rows: [{ ...row(text, 1), cells: [text, '7'] }], page: { next: null } },
  timeline: { is: 'timeline', label: text, entries: [{ id: 'e1', at: '2026-03-01T10:00:00.000Z', icon: 'log', text, note: text, open: to, changes: { label: text, lines: Array.from({ length: 3 }, () => ({ label: text, text })) } }], page: { next: 'c2' } },
  search: { is: 'search', q: text, placeholder: text, filters: fieldsOf(text), active: 2, count: 3, countText: text },
  form: { is: 'form', id: 'f', fields: fieldsOf(text), issues: [{ code: 'field.required', path: 'text' }, { code: 'email.malformed', path: 'elsewhere' }], submit: ref(text), conflict: [{ field: 'text', label: text, mine: text, theirs: text }] },
  files: { is: 'files', name: 'file', label: text, attachments: [{ source: 'attachment', id: 'a1', name: text, bytes: 9 }, { source: 'attachment', id: 'a2', name: text, bytes: 9 }], accept: ['.csv'], maxBytes: 99, pick: false, paste: true, action: ref(text) },
  meter: { is: 'meter', label: text, used: 8, total: 10, choosing: 1, warnAt: 0.8, text, action: ref(text) },
  plan: { is: 'plan', digest: 'd', title: text, groups: [{ label: text, tone: 'success', count: 400, rows: Array.from({ length: 30 }, (_, i) => row(text, i)), folded: true, more: to }], costs: [text, text], apply: ref(text) },
  progress: { is: 'progress', label: text, done: 3, total: 10, text, state: 'running', actions: [ref(text)] },
  steps: { is: 'steps', labels: [text, text], current: 1, skip: ref(text) },
  chart: { is: 'chart', title: text, draw: 'bars', unit: text, points: [{ label: text, value: 3, text }, { label: text, value: 0, text }] },
  links: { is: 'links', items: [{ label: text, sub: text, icon: 'user', open: to, badge: { text, tone: 'danger' } }] },
  actions: { is: 'actions', items: [ref(text), ref(text, text || 'no')] },
  empty: { is: 'empty', title: text, text, action: ref(text) },
  failure: { is: 'failure', failure: { code: 'server.failed', issues: [], requestId: text || 'r1' }, title: text, text, retry: ref(text), way: { label: text, open: { screen: 'home', params: {} } }, support: 'https://support.example/' },
})
const KINDS = Object.keys(samples('x')) as BlockKind[]

test.each(KINDS)('a %s is a card that Google accepts', (kind) => {
  const card = draw(samples('Ana Ruiz')[kind])
  expect(cardProblems(card)).toEqual([])
  expect(textsOf(card).join('\n')).toContain('Ana Ruiz')
})

test.each(KINDS.flatMap((kind) => NAUGHTY.map((text) => [kind, text] as const)))('a %s shows %j as the text that it is', (kind, text) => {
  const card = draw(samples(text)[kind])
  expect(cardProblems(card)).toEqual([])
  // Parameters and the values of inputs are data: nobody reads markup in them.
  expect(JSON.stringify(card, (key, value: unknown) => (key === 'parameters' || key === 'value' ? undefined : value))).not.toMatch(/<(script|img)/i)
})

test('markup in a name is shown, not obeyed, in formatted and in plain slots', () => {
  const card = draw({ is: 'facts', items: [{ label: 'A <b>x</b>', value: 'B <b>x</b> & co', note: '&lt;' }] })
  const [fact] = widgetsOf(card)
  expect(fact?.decoratedText?.text).toBe('B &lt;b&gt;x&lt;/b&gt; &amp; co')
  expect(fact?.decoratedText?.topLabel).toBe('A <\u2060b>x<\u2060/b>')
  expect(fact?.decoratedText?.bottomLabel).toBe('&\u2060lt;')
})

const MANY = Array.from({ length: 1000 }, (_, i) => i)
const LONG: Partial<Record<BlockKind, Block>> = {
  people: { is: 'people', label: 'P', rows: MANY.map((i) => row(`Name ${i}`, i)), page: { next: null, total: 1000 } },
  table: { is: 'table', label: 'T', columns: [{ id: 'a', label: 'A', rank: 1 }], rows: MANY.map((i) => ({ ...row(`Name ${i}`, i), cells: [`Name ${i}`] })), page: { next: null } },
  timeline: { is: 'timeline', label: 'L', entries: MANY.map((i) => ({ id: String(i), at: '2026-03-01T10:00:00.000Z', icon: 'log', text: `Name ${i}` })), page: { next: null } },
  facts: { is: 'facts', items: MANY.map((i) => ({ label: 'F', value: `Name ${i}` })) },
  links: { is: 'links', items: MANY.map((i) => ({ label: `Name ${i}`, icon: 'user', open: to })) },
  chart: { is: 'chart', title: 'C', draw: 'line', unit: '', points: MANY.map((i) => ({ label: `Name ${i}`, value: i, text: String(i) })) },
  form: { is: 'form', id: 'f', fields: MANY.slice(0, 300).map((i) => ({ as: 'text', name: `n${i}`, label: `Name ${i}`, value: '' })), issues: [], submit: ref('Save') },
  plan: { is: 'plan', digest: 'd', title: 'P', groups: MANY.slice(0, 50).map((i) => ({ label: `G ${i}`, tone: 'neutral', count: 20, rows: MANY.slice(0, 20).map((n) => row(`Name ${n}`, n)) })), costs: MANY.map((i) => `Cost ${i}`), apply: null },
}

test.each(Object.entries(LONG))('a %s of a thousand stays within one card and goes on with a button', (_kind, block) => {
  const card = draw(block)
  expect(cardProblems(card)).toEqual([])
  expect(widgetsOf(card).length).toBeLessThanOrEqual(100)
  expect(JSON.stringify(card)).toMatch(/Show more/)
})

test('all kinds together on one screen are still a card that Google accepts', () => {
  const blocks = KINDS.filter((kind) => kind !== 'search').map((kind) => samples('x')[kind])
  expect(cardProblems(draw(...blocks))).toEqual([])
})

test('nothing of a long list is lost: card after card brings the following twenty', () => {
  const input = inputOf([LONG.people as Block])
  const names = new Set<string>()
  for (let from = 0; from < 1000; from += 20) {
    const card = partCard(input, '0', from, 1)
    for (const widget of card ? widgetsOf(card) : []) if (widget.decoratedText) names.add(widget.decoratedText.text)
  }
  expect(names.size).toBe(1000)
})

test('nothing of a long form is lost: what does not fit is on the next card', () => {
  const input = inputOf([LONG.form as Block])
  const names = new Set<string>()
  const collect = (card: Card) => widgetsOf(card).forEach((widget) => widget.textInput && names.add(widget.textInput.name))
  collect(screenCard(input))
  for (let from = 99; from < 310; from += 99) {
    const card = restCard(input, from, 1)
    expect(cardProblems(card)).toEqual([])
    collect(card)
  }
  expect(names.size).toBe(300)
})

test('the rows of a plan group that has more of them follow on a card of their own', () => {
  const card = partCard(inputOf([samples('Ana')['plan']]), '0:0', 20, 1)
  expect(card && widgetsOf(card).filter((widget) => widget.decoratedText?.text.startsWith('Ana'))).toHaveLength(10)
})

test('what a control refuses is said in words below it', () => {
  const card = draw({ is: 'actions', items: [ref('Remove', 'You can’t remove yourself.')] })
  expect(textsOf(card)).toContain('Remove: You can’t remove yourself.')
  expect(widgetsOf(card)[0]?.buttonList?.buttons[0]).toMatchObject({ disabled: true })
})

test('an issue stands above the field that it belongs to, any other above the form', () => {
  const card = draw({ is: 'form', id: 'f', fields: [{ as: 'text', name: 'a', label: 'A', value: '' }, { as: 'email', name: 'email', label: 'E', value: '' }], issues: [{ code: 'email.malformed', path: 'email' }, { code: 'field.required', path: 'rows.1.x' }], submit: ref('Save') })
  const order = widgetsOf(card).map((widget) => widget.textInput?.name ?? (widget.decoratedText ? 'issue' : 'buttons'))
  expect(order).toEqual(['issue', 'v.a', 'issue', 'v.email', 'buttons'])
})

test('a form whose button is the footer has it once, and the footer insists on what is required', () => {
  const submit = ref('Save')
  const card = screenCard({ ...inputOf([{ is: 'form', id: 'f', fields: [{ as: 'text', name: 'a', label: 'A', value: '', required: true }], issues: [], submit }]), screen: { title: 'T', primary: submit, blocks: [{ is: 'form', id: 'f', fields: [{ as: 'text', name: 'a', label: 'A', value: '', required: true }], issues: [], submit }] } })
  expect(widgetsOf(card).some((widget) => widget.buttonList)).toBe(false)
  expect(card.fixedFooter?.primaryButton.onClick.action?.requiredWidgets).toEqual(['v.a'])
})

const METERS = [
  ['there is room', 3, 0, '#188038'],
  ['it gets tight', 8, 0, '#b06000'],
  ['it is full', 10, 0, '#c5221f'],
  ['what is being chosen fills it', 9, 1, '#c5221f'],
] as const
test.each(METERS)('a meter says by its colour that %s', (_what, used, choosing, color) => {
  const [widget] = widgetsOf(draw({ is: 'meter', label: 'Pro', used, total: 10, choosing, warnAt: 0.8, text: 'x' }))
  expect(widget?.decoratedText?.text).toContain(color)
  expect(widget?.decoratedText?.text).toContain(`${used + choosing} / 10`)
})

test('more than a hundred options keep the chosen one and say how many are left', () => {
  const options = MANY.map((i) => ({ value: `v${i}`, label: `Option ${i}`, enabled: true as const }))
  const card = draw({ is: 'form', id: 'f', fields: [{ as: 'one', name: 'a', label: 'A', options, value: ['v900'] }], issues: [], submit: ref('Save') })
  const items = widgetsOf(card)[0]?.selectionInput?.items ?? []
  expect(items).toHaveLength(100)
  expect(items.filter((item) => item.selected).map((item) => item.value)).toEqual(['v900'])
  expect(textsOf(card)).toContain('and 900 more')
})

test('what a list is narrowed to is said above it', () => {
  const card = draw({ is: 'search', q: '', placeholder: 'Search', active: 1, filters: [{ as: 'one', name: 'kind', label: 'Kind', options: [{ value: '', label: 'Any', enabled: true }, { value: 'opened', label: '<Opened>', enabled: true }], value: ['opened'] }, { as: 'text', name: 'ip', label: 'IP', value: '' }] })
  expect(textsOf(card)).toContain('Kind: <Opened>')
  expect(card.sections[1]?.collapsible).toBe(true)
})

test.each([['message', 'lock'], ['billing', 'receipt_long'], [undefined, undefined]] as const)('rows of a table of %s wear the picture %s', (icon, name) => {
  const [widget] = widgetsOf(draw({ is: 'table', label: 'T', ...(icon === undefined ? {} : { icon }), columns: [{ id: 'a', label: 'A', rank: 1 }], rows: [{ ...row('Ana', 1), cells: ['Ana'] }], page: { next: null } }))
  expect(widget?.decoratedText?.startIcon?.materialIcon?.name).toBe(name)
})

test.each([[to, false], [undefined, true]])('what a wide table shows last is on the screen that its row opens (%j), else in the row', (open, isThere) => {
  const { id, title } = row('Ana', 1)
  const card = draw({ is: 'table', label: 'T', columns: [{ id: 'a', label: 'A', rank: 1 }, { id: 'b', label: 'Files', rank: 3 }], rows: [{ id, title, ...(open === undefined ? {} : { open }), cells: ['Ana', '7'] }], page: { next: null } })
  expect(textsOf(card).join().includes('Files: 7')).toBe(isThere)
})

test('a chart is called once, and by what it counts where that is another word', () => {
  const chart = (unit: string) => draw({ is: 'chart', title: 'Openings', draw: 'bars', unit, points: [{ label: 'Mon', value: 3, text: '3' }] }).sections[0]?.header
  expect([chart('Openings'), chart('times'), chart('')]).toEqual(['Openings', 'Openings · times', 'Openings'])
})

test('rows that a screen needs chosen, without bulk actions, are boxes to tick in place', () => {
  const rows = [{ ...row('Ana', 1), selectable: true as const }, { ...row('Luc', 2), selectable: 'Own row' }]
  const card = draw({ is: 'people', label: 'People', rows, page: { next: null } })
  expect(widgetsOf(card)[0]?.selectionInput).toMatchObject({ name: 'sel', items: [{ value: 'r1' }] })
  expect(textsOf(card)).toContain('Own row')
})
