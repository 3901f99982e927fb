import { namesOf } from '../../shared/screens/find'
import type { Block, Draft, Field, Named, Screen } from '../../shared/screens/vocabulary'
import type { Section, Widget } from './card'
import { hash } from './text'

/**
 * Names of a card's inputs. Gmail leaves out an emptied text and an unticked box, so every click says
 * which inputs its card had: what is named and absent is empty. A name may be followed by `*` where it
 * holds a list, by `@` and the list whose records are found by typing, and by `=` and the mark of what
 * stood in it when nobody had touched it.
 */
export const valueInput = (field: Pick<Field, 'name'>): string => `v.${field.name}`
/** Where the next one of several records is typed. */
export const findInput = (field: Pick<Field, 'name'>): string => `x.${field.name}`
export const filterInput = (field: Pick<Field, 'name'>): string => `p.${field.name}`
export const fileInput = (name: string): string => `a.${name}`
export const pasteInput = (name: string): string => `t.${name}`
export const QUERY_INPUT = 'p.q'
export const SELECTED_INPUT = 'sel'
export const ALL_INPUT = 'all'
export const TYPED_INPUT = 'typed'

/** One input as a click names it. `mark` is absent where what stands in it counts in any case. */
export type Entry = { input: string; list: boolean; from: string | undefined; mark: string | undefined }

/** The field, or the parameter, of an input. */
export const fieldName = (input: string): string => input.slice(2)

/** Reads the name of an input. */
export const entryOf = (text: string): Entry => {
  const [, input = '', star, from, mark] = /^([^*@=]*)(\*)?(?:@([^=]*))?(?:=(.*))?$/.exec(text) ?? []
  return { input, list: star === '*', from, mark }
}

/** Stands for what an input holds. */
const markOf = (values: readonly string[]): string => hash(values.filter((value) => value !== '').join('\n'), 0x811c9dc5)

/** Whether somebody wrote into an input: what stands in it is not what was drawn. */
export const isTouched = ({ mark }: Entry, values: readonly string[]): boolean => mark === undefined || mark !== markOf(values)

/** A field's inputs, `name` being that of its value: several records have a second one, where the next is typed. */
const fieldInputs = (field: Field, name: string): string[] => {
  if (field.as === 'find') return field.several ? [`${name}*`, `${findInput(field)}*@${field.from}`] : [`${name}@${field.from}`]
  return [name + (field.as === 'many' ? '*' : '')]
}

/** The inputs of a block, as a click names them. */
const inputsOf = (block: Block): string[] => {
  if (block.is === 'section') return block.blocks.flatMap(inputsOf)
  if (block.is === 'form') return block.fields.flatMap((field) => fieldInputs(field, valueInput(field)))
  if (block.is === 'search') return [QUERY_INPUT, ...block.filters.flatMap((field) => fieldInputs(field, filterInput(field)))]
  if (block.is === 'files') return [...(block.attachments.length > 0 ? [fileInput(block.name)] : []), ...(block.paste ? [pasteInput(block.name)] : [])]
  if (block.is === 'people' || block.is === 'table') return isInlineChoice(block) ? [`${SELECTED_INPUT}*`] : []
  return []
}

const screenInputs = (screen: Screen): string[] => screen.blocks.flatMap(inputsOf)

type ListBlock = Extract<Block, { is: 'people' | 'table' }>

/** Whether rows are chosen where they stand: there is something to choose and no bulk action that would open its own card. */
export const isInlineChoice = (block: ListBlock): boolean =>
  block.rows.some((row) => row.selectable === true) && !(block.is === 'people' && (block.bulk?.length ?? 0) > 0)

const dayOf = (ms: string | undefined): string => (ms === undefined ? '' : new Date(Number(ms)).toISOString().slice(0, 10))

