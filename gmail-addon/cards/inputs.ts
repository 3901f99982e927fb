import type { Block, Draft, Field, Screen } from '../../shared/screens/vocabulary'
import type { Section, Widget } from './card'
import { hash } from './text'

/**
 * Names of a card's inputs. Gmail leaves out an emptied text and an unticked box, so every click says
 * which inputs its card had: what is named and absent is empty. A name may be followed by `*` where it
 * holds a list, by `@` and the list whose records are found by typing, and by `=` and the mark of what
 * stood in it when nobody had touched it.
 */
export const valueInput = (field: Pick<Field, 'name'>): string => `v.${field.name}`
export const filterInput = (field: Pick<Field, 'name'>): string => `p.${field.name}`
export const fileInput = (name: string): string => `a.${name}`
export const pasteInput = (name: string): string => `t.${name}`
export const QUERY_INPUT = 'p.q'
export const SELECTED_INPUT = 'sel'
export const ALL_INPUT = 'all'
export const TYPED_INPUT = 'typed'

const isList = (field: Field): boolean => field.as === 'many'

/** One input as a click names it. `mark` is absent where what stands in it counts in any case. */
export type Entry = { input: string; list: boolean; from: string | undefined; mark: string | undefined }

/** Reads the name of an input. */
export const entryOf = (text: string): Entry => {
  const [, input = '', star, from, mark] = /^([^*@=]*)(\*)?(?:@([^=]*))?(?:=(.*))?$/.exec(text) ?? []
  return { input, list: star === '*', from, mark }
}

/** Stands for what an input holds. */
const markOf = (values: readonly string[]): string => hash(values.filter((value) => value !== '').join('\n'), 0x811c9dc5)

/** Whether somebody wrote into an input: what stands in it is not what was drawn. */
const isTouched = ({ mark }: Entry, values: readonly string[]): boolean => mark === undefined || mark !== markOf(values)

/** The inputs of a block, as a click names them. */
const inputsOf = (block: Block): string[] => {
  if (block.is === 'section') return block.blocks.flatMap(inputsOf)
  if (block.is === 'form') return block.fields.map((field) => valueInput(field) + (isList(field) ? '*' : ''))
  if (block.is === 'search') return [QUERY_INPUT, ...block.filters.map((field) => filterInput(field) + (isList(field) ? '*' : ''))]
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

const isKept = ({ input }: Entry, draft: Draft): boolean => draft.values[input.slice(2)] !== undefined

/**
 * The inputs of a screen that are on its card, as its clicks name them. A field that is drawn from the
 * draft has no mark: it was touched before, and counts even where the draft is forgotten meanwhile.
 */
export const cardInputs = (screen: Screen, draft: Draft, drawn: ReadonlyMap<string, string[]>): string[] =>
  screenInputs(screen).flatMap((text) => {
    const entry = entryOf(text)
    const values = drawn.get(entry.input)
    if (values === undefined) return []
    return [entry.input.startsWith('v.') && !isKept(entry, draft) ? `${text}=${markOf(values)}` : text]
  })

type FormInputs = Record<string, string[]>

/** What a person typed, over what was kept before: an input that nobody touched is no part of it. `named` are the inputs that the card had. */
export const mergeInputs = (kept: Draft, named: readonly string[], given: FormInputs): Draft => {
  const values = { ...kept.values }
  let selected = kept.selected
  for (const entry of named.map(entryOf)) {
    const { input, list } = entry
    const value = given[input] ?? []
    if (input.startsWith('v.') && isTouched(entry, value)) values[input.slice(2)] = list ? value : (value[0] ?? '')
    if (input === SELECTED_INPUT) selected = value
  }
  return { ...kept, values, selected }
}

/** The parameters that a search asks for: what was filled in, and no page of an older search. */
export const searchParams = (params: Record<string, string>, named: readonly string[], given: FormInputs): Record<string, string> => {
  const next = { ...params }
  delete next['cursor']
  for (const { input } of named.map(entryOf)) {
    if (!input.startsWith('p.')) continue
    const value = (given[input] ?? []).join(',').trim()
    if (value === '') delete next[input.slice(2)]
    else next[input.slice(2)] = value
  }
  return next
}
