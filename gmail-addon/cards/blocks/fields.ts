import type { ChoiceField, Field, FindField, Named, Option, TextField } from '../../../shared/screens/vocabulary'
import type { Action, SelectionItem, Widget } from '../card'
import { actionFor, suggestFor } from '../click'
import { MAX_ITEMS, type Draw } from '../draw'
import { findInput } from '../inputs'
import { html, plain, toned } from '../text'
import { line, paragraph } from '../widgets'

/** `name` is the input's; the click of a field that draws the screen again is `redraw`. */
type Drawn = { name: string; draw: Draw }

const labelOf = (field: Field): string => plain(field.required ? `${field.label} *` : field.label)

const onChange = (field: Field, draw: Draw): { onChangeAction: Action } | Record<never, never> =>
  field.redraws ? { onChangeAction: actionFor({ kind: 'redraw' }, draw.from) } : {}

const dayMs = (day: string): string | undefined => {
  const ms = Date.parse(`${day}T00:00:00.000Z`)
  return Number.isNaN(ms) ? undefined : String(ms)
}

const dateWidget = (field: TextField, { name, draw }: Drawn): Widget[] => {
  const valueMsEpoch = dayMs(field.value)
  return [
    { dateTimePicker: { name, label: labelOf(field), type: 'DATE_ONLY', ...(valueMsEpoch ? { valueMsEpoch } : {}), ...onChange(field, draw) } },
    ...hintOf(field),
  ]
}

const hintOf = (field: Field): Widget[] => (field.hint ? [paragraph(toned(html(field.hint), 'neutral'))] : [])

const switchWidget = (field: TextField, { name, draw }: Drawn): Widget[] => [
  line({
    text: html(field.label),
    ...(field.hint ? { bottomLabel: field.hint } : {}),
    switchControl: { name, value: 'on', selected: field.value === 'on', controlType: 'SWITCH', ...onChange(field, draw) },
  }),
]

const textWidget = (as: 'text' | 'email' | 'number' | 'multiline') => (field: TextField, { name, draw }: Drawn): Widget[] => [{
  textInput: {
    name,
    label: labelOf(field),
    type: as === 'multiline' ? 'MULTIPLE_LINE' : 'SINGLE_LINE',
    value: field.value,
    ...(field.hint ? { hintText: plain(field.hint) } : {}),
    ...(as === 'email' ? { validation: { inputType: 'EMAIL' as const } } : {}),
    ...(as === 'number' ? { validation: { inputType: 'INTEGER' as const } } : {}),
    ...(field.suggest ? { autoCompleteAction: suggestFor(name, field.suggest, draw.from) } : {}),
    ...onChange(field, draw),
  },
}]

const RADIO_OPTIONS = 4
const choiceType = (field: ChoiceField) => (field.as === 'many' ? 'CHECK_BOX' : field.options.length <= RADIO_OPTIONS ? 'RADIO_BUTTON' : 'DROPDOWN')

/** At most a hundred, the chosen ones always among them; each value once. */
const itemsOf = (field: ChoiceField): { items: SelectionItem[]; left: number } => {
  const byValue = new Map<string, Option>(field.options.flatMap((option) => (option.enabled === true ? [[option.value, option] as const] : [])))
  const open = [...byValue.values()]
  const chosen = new Set((field.as === 'one' ? field.value.slice(0, 1) : field.value).filter((value) => byValue.has(value)).slice(0, MAX_ITEMS))
  const others = new Set(open.filter((option) => !chosen.has(option.value)).slice(0, MAX_ITEMS - chosen.size))
  const shown = open.filter((option) => chosen.has(option.value) || others.has(option))
  return {
    items: shown.map((option) => ({ text: plain(option.note ? `${option.label} · ${option.note}` : option.label), value: option.value, selected: chosen.has(option.value) })),
    left: open.length - shown.length,
  }
}

/** Options that can't be chosen are named with the reason: a selection can't show them grey. */
const refusedOptions = (field: ChoiceField, { t }: Draw): Widget[] => {
  const refused = field.options.flatMap((option) => (option.enabled === true ? [] : [t('common.labelled', { label: html(option.label), value: html(option.enabled) })]))
  return refused.length === 0 ? [] : [paragraph(toned(refused.slice(0, MAX_ITEMS).join('<br>'), 'neutral'))]
}

const choiceWidget = (field: ChoiceField, { name, draw }: Drawn): Widget[] => {
  const { items, left } = itemsOf(field)
  const input: Widget[] = items.length === 0
    ? [line({ topLabel: labelOf(field), text: html(draw.t('common.none')) })]
    : [{ selectionInput: { name, label: labelOf(field), type: choiceType(field), items, ...onChange(field, draw) } }]
  return [
    ...input,
    ...(left > 0 ? [paragraph(toned(html(draw.t('pane.more_count', { count: left })), 'neutral'))] : []),
    ...refusedOptions(field, draw),
    ...hintOf(field),
  ]
}

/** At most a hundred boxes: those that have none of their own are ticked, and taken away, together. */
const tickable = (chosen: readonly Named[], draw: Draw): Named[] => {
  if (chosen.length <= MAX_ITEMS) return [...chosen]
  const rest = chosen.slice(MAX_ITEMS - 1)
  return [...chosen.slice(0, MAX_ITEMS - 1), { value: rest.map(({ value }) => value).join(' '), label: draw.t('pane.more_count', { count: rest.length }) }]
}

/** Records that are typed, with suggestions; each of several is a box to untick as soon as it is found. */
const findWidget = (field: FindField, { name, draw }: Drawn): Widget[] => {
  const suggest = (input: string) => ({ autoCompleteAction: suggestFor(input, field.from, draw.from) })
  const hint = field.hint ?? (field.chosen.length === 0 ? field.none : undefined)
  const about = { type: 'SINGLE_LINE' as const, ...(hint ? { hintText: plain(hint) } : {}) }
  if (!field.several) return [{ textInput: { ...about, name, label: labelOf(field), value: field.chosen[0]?.label ?? '', ...suggest(name), ...onChange(field, draw) } }]
  const ticks = tickable(field.chosen, draw)
  const input = findInput(field)
  return [
    ...(ticks.length === 0 ? [] : [{ selectionInput: { name, label: labelOf(field), type: 'CHECK_BOX' as const, items: ticks.map(({ value, label }) => ({ text: plain(label), value, selected: true })) } }]),
    { textInput: { ...about, name: input, label: ticks.length === 0 ? labelOf(field) : plain(draw.t('card.find_more', { label: field.label })), value: '', ...suggest(input), onChangeAction: actionFor({ kind: 'redraw' }, draw.from) } },
  ]
}

const DRAW_FIELD: { [K in TextField['as']]: (field: TextField, drawn: Drawn) => Widget[] } = {
  date: dateWidget,
  switch: switchWidget,
  text: textWidget('text'),
  email: textWidget('email'),
  number: textWidget('number'),
  multiline: textWidget('multiline'),
}

const isChoice = (field: Field): field is ChoiceField => field.as === 'one' || field.as === 'many'

/** A field under the name of its input. */
export const fieldWidgets = (field: Field, drawn: Drawn): Widget[] => {
  if (field.as === 'find') return findWidget(field, drawn)
  return isChoice(field) ? choiceWidget(field, drawn) : DRAW_FIELD[field.as](field, drawn)
}