/** What an untouched input holds, as Gmail's event tells it; null for a widget that is no input. */
const heldBy = ({ textInput, selectionInput, dateTimePicker, decoratedText }: Widget): { name: string; values: string[] } | null => {
  if (textInput) return { name: textInput.name, values: [textInput.value ?? ''] }
  if (selectionInput) return { name: selectionInput.name, values: selectionInput.items.filter(({ selected }) => selected).map(({ value }) => value) }
  if (dateTimePicker) return { name: dateTimePicker.name, values: [dayOf(dateTimePicker.valueMsEpoch)] }
  const control = decoratedText?.switchControl
  return control ? { name: control.name, values: control.selected ? [control.value] : [] } : null
}

/** The inputs that stand in the sections, by name, with what they hold while nobody touches them. */
export const inputValues = (sections: readonly Section[]): Map<string, string[]> =>
  new Map(sections.flatMap((section) => section.widgets.flatMap((widget) => {
    const held = heldBy(widget)
    return held === null ? [] : [[held.name, held.values] as const]
  })))

/** What is typed to find the next one, or to filter by, is new in any case; of a field's value the draft may know. */
const isMarked = ({ input, from }: Entry, draft: Draft): boolean => (input.startsWith('v.') ? draft.values[fieldName(input)] === undefined : from !== undefined)

/**
 * The inputs of a screen that are on its card, as its clicks name them. A field that is drawn from the
 * draft has no mark: it was touched before, and counts even where the draft is forgotten meanwhile.
 */
export const cardInputs = (screen: Screen, draft: Draft, drawn: ReadonlyMap<string, string[]>): string[] =>
  screenInputs(screen).flatMap((text) => {
    const entry = entryOf(text)
    const values = drawn.get(entry.input)
    if (values === undefined) return []
    return [isMarked(entry, draft) ? `${text}=${markOf(values)}` : text]
  })

type FormInputs = Record<string, string[]>

/** The records that texts stand for, by input; null for a text that names none. */
export type Found = Record<string, Named | null>

type Given = { entry: Entry; value: string[]; found: Named | null | undefined; ticked: string[] }

/** What one input comes to in the draft. */
const valuesOf = ({ entry, value, found, ticked }: Given): Draft['values'] => {
  const name = fieldName(entry.input)
  if (entry.from === undefined) return entry.input.startsWith('v.') ? { [name]: entry.list ? value : (value[0] ?? '') } : {}
  if (found) return { [name]: entry.list ? [...new Set([...ticked, found.value])] : found.value, ...namesOf([found]) }
  return found === undefined && !entry.list ? { [name]: '' } : {}
}

/** What a person typed, over what was kept before: an input that nobody touched is no part of it. `named` are the inputs that the card had. */
export const mergeInputs = (kept: Draft, named: readonly string[], given: FormInputs, found: Found = {}): Draft => {
  const values = { ...kept.values }
  let selected = kept.selected
  for (const entry of named.map(entryOf)) {
    const { input } = entry
    const value = given[input] ?? []
    if (input === SELECTED_INPUT) selected = value
    if (!input.startsWith('v.') && !input.startsWith('x.')) continue
    if (isTouched(entry, value)) Object.assign(values, valuesOf({ entry, value, found: found[input], ticked: given[valueInput({ name: fieldName(input) })] ?? [] }))
  }
  return { ...kept, values, selected }
}

/** What one input of a search asks for; null for whatever was asked for before. */
const askedBy = (entry: Entry, value: string[], found: Named | null | undefined): string | null => {
  if (entry.from === undefined) return value.join(',').trim()
  if (!isTouched(entry, value) || found === null) return null
  return found?.value ?? ''
}

/** The parameters that a search asks for: what was filled in, and no page of an older search. */
export const searchParams = (params: Record<string, string>, named: readonly string[], given: FormInputs, found: Found = {}): Record<string, string> => {
  const next = { ...params }
  delete next['cursor']
  for (const entry of named.map(entryOf)) {
    if (!entry.input.startsWith('p.')) continue
    const asked = askedBy(entry, given[entry.input] ?? [], found[entry.input])
    if (asked === null) continue
    if (asked === '') delete next[fieldName(entry.input)]
    else next[fieldName(entry.input)] = asked
  }
  return next
}
