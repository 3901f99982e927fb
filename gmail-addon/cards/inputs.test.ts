import { emptyDraft } from '../../shared/screens/lifecycle'
import { fits, fromParameters, toParameters, type Click, type Origin } from './click'
import type { Screen } from '../../shared/screens/vocabulary'
import type { Section } from './card'
import { cardInputs, inputValues, mergeInputs, searchParams } from './inputs'
import { bar } from './text'

const from: Origin = { here: { screen: 'users', params: { q: 'a&b', status: 'active' } }, inputs: ['v.email', 'v.roles*', 'sel*'], depth: 2 }

const CLICKS: Click[] = [
  { kind: 'open', to: { screen: 'user', params: { userId: 'u-1' } } },
  { kind: 'replace', to: { screen: 'home', params: {} } },
  { kind: 'do', ref: { action: 'license.remove', args: { userId: 'u-1' }, label: 'Retirer « Pro »', tone: 'danger', enabled: true } },
  { kind: 'confirm', attempt: 'id-1' }, { kind: 'retry', attempt: 'id-1' },
  { kind: 'close' }, { kind: 'search' }, { kind: 'clear' }, { kind: 'redraw' },
  { kind: 'row', row: 'r1' }, { kind: 'choose', block: '1.0' }, { kind: 'part', block: '2:1', from: 20 }, { kind: 'rest', from: 99 },
  { kind: 'copy', text: 'a "b" <c>' }, { kind: 'keep', field: 'email', value: 'x@y.example' },
]

test.each(CLICKS)('a click comes back as it went out: %j', (click) => {
  const parameters = toParameters(click, from)
  const read = fromParameters(parameters)
  expect(Object.values(parameters).every((value) => typeof value === 'string')).toBe(true)
  expect(read).toMatchObject({ kind: click.kind, here: from.here, depth: 2 })
  expect(read).toMatchObject({
    ...('to' in click ? { to: click.to } : {}),
    ...('ref' in click ? { ref: { action: click.ref.action, args: click.ref.args, label: click.ref.label } } : {}),
    ...('attempt' in click ? { attempt: click.attempt } : {}),
    ...('block' in click ? { block: click.block } : {}),
    ...('from' in click ? { from: click.from } : {}),
    ...('row' in click ? { row: click.row } : {}),
    ...('text' in click ? { text: click.text } : {}),
    ...('field' in click ? { row: click.field, text: click.value } : {}),
  })
})

test('a text too long for a click is known before it is put on a card', () => {
  expect(fits({ kind: 'copy', text: 'x'.repeat(500) }, from)).toBe(true)
  expect(fits({ kind: 'copy', text: 'é'.repeat(900) }, from)).toBe(false)
})

test('what is on the card and absent from the event is empty; what is not on the card stays', () => {
  const kept = { ...emptyDraft(), values: { email: 'old@a.example', roles: ['a'], name: 'Ana' }, selected: ['r1'] }
  const merged = mergeInputs(kept, ['v.email', 'v.roles*', 'sel*'], { 'v.email': ['new@a.example'] })
  expect(merged.values).toEqual({ email: 'new@a.example', roles: [], name: 'Ana' })
  expect(merged.selected).toEqual([])
  expect(mergeInputs(kept, [], { 'v.email': ['other@a.example'] })).toEqual(kept)
})

test('an input that nobody named changes nothing', () => {
  expect(mergeInputs(emptyDraft(), ['v.a'], { 'v.b': ['x'], sel: ['r1'] }).values).toEqual({ a: '' })
})

const SECTIONS: Section[] = [{ widgets: [
  { textInput: { name: 'v.name', label: 'Name', value: 'Ana' } },
  { selectionInput: { name: 'v.roles', type: 'CHECK_BOX', items: [{ text: 'A', value: 'a', selected: true }, { text: 'B', value: 'b', selected: false }] } },
  { decoratedText: { text: 'On', switchControl: { name: 'v.on', value: 'on', selected: false } } },
  { dateTimePicker: { name: 'v.day', label: 'Day', type: 'DATE_ONLY', valueMsEpoch: String(Date.UTC(2026, 2, 2)) } },
] }]
const SCREEN: Screen = { title: '', blocks: [{
  is: 'form', id: 'f', issues: [], submit: { action: 'user.save', args: {}, label: 'Save', enabled: true },
  fields: [
    { as: 'text', name: 'name', label: 'Name', value: 'Ana' }, { as: 'many', name: 'roles', label: 'Roles', options: [], value: ['a'] },
    { as: 'switch', name: 'on', label: 'On', value: '' }, { as: 'date', name: 'day', label: 'Day', value: '2026-03-02' },
  ],
}] }
const UNTOUCHED = { 'v.name': ['Ana'], 'v.roles': ['a'], 'v.day': ['2026-03-02'] }

describe('of the inputs on a card only those that somebody touched are a draft', () => {
  const named = cardInputs(SCREEN, emptyDraft(), inputValues(SECTIONS))
  test.each<[string, Record<string, string[]>, object]>([
    ['nothing', UNTOUCHED, {}],
    ['a text', { ...UNTOUCHED, 'v.name': ['Anna'] }, { name: 'Anna' }],
    ['a text that is emptied', { 'v.roles': ['a'], 'v.day': ['2026-03-02'] }, { name: '' }],
    ['a tick more', { ...UNTOUCHED, 'v.roles': ['a', 'b'] }, { roles: ['a', 'b'] }],
    ['the last tick', { 'v.name': ['Ana'], 'v.day': ['2026-03-02'] }, { roles: [] }],
    ['a switch', { ...UNTOUCHED, 'v.on': ['on'] }, { on: 'on' }],
    ['a day', { ...UNTOUCHED, 'v.day': ['2026-03-03'] }, { day: '2026-03-03' }],
  ])('%s', (_what, given, values) => expect(mergeInputs(emptyDraft(), named, given).values).toEqual(values))

  test('a field that was touched before stays one, even where the draft is forgotten meanwhile', () => {
    const again = cardInputs(SCREEN, { ...emptyDraft(), values: { name: 'Ana' } }, inputValues(SECTIONS))
    expect(mergeInputs(emptyDraft(), again, UNTOUCHED).values).toEqual({ name: 'Ana' })
  })
})

test('a search keeps what it does not ask about, and begins with the first page', () => {
  expect(searchParams({ q: 'old', status: 'active', tab: 'x', cursor: 'c9' }, ['p.q', 'p.status'], { 'p.q': [' ana '] })).toEqual({ q: 'ana', tab: 'x' })
})

const BARS: [string, number, number, number, number][] = [
  ['nothing', 0, 0, 10, 0], ['a little of much', 1, 0, 100_000, 1], ['half', 5, 0, 10, 8], ['all', 10, 0, 10, 16], ['more than there is', 30, 5, 10, 16], ['without any', 1, 0, 0, 16],
]
test.each(BARS)('a bar of %s has its cells', (_what, used, choosing, total, full) => {
  const text = bar(used, choosing, total, 'info')
  expect(text.match(/▮/g)?.length ?? 0).toBe(full)
  expect(text.match(/[▮▯]/g)).toHaveLength(16)
})
