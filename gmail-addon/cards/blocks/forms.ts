import type { Issue } from '../../../shared/errors'
import type { ActionRef, Block, Field } from '../../../shared/screens/vocabulary'
import type { FileRef } from '../../../shared/kit/file'
import { filterWords } from '../../../shared/screens/filter-words'
import type { Widget } from '../card'
import type { Draw, Part } from '../draw'
import { fileInput, filterInput, pasteInput, QUERY_INPUT, valueInput } from '../inputs'
import { bold, html, material, plain, toned } from '../text'
import { actionButton, actionButtons, button, buttons, line, paragraph, reasons } from '../widgets'
import { fieldWidgets } from './fields'

type Of<K extends Block['is']> = Extract<Block, { is: K }>

const concerns = (issue: Issue, field: Field): boolean => issue.path === field.name || issue.path.startsWith(`${field.name}.`)

/** Issues in words: Gmail can't mark a field, so they stand right above it. */
export const issueWidgets = (issues: readonly Issue[], draw: Draw): Widget[] =>
  issues.length === 0 ? [] : [line({ startIcon: material('error'), text: toned(issues.map((issue) => html(draw.t.code(issue.code, issue.params))).join('<br>'), 'danger') })]

const conflictWidgets = (block: Of<'form'>, draw: Draw): Widget[] => {
  const conflicts = block.conflict ?? []
  if (conflicts.length === 0) return []
  return [
    line({ startIcon: material('warning'), text: `${bold(toned(html(draw.t('common.conflict_title')), 'warning'))}<br>${html(draw.t('common.conflict_text'))}` }),
    ...conflicts.map((conflict) => line({
      topLabel: conflict.label,
      text: `${html(draw.t('common.conflict_mine', { value: conflict.mineText ?? conflict.mine }))}<br>${html(draw.t('common.conflict_theirs', { value: conflict.theirsText ?? conflict.theirs }))}`,
      button: button(draw.t('common.conflict_keep_theirs'), { kind: 'keep', field: conflict.field, value: conflict.theirs }, draw),
    })),
  ]
}

const isTyped = (field: Field): boolean => (field.as === 'find' && !field.several) || field.as === 'text' || field.as === 'email' || field.as === 'multiline' || field.as === 'number'

/** What Gmail itself may insist on before it sends the click: typed fields only, a choice has its first value. */
export const requiredInputs = (fields: readonly Field[]): string[] => fields.filter((field) => field.required === true && isTyped(field)).map(valueInput)

/** One name for an action with its arguments. */
export const footerKey = (ref: ActionRef | undefined): string => (ref === undefined ? '' : JSON.stringify([ref.action, ref.args]))

/** Fields with their issues above them; the button below, unless the card's footer is the same. */
export const form = (block: Of<'form'>, draw: Draw): Part[] => {
  const general = block.issues.filter((issue) => !block.fields.some((field) => concerns(issue, field)))
  const fields = block.fields.flatMap((field) => [
    ...issueWidgets(block.issues.filter((issue) => concerns(issue, field)), draw),
    ...fieldWidgets(field, { name: valueInput(field), draw }),
  ])
  const submit = footerKey(block.submit) === draw.footer ? reasons([block.submit], draw) : actionButtons([{ ...block.submit, tone: block.submit.tone ?? 'primary' }], draw, requiredInputs(block.fields))
  return [{ widgets: [...conflictWidgets(block, draw), ...issueWidgets(general, draw), ...fields, ...submit] }]
}

const filterHeader = (block: Of<'search'>, draw: Draw): string =>
  plain(block.active > 0 ? `${draw.t('common.filters')} · ${draw.t('common.filters_active', { count: block.active })}` : draw.t('common.filters'))

/** What to look for, then the filters folded away; a button starts it, as nothing here happens while typing. */
export const search = (block: Of<'search'>, draw: Draw): Part[] => {
  const go = button(draw.t('common.search'), { kind: 'search' }, draw, 'filled')
  const said = filterWords(block.filters, draw.t)
  const clear = block.q !== '' || block.active > 0 ? [button(draw.t(block.active > 0 ? 'common.filters_clear' : 'common.search_clear'), { kind: 'clear' }, draw)] : []
  return [
    {
      widgets: [
        { textInput: { name: QUERY_INPUT, label: plain(block.placeholder), type: 'SINGLE_LINE', value: block.q } },
        buttons([go, ...clear]),
        ...(said.length > 0 ? [paragraph(said.map(html).join('<br>'))] : []),
        ...(block.countText ? [paragraph(toned(html(block.countText), 'neutral'))] : []),
      ],
    },
    ...(block.filters.length === 0 ? [] : [{
      header: filterHeader(block, draw),
      widgets: [...block.filters.flatMap((field) => fieldWidgets(field, { name: filterInput(field), draw })), buttons([button(draw.t('common.apply'), { kind: 'search' }, draw)])],
      folded: true,
    }]),
  ]
}

/** A file as the value of a choice: what the host needs to read it when sending. */
const fileValue = (file: FileRef): string => JSON.stringify(file)

const isChosen = (file: FileRef, index: number, chosen: FileRef | undefined): boolean => (chosen === undefined ? index === 0 : chosen.source === file.source && chosen.id === file.id)

const MAX_FILES = 20

/** The table-like attachments of the open mail to choose from, or their content pasted: Gmail's cards can't pick a file. */
export const files = (block: Of<'files'>, draw: Draw): Part[] => {
  const chosen = draw.draft.files[block.name]
  const attachments: Widget[] = block.attachments.length === 0 ? [] : [{
    selectionInput: {
      name: fileInput(block.name), label: draw.t('pane.attachments'), type: 'RADIO_BUTTON',
      items: block.attachments.slice(0, MAX_FILES).map((file, i) => ({ text: plain(file.name), value: fileValue(file), selected: isChosen(file, i, chosen) })),
    },
  }]
  const paste: Widget[] = block.paste ? [{ textInput: { name: pasteInput(block.name), label: draw.t('pane.paste'), type: 'MULTIPLE_LINE' } }] : []
  const issues = issueWidgets((draw.draft.issues ?? []).filter((issue) => issue.path === block.name), draw)
  const pasted: Widget[] = chosen?.source === 'pasted' ? [line({ startIcon: material('description'), text: html(chosen.name) })] : []
  return [
    { header: plain(block.label), widgets: [...issues, ...attachments, ...pasted, ...paste, buttons([actionButton({ ...block.action, tone: block.action.tone ?? 'primary' }, draw)]), ...reasons([block.action], draw)] },
  ]
}
