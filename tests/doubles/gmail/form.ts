import type { Card, DateTimePicker, SelectionInput, SwitchControl, TextInput } from '../../../gmail-addon/cards/card'

/** An input of a card, whatever widget it stands in. */
export type Input =
  | { kind: 'text'; input: TextInput }
  | { kind: 'selection'; input: SelectionInput }
  | { kind: 'moment'; input: DateTimePicker }
  | { kind: 'switch'; input: SwitchControl }

/** What was typed or chosen on a card so far, by name; an empty list is an emptied input. */
export type Typed = Record<string, string[]>

type InnerWidget = Card['sections'][number]['widgets'][number]

const inputOf = (widget: InnerWidget): Input[] => {
  if (widget.textInput) return [{ kind: 'text', input: widget.textInput }]
  if (widget.selectionInput) return [{ kind: 'selection', input: widget.selectionInput }]
  if (widget.dateTimePicker) return [{ kind: 'moment', input: widget.dateTimePicker }]
  if (widget.decoratedText?.switchControl) return [{ kind: 'switch', input: widget.decoratedText.switchControl }]
  return widget.columns?.columnItems.flatMap((column) => column.widgets.flatMap((inner) => inputOf(inner as InnerWidget))) ?? []
}

/** Every input of a card, in order. */
export const inputsOf = (card: Card): Input[] => card.sections.flatMap((section) => section.widgets.flatMap(inputOf))

const momentText = ({ type, valueMsEpoch }: DateTimePicker): string[] => {
  if (valueMsEpoch === undefined) return []
  const instant = new Date(Number(valueMsEpoch)).toISOString()
  if (type === 'DATE_ONLY') return [instant.slice(0, 10)]
  return [type === 'TIME_ONLY' ? instant.slice(11, 16) : instant]
}

const initialOf = (found: Input): string[] => {
  if (found.kind === 'text') return found.input.value ? [found.input.value] : []
  if (found.kind === 'selection') return found.input.items.filter((item) => item.selected).map((item) => item.value)
  if (found.kind === 'moment') return momentText(found.input)
  return found.input.selected ? [found.input.value] : []
}

/** What every input of the card holds now, as texts. */
export const valuesOf = (card: Card, typed: Typed): Typed =>
  Object.fromEntries(inputsOf(card).map((found) => [found.input.name, (typed[found.input.name] ?? initialOf(found)).filter((value) => value !== '')]))

const momentInput = (type: DateTimePicker['type'], value: string): object => {
  if (type === 'DATE_ONLY') return { dateInput: { msSinceEpoch: Date.parse(`${value}T00:00:00Z`) } }
  if (type === 'DATE_AND_TIME') return { dateTimeInput: { hasDate: true, hasTime: true, msSinceEpoch: Date.parse(value) } }
  return { timeInput: { hours: Number(value.slice(0, 2)), minutes: Number(value.slice(3, 5)) } }
}

/** The inputs as Gmail's event carries them: what is empty or unchecked is absent. With `below`, under the empty key of the older runtime. */
export const formInputsOf = (card: Card, typed: Typed, below: boolean): Record<string, object> => {
  const values = valuesOf(card, typed)
  return Object.fromEntries(inputsOf(card).flatMap((found) => {
    const held = values[found.input.name] ?? []
    const [first] = held
    if (first === undefined) return []
    const input = found.kind === 'moment' ? momentInput(found.input.type, first) : { stringInputs: { value: held } }
    return [[found.input.name, below ? { '': input } : input]]
  }))
}
