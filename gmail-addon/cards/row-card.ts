import type { Block, BlockOf, Row, TimelineEntry } from '../../shared/screens/vocabulary'
import { blockAt } from './blocks'
import { meterLine } from './blocks/amounts'
import { changeWidgets, choiceOfRows } from './blocks/lists'
import { pageOfRows } from './blocks/rows'
import type { Card, Widget } from './card'
import { toSections, type Draw } from './draw'
import { ALL_INPUT, SELECTED_INPUT } from './inputs'
import { drawOf, type ScreenCardInput } from './screen-card'
import { badged, html, iconOf, plain } from './text'
import { actionButton, button, buttons, line, reasons } from './widgets'

const rowsOf = (block: Block): Row[] => {
  if (block.is === 'section') return block.blocks.flatMap(rowsOf)
  if (block.is === 'plan') return block.groups.flatMap((group) => group.rows)
  return block.is === 'people' || block.is === 'table' ? block.rows : []
}

const entriesOf = (block: Block): TimelineEntry[] => (block.is === 'section' ? block.blocks.flatMap(entriesOf) : block.is === 'timeline' ? block.entries : [])

/** One entry of a log with all that it changed. */
const entryCard = (input: ScreenCardInput, entry: TimelineEntry, depth: number): Card => {
  const draw = drawOf(input, depth)
  return {
    header: { title: plain(input.screen.title) },
    sections: toSections([
      { widgets: [line({ startIcon: iconOf(entry.icon), topLabel: draw.t.dateTime(entry.at), text: html(entry.text), ...(entry.note ? { bottomLabel: entry.note } : {}) }), ...(entry.open ? [buttons([button(draw.t('common.open'), { kind: 'open', to: entry.open }, draw)])] : [])] },
      { header: plain(entry.changes?.label ?? ''), widgets: changeWidgets(entry) },
    ]),
  }
}

/** Everything that can be done with one row, one button a line, or all of one entry; null when the screen has neither any more. */
export const rowCard = (input: ScreenCardInput, rowId: string, depth: number): Card | null => {
  const entry = input.screen.blocks.flatMap(entriesOf).find((candidate) => candidate.id === rowId)
  if (entry !== undefined) return entryCard(input, entry, depth)
  const row = input.screen.blocks.flatMap(rowsOf).find((candidate) => candidate.id === rowId)
  if (row === undefined) return null
  const draw = drawOf(input, depth)
  const menu = row.menu ?? []
  return {
    header: { title: plain(row.title) },
    sections: [{
      widgets: [
        line({ startIcon: iconOf('user'), text: badged(row.title, row.badge), ...(row.sub ? { bottomLabel: row.sub } : {}) }),
        ...(row.open ? [buttons([button(draw.t('common.open'), { kind: 'open', to: row.open }, draw)])] : []),
        ...menu.map((ref) => buttons([actionButton(ref, draw)])),
        ...reasons(menu, draw),
      ],
    }],
  }
}

/** Amounts and words that change with what is chosen: they belong beside the choice. */
const counters = (blocks: readonly Block[]): BlockOf<'meter'>[] =>
  blocks.flatMap((block) => (block.is === 'section' ? counters(block.blocks) : block.is === 'meter' ? [block] : []))

const allSwitch = (count: number, draw: Draw): Widget =>
  line({ text: html(draw.t('pane.select_all', { count })), switchControl: { name: ALL_INPUT, value: 'on', selected: !Array.isArray(draw.draft.selected), controlType: 'CHECK_BOX' } })

/**
 * Choosing rows for a bulk action: boxes to tick, all that match where there are more than shown, and
 * what can be done with them. Null when the screen has no such list any more.
 */
export const chooseCard = (input: ScreenCardInput, path: string, depth: number): Card | null => {
  const block = blockAt(input.screen.blocks, path)
  if (block?.is !== 'people') return null
  const own = drawOf(input, depth)
  const draw: Draw = { ...own, path, from: { ...own.from, inputs: [`${SELECTED_INPUT}*`, ALL_INPUT] } }
  const { shown, more } = pageOfRows(block.rows, draw)
  const bulk = block.bulk ?? []
  const selected = Array.isArray(draw.draft.selected) ? draw.draft.selected : []
  return {
    header: { title: plain(draw.t('common.select')), subtitle: plain(block.label) },
    sections: toSections([
      { widgets: [...(block.selectAll === undefined ? [] : [allSwitch(block.selectAll, draw)]), ...choiceOfRows(shown, block.label, selected), ...more] },
      { header: plain(draw.t('licenses.title')), widgets: counters(input.screen.blocks).map((meter) => meterLine(meter, draw)) },
      { header: plain(draw.t('common.actions')), widgets: [...bulk.map((ref) => buttons([actionButton(ref, draw)])), ...reasons(bulk, draw)] },
    ]),
  }
}
