import type { Card, WidgetKind } from '../../../gmail-addon/cards/card'
import { toAnswer, toCard, toUniversalAnswer } from '../../../gmail-addon/host/card-service'
import { createCardService } from './cards/card-service'
import { heldBy } from './cards/fields'
import { cardProblems } from './card-check'
import { WHOLE_CARD, WIDGET_SAMPLES } from './samples'
import { Breach, breach } from './strict'

const breaches: string[] = []
const api = createCardService((card) => {
  const problems = cardProblems(card)
  if (problems.length > 0) breach(problems.join('\n'))
}, (one) => void breaches.push(one.message))
const loose = api as unknown as Record<string, () => Record<string, (...args: unknown[]) => unknown>>
const fresh = (kind: string) => loose[`new${kind}`]?.() ?? {}

beforeEach(() => void (breaches.length = 0))

const printed = (card: Card): unknown => JSON.parse(toCard(api, card).printJson())

describe('card JSON becomes CardService objects that say the same', () => {
  it.each(Object.keys(WIDGET_SAMPLES) as WidgetKind[])('%s', (kind) => {
    const required = WIDGET_SAMPLES.textInput[0]
    const widgets = kind === 'buttonList' && required ? [...WIDGET_SAMPLES[kind], required] : WIDGET_SAMPLES[kind]
    const card: Card = { sections: [{ widgets }] }
    expect(printed(card)).toEqual(card)
  })

  it('a whole card, header to footer', () => {
    expect(printed(WHOLE_CARD)).toEqual(WHOLE_CARD)
    expect(breaches).toEqual([])
  })
})

describe('a reply becomes one answer', () => {
  const card: Card = { sections: [{ widgets: [{ divider: {} }] }] }
  const answer = (reply: Parameters<typeof toAnswer>[1]) => heldBy(toAnswer(api, reply))

  it.each([
    [{ pop: 2 }, [{ do: 'pop' }, { do: 'pop' }]],
    [{ pop: 'root', push: card }, [{ do: 'root' }, { do: 'push', card }]],
    [{ pop: { to: 'users' }, update: card }, [{ do: 'to', name: 'users' }, { do: 'update', card }]],
  ] as const)('that moves: %j', (reply, steps) => {
    expect(answer(reply)).toEqual({ kind: 'ActionResponse', state: { navigation: { steps } } })
  })

  it('that says, opens and changes', () => {
    expect(answer({ notify: 'Saved', openLink: 'https://orgdesk.example/x', stateChanged: true })?.state).toEqual({
      notification: { text: 'Saved' }, openLink: { url: 'https://orgdesk.example/x' }, stateChanged: true,
    })
    expect(answer({ suggestions: ['Bern'] })).toEqual({ kind: 'SuggestionsResponse', state: { suggestions: { items: [{ text: 'Bern' }] } } })
    expect(heldBy(toUniversalAnswer(api, { cards: [card] }))).toEqual({ kind: 'UniversalActionResponse', state: { cards: [card] } })
    expect(heldBy(toUniversalAnswer(api, { openLink: 'https://orgdesk.example/' }))?.state).toEqual({ openLink: { url: 'https://orgdesk.example/' } })
  })
})

describe('the double refuses what CardService would not take', () => {
  it.each([
    ['an unknown service method', () => loose['newCarousel']?.()],
    ['an unknown method', () => fresh('TextButton')['setColor']?.('red')],
    ['a number for a text', () => fresh('TextParagraph')['setText']?.(3)],
    ['null for a text', () => fresh('TextParagraph')['setText']?.(null)],
    ['a text for a truth value', () => fresh('TextButton')['setDisabled']?.('true')],
    ['a text for a number', () => fresh('Grid')['setNumColumns']?.('2')],
    ['a bare text for an enum', () => fresh('TextButton')['setTextButtonStyle']?.('FILLED')],
    ['a value of another enum', () => fresh('TextButton')['setTextButtonStyle']?.(api.LoadIndicator.SPINNER)],
    ['an unknown value of an enum', () => (api.Icon as unknown as Record<string, unknown>)['UNICORN']],
    ['a number as an action parameter', () => fresh('Action')['setParameters']?.({ page: 2 })],
    ['a click that does two things', () => clickTwice()],
    ['two controls at the end of a text', () => api.newDecoratedText().setText('a').setEndIcon(api.newIconImage()).setButton(api.newTextButton())],
    ['two sources of one icon', () => api.newIconImage().setIconUrl('https://a.example/i.png').setIcon(api.Icon.STAR)],
    ['a button as a widget of a section', () => fresh('CardSection')['addWidget']?.(api.newTextButton())],
    ['a grid in a column', () => fresh('Column')['addWidget']?.(api.newGrid())],
    ['plain JSON as a widget', () => fresh('CardSection')['addWidget']?.({ divider: {} })],
    ['an image button in the footer', () => fresh('FixedFooter')['setPrimaryButton']?.(api.newImageButton())],
    ['a color by name', () => fresh('TextButton')['setBackgroundColor']?.('red')],
    ['a selection that is neither', () => fresh('SelectionInput')['addItem']?.('a', 'a', 'yes')],
    ['a part that needs more rights', () => loose['newAuthorizationAction']?.()],
    ['a method that would compose mail', () => fresh('TextButton')['setComposeAction']?.()],
    ['a card without a section', () => api.newCardBuilder().build()],
  ])('%s', (_what, act) => {
    expect(act).toThrow(Breach)
    expect(breaches).toHaveLength(1)
  })

  const clickTwice = () => {
    const action = api.newAction().setFunctionName('f')
    return api.newTextButton().setOnClickAction(action).setOpenLink(api.newOpenLink().setUrl('https://a.example/'))
  }
})
