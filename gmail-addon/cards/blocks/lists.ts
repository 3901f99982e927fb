import type { Block, ChangeLine, Column, Row, TimelineEntry } from '../../../shared/screens/vocabulary'
import type { Widget } from '../card'
import type { Draw, Part } from '../draw'
import { isInlineChoice, SELECTED_INPUT } from '../inputs'
import { badged, dotted, html, iconOf, material, plain, toned } from '../text'
import { button, buttons, iconButton, line, openClick } from '../widgets'
import { choiceLabel, counted, nextPage, pageOfRows, rowWidget, unselectable } from './rows'

type Of<K extends Block['is']> = Extract<Block, { is: K }>

/** Rows as boxes to tick, those that can't be chosen below with the reason. */
export const choiceOfRows = (rows: readonly Row[], label: string, selected: readonly string[]): Widget[] => {
  const open = rows.filter((row) => row.selectable === true)
  const items = open.map((row) => ({ text: plain(choiceLabel(row)), value: row.id, selected: selected.includes(row.id) }))
  return [...(items.length > 0 ? [{ selectionInput: { name: SELECTED_INPUT, label: plain(label), type: 'CHECK_BOX' as const, items } }] : []), ...unselectable(rows)]
}

const selectedIds = (draw: Draw): string[] => (Array.isArray(draw.draft.selected) ? draw.draft.selected : [])

const bulkButton = (block: Of<'people'>, draw: Draw): Widget[] =>
  (block.bulk?.length ?? 0) > 0 && block.rows.some((row) => row.selectable === true)
    ? [buttons([button(draw.t('common.select'), { kind: 'choose', block: draw.path }, draw)])]
    : []

/** People: one line each; chosen in place, or on a card of their own where bulk actions follow. */
export const people = (block: Of<'people'>, draw: Draw): Part[] => {
  const { shown, more } = pageOfRows(block.rows, draw)
  const rows = isInlineChoice(block)
    ? choiceOfRows(shown, block.label, selectedIds(draw))
    : shown.map((row) => rowWidget(row, block.icon ?? 'user', row.sub, draw))
  return [{ header: plain(counted(block.label, block.page.total, draw)), widgets: [...bulkButton(block, draw), ...rows, ...more, ...(more.length > 0 ? [] : nextPage(block.page.next, draw))] }]
}

/** The cells that the title does not say already, most important columns first. */
const cellText = (row: Row & { cells: string[] }, columns: readonly Column[], { t }: Draw): string =>
  dotted(columns
    .map((column, i) => ({ rank: column.rank, label: column.label, cell: row.cells[i] ?? '' }))
    // What a wide table shows last is on the screen that the row opens.
    .filter(({ cell, rank }) => cell !== '' && cell !== row.title && (rank < 3 || row.open === undefined))
    .sort((a, b) => a.rank - b.rank)
    .map(({ label, cell }) => t('common.labelled', { label, value: cell })))

/** A table has no room here: each row is a line, its cells named below it. */
export const table = (block: Of<'table'>, draw: Draw): Part[] => {
  const { shown, more } = pageOfRows(block.rows, draw)
  const rows = isInlineChoice(block)
    ? choiceOfRows(shown.map((row) => ({ ...row, sub: cellText(row, block.columns, draw) })), block.label, selectedIds(draw))
    : shown.map((row) => rowWidget(row, block.icon, dotted([cellText(row, block.columns, draw), row.sub]), draw))
  return [{ header: plain(counted(block.label, block.page.total, draw)), widgets: [...rows, ...more, ...(more.length > 0 ? [] : nextPage(block.page.next, draw))] }]
}

/** So many changes stand below their sentence; more of them on a card of their own. */
const CHANGES_SHOWN = 3

const changeText = ({ label, text }: ChangeLine): string => `${toned(html(label), 'neutral')} ${html(text)}`

const changesText = ({ changes }: TimelineEntry): string =>
  changes === undefined || changes.lines.length > CHANGES_SHOWN ? '' : changes.lines.map((change) => `<br>${changeText(change)}`).join('')

/** Opens the card with all that an entry changed, where its line does not hold it. */
const changesButton = ({ id, text, changes }: TimelineEntry, draw: Draw) =>
  changes === undefined || changes.lines.length <= CHANGES_SHOWN ? {} : { button: iconButton(material('unfold_more'), `${changes.label}: ${text}`, { kind: 'row', row: id }, draw) }

/** All that one entry changed, one line each. */
export const changeWidgets = (entry: TimelineEntry): Widget[] => (entry.changes?.lines ?? []).map(({ label, text }) => line({ topLabel: label, text: html(text) }))

/** What happened, newest as the screen orders it. */
export const timeline = (block: Of<'timeline'>, draw: Draw): Part[] => {
  const { shown, more } = pageOfRows(block.entries, draw)
  const entries = shown.map((entry) => line({
    startIcon: iconOf(entry.icon),
    topLabel: draw.t.dateTime(entry.at),
    text: `${html(entry.text)}${changesText(entry)}`,
    ...changesButton(entry, draw),
    ...(entry.note ? { bottomLabel: entry.note } : {}),
    ...(entry.open ? { onClick: openClick(entry.open, draw) } : {}),
  }))
  return [{ header: plain(counted(block.label, block.page.total, draw)), widgets: [...entries, ...more, ...(more.length > 0 ? [] : nextPage(block.page.next, draw))] }]
}

/** Places to go. */
export const links = (block: Of<'links'>, draw: Draw): Part[] => {
  const { shown, more } = pageOfRows(block.items, draw)
  return [{ widgets: [...shown.map((item) => line({
    startIcon: iconOf(item.icon),
    text: badged(item.label, item.badge),
    ...(item.sub ? { bottomLabel: item.sub } : {}),
    onClick: openClick(item.open, draw),
    endIcon: material('chevron_right'),
  })), ...more] }]
}
