import type { Block, Draft, Field, Screen } from '../../shared/screens/vocabulary'
import type { Section } from './card'

/**
 * Names of a card's inputs. Gmail leaves out an emptied text and an unticked box, so every click says
 * which inputs its card had: what is named and absent is empty. A name that ends in `*` holds a list.
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

/** The inputs of a block, as a click names them. */
const inputsOf = (block: Block): string[] => {
  if (block.is === 'section') return block.blocks.flatMap(inputsOf)
  if (block.is === 'form') return block.fields.map((field) => valueInput(field) + (isList(field) ? '*' : ''))
  if (block.is === 'search') return [QUERY_INPUT, ...block.filters.map((field) => filterInput(field) + (isList(field) ? '*' : ''))]
  if (block.is === 'files') return [...(block.attachments.length > 0 ? [fileInput(block.name)] : []), ...(block.paste ? [pasteInput(block.name)] : [])]
  if (block.is === 'people' || block.is === 'table') return isInlineChoice(block) ? [`${SELECTED_INPUT}*`] : []
  return []
}

/** All inputs of a screen, as a click names them. */
export const screenInputs = (screen: Screen): string[] => screen.blocks.flatMap(inputsOf)

type ListBlock = Extract<Block, { is: 'people' | 'table' }>

/** Whether rows are chosen where they stand: there is something to choose and no bulk action that would open its own card. */
export const isInlineChoice = (block: ListBlock): boolean =>
  block.rows.some((row) => row.selectable === true) && !(block.is === 'people' && (block.bulk?.length ?? 0) > 0)

/** The names of the inputs that stand in the sections. */
export const inputNames = (sections: readonly Section[]): string[] =>
  sections.flatMap((section) => section.widgets.flatMap((widget) => {
    const input = widget.textInput ?? widget.selectionInput ?? widget.dateTimePicker ?? widget.decoratedText?.switchControl
    return input === undefined ? [] : [input.name]
  }))

type FormInputs = Record<string, string[]>

/** What a person typed, over what was kept before. `named` are the inputs that the card had. */
export const mergeInputs = (kept: Draft, named: readonly string[], given: FormInputs): Draft => {
  const values = { ...kept.values }
  let selected = kept.selected
  for (const entry of named) {
    const list = entry.endsWith('*')
    const input = list ? entry.slice(0, -1) : entry
    const value = given[input] ?? []
    if (input.startsWith('v.')) values[input.slice(2)] = list ? value : (value[0] ?? '')
    if (input === SELECTED_INPUT) selected = value
  }
  return { ...kept, values, selected }
}

/** The parameters that a search asks for: what was filled in, and no page of an older search. */
export const searchParams = (params: Record<string, string>, named: readonly string[], given: FormInputs): Record<string, string> => {
  const next = { ...params }
  delete next['cursor']
  for (const entry of named) {
    const input = entry.endsWith('*') ? entry.slice(0, -1) : entry
    if (!input.startsWith('p.')) continue
    const value = (given[input] ?? []).join(',').trim()
    if (value === '') delete next[input.slice(2)]
    else next[input.slice(2)] = value
  }
  return next
}
