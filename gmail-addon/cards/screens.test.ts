import { cardProblems } from '../../tests/doubles/gmail/card-check'
import { clickablesOf, textsOf } from '../../tests/doubles/gmail/find'
import { CATALOGS, sampleEnv } from '../../tests/doubles/samples/env'
import { NAUGHTY, user } from '../../tests/doubles/samples/records'
import { SCREEN_SAMPLES } from '../../tests/doubles/samples/screens'
import type { Confirmation } from '../../shared/screens/action-step'
import { SCREEN_IDS } from '../../shared/screens/ids'
import { drawScreen, emptyDraft } from '../../shared/screens/lifecycle'
import { SCREENS } from '../../shared/screens/registry'
import type { Locale } from '../../shared/kit/locale'
import type { ActionRef, Row, Screen } from '../../shared/screens/vocabulary'
import { chooseCard, rowCard } from './row-card'
import { contextCard, screenCard, type ScreenCardInput } from './screen-card'
import { confirmCard, copyCard, failedStepCard, signInCard } from './step-cards'

const LOCALES = Object.keys(CATALOGS) as Locale[]
const PARAMETER_BYTES = 1536

const drawn = (id: (typeof SCREEN_IDS)[number], part: 'ready' | 'empty', locale: Locale): ScreenCardInput => {
  const sample = SCREEN_SAMPLES[id]
  const env = sampleEnv({ locale, mail: sample.mail ?? null, can: { pageSize: 20, live: false, pickFile: false, select: true, purchase: true, compose: true, signOut: false } })
  const replies = Object.fromEntries(Object.entries(sample[part]).map(([name, value]) => [name, { ok: true as const, value }]))
  return { screen: drawScreen(SCREENS[id], replies, sample.params, emptyDraft(), env), here: { screen: id, params: sample.params }, draft: emptyDraft(), t: env.t }
}

const CASES = SCREEN_IDS.flatMap((id) => LOCALES.flatMap((locale) => (['ready', 'empty'] as const).map((part) => [id, part, locale] as const)))

test.each(CASES)('the screen %s, %s, in %s is a card that Google accepts, and every click is small enough', (id, part, locale) => {
  const card = contextCard(drawn(id, part, locale))
  expect(cardProblems(card)).toEqual([])
  for (const { onClick } of clickablesOf(card)) expect(Buffer.byteLength(JSON.stringify(onClick.action?.parameters ?? []))).toBeLessThan(PARAMETER_BYTES)
})

const env = sampleEnv()
const ref = (label: string, part: Partial<ActionRef> = {}): ActionRef => ({ action: 'license.remove', args: { userId: 'u-1' }, label, enabled: true, ...part })
const rows: Row[] = NAUGHTY.map((title, i) => ({ id: `r${i}`, title, sub: title, selectable: i === 1 ? 'Own row' : true, menu: [ref(title), ref('Remove', { tone: 'danger', enabled: 'Not now' })], open: { screen: 'user', params: { userId: 'u-1' } } }))
const listScreen: Screen = {
  title: 'Users',
  blocks: [
    { is: 'section', title: 'Licenses', blocks: [{ is: 'meter', label: 'Pro', used: 8, total: 10, choosing: 2, warnAt: 0.8, text: '2 left' }] },
    { is: 'people', label: 'Users', rows, page: { next: null, total: 90 }, bulk: [ref('Remove licenses'), ref('Suspend', { enabled: 'Choose somebody first' })], selectAll: 90 },
  ],
}
const input: ScreenCardInput = { screen: listScreen, here: { screen: 'users', params: {} }, draft: { ...emptyDraft(), selected: ['r0'] }, t: env.t }
const step = { here: input.here, draft: input.draft, t: env.t, depth: 1 }

test('the actions of a row stand on a card of their own, refused ones with the reason', () => {
  const card = rowCard(input, 'r3', 1)
  expect(card && cardProblems(card)).toEqual([])
  expect(card && textsOf(card)).toContain('Remove: Not now')
})

test('what an entry changed stands below its sentence; more than a few changes have a card of their own', () => {
  const lines = ['a', 'b', 'c', 'd'].map((label) => ({ label: `What ${label}`, text: `${label}1 → <b>${label}2</b>` }))
  const entry = (id: string, count: number) => ({ id, at: '2026-03-02T09:00:00.000Z', icon: 'user' as const, text: `Olga edited ${id}`, note: 'Outlook', open: { screen: 'user' as const, params: { userId: 'u-1' } }, changes: { label: `${count} changes`, lines: lines.slice(0, count) } })
  const log: ScreenCardInput = { ...input, here: { screen: 'log', params: {} }, screen: { title: 'Log', blocks: [{ is: 'timeline', label: 'Log', entries: [entry('few', 3), entry('many', 4)], page: { next: null } }] } }
  const [few, many] = screenCard(log).sections.flatMap((section) => section.widgets)
  expect(few?.decoratedText?.text).toContain('a1 → &lt;b&gt;a2&lt;/b&gt;')
  expect(few?.decoratedText?.button).toBeUndefined()
  expect(many?.decoratedText?.text).toBe('Olga edited many')
  expect(many?.decoratedText?.button).toMatchObject({ altText: '4 changes: Olga edited many', onClick: { action: { function: 'onAction' } } })
  const card = rowCard(log, 'many', 1)
  expect(card && cardProblems(card)).toEqual([])
  expect(card && textsOf(card)).toEqual(expect.arrayContaining(['Olga edited many', 'What d', 'd1 → <b>d2</b>', 'Open']))
})

