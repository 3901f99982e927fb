import type { Card } from '../../../gmail-addon/cards/card'
import { bytesOf } from './strict'

/** What a card may refer to: globals of the built bundle, and the manifest's `openLinkUrlPrefixes`. Null where it isn't known. */
export type CardScope = { isGlobal: ((name: string) => boolean) | null; linkPrefixes: readonly string[] | null }

export const LIMITS = { widgets: 100, items: 100, columns: 2, urlBytes: 2048, parameterBytes: 2048, buttons: 20 } as const

type Fields = Record<string, unknown>
type Problems = string[]
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

/** Every object below a value, with its path and the name that it stands under. */
type Found = { path: string; key: string; fields: Fields }
const objectsIn = (value: unknown, path: string, key: string): Found[] => {
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => objectsIn(entry, `${path}[${index}]`, key))
  if (!isFields(value)) return []
  return [{ path, key, fields: value }, ...Object.entries(value).flatMap(([name, inner]) => objectsIn(inner, `${path}.${name}`, name))]
}

/** What is wrong with an address that is shown or opened: https only, not too long. */
export const urlProblems = (url: unknown): Problems => {
  if (typeof url !== 'string' || !/^https:\/\/[a-z0-9.-]+(:\d+)?([/?#][^\s\\]*)?$/i.test(url)) return [`not an https address: ${String(url)}`]
  return bytesOf(url) > LIMITS.urlBytes ? ['address longer than 2 KB'] : []
}

/** What is wrong with a link, given the manifest's prefixes. */
export const linkProblems = (link: Fields, scope: CardScope): Problems => {
  const problems = urlProblems(link['url'])
  const prefixes = scope.linkPrefixes
  if (problems.length > 0 || prefixes === null) return problems
  return prefixes.some((prefix) => String(link['url']).startsWith(prefix)) ? [] : [`openLinkUrlPrefixes has no ${String(link['url'])}`]
}

const imageProblems = (url: unknown): Problems =>
  [...urlProblems(url), ...(/\.svg($|[?#])/i.test(String(url)) ? ['SVG is not drawn'] : [])]

const actionProblems = (action: Fields, scope: CardScope): Problems => {
  const name = action['function']
  const parameters = listOf(action['parameters'])
  const keys = parameters.map((parameter) => parameter['key'])
  return [
    ...(typeof name === 'string' && /^[A-Za-z_$][\w$]*$/.test(name) ? [] : ['action without a function']),
    ...(typeof name === 'string' && scope.isGlobal?.(name) === false ? [`${name} is no global of the bundle`] : []),
    ...(parameters.every(({ key, value }) => typeof key === 'string' && typeof value === 'string') ? [] : ['parameters are texts only']),
    ...(new Set(keys).size === keys.length ? [] : ['a parameter stands twice']),
    ...(bytesOf(JSON.stringify(parameters)) > LIMITS.parameterBytes + 30 * parameters.length ? ['parameters longer than 2 KB'] : []),
  ]
}

const TAG = /<(?=[a-z/!?])(?!\/?(b|i|u|s|strike|br|a|font|time)\b[^<>]*>)/i
const MARKED_UP = ['text', 'topLabel', 'bottomLabel']

const markupProblems = (fields: Fields): Problems =>
  MARKED_UP.flatMap((name) => (typeof fields[name] === 'string' && TAG.test(fields[name]) ? [`${name} holds markup that Gmail does not know`] : []))

const selectionProblems = (input: Fields): Problems => {
  const items = listOf(input['items'])
  const chosen = items.filter((item) => item['selected'] === true).length
  const values = items.map((item) => item['value'])
  return [
    ...(items.length > LIMITS.items ? ['more than 100 items'] : []),
    ...(items.length === 0 ? ['nothing to select'] : []),
    ...(new Set(values).size === values.length ? [] : ['a value stands twice']),
    ...(chosen > 1 && ['RADIO_BUTTON', 'DROPDOWN'].includes(String(input['type'])) ? ['more than one is selected'] : []),
  ]
}

const buttonProblems = (button: Fields): Problems => [
  ...(button['text'] || button['icon'] ? [] : ['button without text and icon']),
  ...(button['icon'] && !button['altText'] ? ['icon button without a name'] : []),
  ...(isFields(button['onClick']) ? [] : ['button that does nothing']),
  ...(button['color'] !== undefined && button['type'] !== 'FILLED' ? ['only a filled button has a color'] : []),
]

const sectionProblems = (section: Fields): Problems => {
  const widgets = listOf(section['widgets'])
  return [
    ...(widgets.length === 0 ? ['section without a widget'] : []),
    ...(Number(section['uncollapsibleWidgetsCount'] ?? 0) > widgets.length ? ['more widgets stay visible than there are'] : []),
    ...(section['uncollapsibleWidgetsCount'] !== undefined && section['collapsible'] !== true ? ['uncollapsibleWidgetsCount without collapsible'] : []),
  ]
}

const sized = (name: string, fields: Fields, key: string, max: number): Problems => {
  const { length } = listOf(fields[key])
  if (length === 0) return [`${name} without ${key}`]
  return length > max ? [`${name} with more than ${max} ${key}`] : []
}

const named = (fields: Fields, ...keys: string[]): Problems =>
  keys.flatMap((key) => (typeof fields[key] === 'string' && fields[key] !== '' ? [] : [`without ${key}`]))

/** What is checked of an object by the name that it stands under. */
const RULES: Record<string, (fields: Fields, scope: CardScope) => Problems> = {
  action: actionProblems,
  onChangeAction: actionProblems,
  autoCompleteAction: actionProblems,
  openLink: linkProblems,
  onClick: (onClick) => (Object.values(onClick).filter((part) => part !== undefined).length === 1 ? [] : ['a click does exactly one thing']),
  image: (image) => ('imageUri' in image || 'imageUrl' in image ? named(image, 'altText') : ['image without an address']),
  decoratedText: (widget) => [...named(widget, 'text'), ...markupProblems(widget)],
  textParagraph: (widget) => [...named(widget, 'text'), ...markupProblems(widget)],
  buttonList: (list) => sized('buttonList', list, 'buttons', LIMITS.buttons),
  buttons: buttonProblems,
  button: buttonProblems,
  primaryButton: buttonProblems,
  secondaryButton: buttonProblems,
  cardActions: (entry) => [...named(entry, 'actionLabel'), ...(isFields(entry['onClick']) ? [] : ['entry that does nothing'])],
  textInput: (input) => named(input, 'name', 'label'),
  switchControl: (input) => named(input, 'name', 'value'),
  selectionInput: (input) => [...named(input, 'name'), ...selectionProblems(input)],
  dateTimePicker: (input) => named(input, 'name', 'label', 'type'),
  grid: (grid) => [...sized('grid', grid, 'items', LIMITS.items), ...(Number(grid['columnCount']) >= 1 ? [] : ['grid without columnCount'])],
  columns: (columns) => sized('columns', columns, 'columnItems', LIMITS.columns),
  columnItems: (column) => sized('column', column, 'widgets', LIMITS.widgets),
  sections: sectionProblems,
  header: (header) => named(header, 'title'),
  peekCardHeader: (header) => named(header, 'title'),
}

const WIDGETS = ['textParagraph', 'image', 'decoratedText', 'buttonList', 'textInput', 'selectionInput', 'dateTimePicker', 'divider', 'grid', 'columns']
const INPUTS = ['textInput', 'selectionInput', 'dateTimePicker', 'switchControl']

const wholeCardProblems = (card: Fields, found: Found[]): Problems => {
  const widgets = found.filter(({ key, fields }) => key === 'widgets' && Object.keys(fields).some((kind) => WIDGETS.includes(kind)))
  const names = found.filter(({ key }) => INPUTS.includes(key)).map(({ fields }) => String(fields['name']))
  const required = found.flatMap(({ fields }) => (Array.isArray(fields['requiredWidgets']) ? fields['requiredWidgets'] : []))
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  return [
    ...(listOf(card['sections']).length === 0 ? ['card without a section'] : []),
    ...(widgets.length > LIMITS.widgets ? [`${widgets.length} widgets, more than 100`] : []),
    ...twice.map((name) => `two inputs are named ${name}`),
    ...required.filter((name) => !names.includes(String(name))).map((name) => `requires ${String(name)}, which is not on the card`),
    ...(card['peekCardHeader'] !== undefined && card['displayStyle'] !== 'PEEK' ? ['peekCardHeader without PEEK'] : []),
  ]
}

const URL_FIELDS = ['iconUrl', 'imageUrl', 'imageUri']

/** What of a card Gmail would refuse or not draw, beyond the shape of its JSON: one line each, with its place; none for a good card. */
export const cardCapProblems = (card: Card | Record<string, unknown>, scope: CardScope): string[] => {
  const found = objectsIn(card, 'card', 'card')
  const each = found.flatMap(({ path, key, fields }) => [
    ...(RULES[key]?.(fields, scope) ?? []),
    ...URL_FIELDS.flatMap((name) => (name in fields ? imageProblems(fields[name]) : [])),
  ].map((problem) => `${path}: ${problem}`))
  return [...each, ...wholeCardProblems({ ...card }, found).map((problem) => `card: ${problem}`)]
}
