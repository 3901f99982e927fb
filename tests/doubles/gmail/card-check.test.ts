import { cardProblems } from './card-check'
import { WHOLE_CARD } from './samples'

type Fields = Record<string, unknown>
const copy = (): Fields => JSON.parse(JSON.stringify(WHOLE_CARD)) as Fields

/** The value at a dotted path, with numbers for places in lists. */
const at = (root: unknown, path: string): Fields =>
  path.split('.').reduce<unknown>((value, key) => (value as Fields)[key], root) as Fields

/** The samples' place of the first widget of a kind. */
const place = (card: Fields, kind: string, nth = 0): string => {
  const widgets = at(card, 'sections.0.widgets') as unknown as Fields[]
  const index = widgets.map((widget, position) => (kind in widget ? position : -1)).filter((position) => position >= 0)[nth]
  return `sections.0.widgets.${index}.${kind}`
}

const widget = (kind: string, nth = 0) => (card: Fields): Fields => at(card, place(card, kind, nth))
const inCard = (path: string) => (card: Fields): Fields => at(card, path)
const itself = (card: Fields): Fields => card

const many = (count: number, make: (index: number) => unknown): unknown[] => Array.from({ length: count }, (_, index) => make(index))
const act = (part: Fields): Fields => ({ action: { function: 'onAction', ...part } })