test('a row that is gone has no card', () => {
  expect(rowCard(input, 'gone', 1)).toBeNull()
})

test('choosing for a bulk action begins with whom to choose, then says on one line a license how far they reach, and what can be done', () => {
  const card = chooseCard(input, '1', 1)
  expect(card && cardProblems(card)).toEqual([])
  const widgets = card?.sections.flatMap((section) => section.widgets) ?? []
  const [all, choice, meter, action] = widgets
  expect([all?.decoratedText?.switchControl?.name, choice?.selectionInput?.name]).toEqual(['all', 'sel'])
  expect(widgets.filter((widget) => widget.decoratedText?.text.startsWith('Pro '))).toEqual([expect.objectContaining({ decoratedText: expect.objectContaining({ text: expect.stringMatching(/^Pro .*10 \/ 10$/) }) })])
  expect([meter?.decoratedText !== undefined, action !== undefined]).toEqual([true, true])
  expect(widgets.find((widget) => widget.selectionInput)?.selectionInput?.items.filter((item) => item.selected).map((item) => item.value)).toEqual(['r0'])
  expect(widgets.some((widget) => widget.decoratedText?.switchControl?.name === 'all')).toBe(true)
  expect(card && textsOf(card)).toContain('Own row')
})

const confirmation = (part: Partial<Confirmation> = {}): Confirmation => ({ title: 'Remove', blocks: [{ is: 'notice', tone: 'warning', text: 'Really?' }], confirm: 'Remove', cancel: 'Cancel', tone: 'danger', ...part })

test.each(NAUGHTY)('a confirmation asks for the word %j and says when it was another', (typed) => {
  const card = confirmCard(confirmation({ typed, title: typed, confirm: typed }), 'id-1', step, { issues: [{ code: 'confirm.mismatch', path: 'typed' }] })
  expect(cardProblems(card)).toEqual([])
  expect(card.fixedFooter?.primaryButton.onClick.action?.requiredWidgets).toEqual(['typed'])
})

test('a confirmation of a very large plan still fits one card, its buttons always there', () => {
  const groups = Array.from({ length: 40 }, (_, i) => ({ label: `G${i}`, tone: 'neutral' as const, count: 20, rows: rows.concat(rows) }))
  const card = confirmCard(confirmation({ typed: 'Acme', blocks: [{ is: 'plan', digest: 'd', title: 'What will happen', groups, costs: ['x'], apply: null }] }), 'id-1', step)
  expect(cardProblems(card)).toEqual([])
  expect(card.sections.flatMap((section) => section.widgets).some((widget) => widget.textInput?.name === 'typed')).toBe(true)
})

test('the other auxiliary cards are cards that Google accepts', () => {
  const failure = { is: 'failure' as const, failure: { code: 'server.busy' as const, issues: [] }, title: 'Busy', text: 'Later', support: 'mailto:help@acme.example' }
  expect(cardProblems(failedStepCard(failure, 'id-1', step))).toEqual([])
  expect(cardProblems(failedStepCard(failure, null, step))).toEqual([])
  expect(cardProblems(signInCard({ requestId: 'r' }, null, step))).toEqual([])
  expect(cardProblems(copyCard('v=orgdesk '.repeat(20), step))).toEqual([])
})

test('what was done is said on top of the card once, with the way to take it back', () => {
  const card = screenCard({ ...input, said: { text: 'Pro is assigned to Ana.', undo: ref('Undo') } })
  expect(cardProblems(card)).toEqual([])
  expect(textsOf(card)[1]).toBe('Pro is assigned to Ana.')
  expect(clickablesOf(card)[0]?.label).toBe('Undo')
})

test('the card’s menu holds what can be done; what can’t is named with the reason; what changes can be asked for again', () => {
  const card = screenCard({ ...input, screen: { title: user().email, blocks: [], more: [ref('Suspend'), ref('Remove', { enabled: 'You can’t remove yourself.' })], primary: ref('Save', { enabled: 'Nothing changed' }) } })
  expect(cardProblems(card)).toEqual([])
  expect(card.cardActions?.map((entry) => entry.actionLabel)).toEqual(['Suspend', 'Refresh', 'Home'])
  expect(textsOf(card)).toEqual(expect.arrayContaining(['Remove: You can’t remove yourself.', 'Save: Nothing changed']))
})