/** A mistake: where, what is written there, and what the check must say. */
const MISTAKES: [string, (card: Fields) => Fields, Fields, RegExp][] = [
  ['an unknown field of the card', itself, { dialog: true }, /unknown field dialog/],
  ['an unknown field of a widget', widget('textParagraph'), { txt: 'x' }, /unknown field txt/],
  ['an unknown kind of widget', inCard('sections.0.widgets.0'), { marquee: {} }, /unknown field marquee/],
  ['a number for a text', widget('textParagraph'), { text: 3 }, /string expected/],
  ['a text for a truth value', widget('decoratedText'), { wrapText: 'true' }, /bool expected/],
  ['a fraction for a whole number', widget('grid'), { columnCount: 1.5 }, /int32 expected/],
  ['a number for a 64-bit number', widget('dateTimePicker'), { valueMsEpoch: 1 }, /int64 expected/],
  ['an object for a list', itself, { sections: {} }, /list expected/],
  ['a list for an object', itself, { header: [] }, /object expected/],
  ['an unknown value of an enum', widget('selectionInput'), { type: 'COMBO' }, /no such value: COMBO/],
  ['a number for an enum', widget('selectionInput'), { type: 0 }, /no such value/],
  ['two kinds in one widget', inCard('sections.0.widgets.0'), { divider: {} }, /data is one of/],
  ['two controls in one text', widget('decoratedText', 1), { button: { text: 'x', onClick: act({}) } }, /control is one of/],
  ['two sources of one icon', inCard('sections.0.widgets.2.decoratedText.startIcon'), { iconUrl: 'https://a.example/i.png' }, /icons is one of/],
  ['a click that does two things', inCard('cardActions.0.onClick'), { openLink: { url: 'https://a.example/' } }, /data is one of/],
  ['a widget without content', inCard('sections.1'), { widgets: [{}] }, /Widget without content/],
  ['an icon without a source', widget('decoratedText'), { startIcon: { altText: 'x' } }, /Icon without content/],
  ['a widget that a column does not hold', inCard('sections.1.widgets'), { 0: { columns: { columnItems: [{ widgets: [{ divider: {} }] }] } } }, /unknown field divider/],
  ['no section', itself, { sections: [] }, /card without a section/],
  ['a section without a widget', inCard('sections.1'), { widgets: [] }, /section without a widget/],
  ['more than 100 widgets', inCard('sections.1'), { widgets: many(101, () => ({ divider: {} })) }, /more than 100/],
  ['more than 100 items', widget('selectionInput', 1), { items: many(101, (index) => ({ text: 'x', value: `${index}`, selected: false })) }, /more than 100 items/],
  ['nothing to select', widget('selectionInput', 1), { items: [] }, /nothing to select/],
  ['a value that stands twice', widget('selectionInput', 1), { items: many(2, () => ({ text: 'x', value: 'same', selected: false })) }, /stands twice/],
  ['two selected in a list of one', widget('selectionInput'), { items: many(2, (index) => ({ text: 'x', value: `${index}`, selected: true })) }, /more than one is selected/],
  ['three columns', widget('columns'), { columnItems: many(3, () => ({ widgets: [{ textParagraph: { text: 'x' } }] })) }, /more than 2 columnItems/],
  ['a list without buttons', widget('buttonList'), { buttons: [] }, /without buttons/],
  ['a button without text', inCard('fixedFooter.primaryButton'), { text: '' }, /without text and icon/],
  ['a button that does nothing', inCard('fixedFooter.primaryButton'), { onClick: undefined }, /does nothing/],
  ['an icon button without a name', widget('buttonList'), { buttons: [{ icon: { knownIcon: 'STAR' }, onClick: act({}) }] }, /without a name/],
  ['a color on a button that is not filled', inCard('fixedFooter.secondaryButton'), { color: { red: 1 } }, /only a filled button/],
  ['an image without words', widget('image'), { altText: '' }, /without altText/],
  ['an insecure image', widget('image'), { imageUrl: 'http://a.example/i.png' }, /not an https address/],
  ['an image as data', widget('image'), { imageUrl: 'data:image/png;base64,AA' }, /not an https address/],
  ['an SVG', widget('image'), { imageUrl: 'https://a.example/i.svg?v=1' }, /SVG/],
  ['a script as a link', inCard('cardActions.1.onClick.openLink'), { url: 'javascript:alert(1)' }, /not an https address/],
  ['an address longer than 2 KB', inCard('cardActions.1.onClick.openLink'), { url: `https://a.example/${'x'.repeat(2048)}` }, /longer than 2 KB/],
  ['an action without a function', inCard('cardActions.0'), { onClick: { action: {} } }, /action without a function/],
  ['a parameter that is no text', inCard('cardActions.0'), { onClick: act({ parameters: [{ key: 'a', value: 1 }] }) }, /parameters are texts only/],
  ['a parameter that stands twice', inCard('cardActions.0'), { onClick: act({ parameters: many(2, () => ({ key: 'a', value: 'b' })) }) }, /parameter stands twice/],
  ['parameters that are too long', inCard('cardActions.0'), { onClick: act({ parameters: [{ key: 'a', value: 'x'.repeat(2100) }] }) }, /parameters longer/],
  ['a required input that is not there', inCard('cardActions.0'), { onClick: act({ requiredWidgets: ['ghost'] }) }, /requires ghost/],
  ['two inputs of one name', widget('textInput', 1), { name: 'name' }, /two inputs are named name/],
  ['an input without a name', widget('textInput', 1), { name: '' }, /without name/],
  ['an input without a label', widget('textInput', 1), { label: '' }, /without label/],
  ['a text without words', widget('decoratedText'), { text: '' }, /without text/],
  ['markup that Gmail does not know', widget('textParagraph'), { text: '<img src=x>' }, /markup/],
  ['markup of a person’s name', widget('decoratedText'), { bottomLabel: 'Ann <ann@a.example>' }, /markup/],
  ['a header without a title', itself, { header: { subtitle: 'x' } }, /without title/],
  ['a peek header on a card that does not peek', itself, { displayStyle: 'REPLACE' }, /without PEEK/],
  ['more widgets kept visible than there are', inCard('sections.1'), { collapsible: true, uncollapsibleWidgetsCount: 5 }, /more widgets stay visible/],
]

describe('the check of card JSON', () => {
  it('finds nothing wrong with a good card', () => {
    expect(cardProblems(WHOLE_CARD)).toEqual([])
  })

  it.each(MISTAKES)('notices %s', (_what, where, mistake, said) => {
    const card = copy()
    Object.assign(where(card), mistake)
    expect(cardProblems(card).join('\n')).toMatch(said)
  })

  it('knows the globals of the bundle and the links of the manifest', () => {
    const scope = { isGlobal: (name: string) => name === 'onAction', linkPrefixes: ['https://orgdesk.example/'] }
    expect(cardProblems(WHOLE_CARD, scope)).toEqual([])
    expect(cardProblems(WHOLE_CARD, { ...scope, isGlobal: () => false }).join()).toMatch(/onAction is no global/)
    expect(cardProblems(WHOLE_CARD, { ...scope, linkPrefixes: ['https://orgdesk.example/other/'] }).join()).toMatch(/openLinkUrlPrefixes has no/)
  })
})
