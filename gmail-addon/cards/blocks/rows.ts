import type { Icon, Row } from '../../../shared/screens/vocabulary'
import type { IconButton, OnClick, Widget } from '../card'
import { onClick } from '../click'
import { LIST_ROWS, type Draw } from '../draw'
import { badged, iconOf, material } from '../text'
import { button, buttons, iconButton, line, openClick } from '../widgets'

const menuOf = (row: Row, draw: Draw): IconButton | undefined =>
  row.menu === undefined || row.menu.length === 0 ? undefined : iconButton(material('more_vert'), `${draw.t('common.menu')}: ${row.title}`, { kind: 'row', row: row.id }, draw)

/** What a click on the row itself does: opens it, else shows its actions. */
const clickOf = (row: Row, draw: Draw): OnClick | undefined => {
  if (row.open) return openClick(row.open, draw)
  return row.menu && row.menu.length > 0 ? onClick({ kind: 'row', row: row.id }, draw.from) : undefined
}

/** One row as a line: title with badge, what stands below it, opened by a click, its actions behind a small button. */
export const rowWidget = (row: Row, icon: Icon | undefined, below: string | undefined, draw: Draw): Widget => {
  const click = clickOf(row, draw)
  const menu = menuOf(row, draw)
  return line({
    ...(icon === undefined ? {} : { startIcon: iconOf(icon) }),
    text: badged(row.title, row.badge),
    ...(below === undefined || below === '' ? {} : { bottomLabel: below }),
    ...(click ? { onClick: click } : {}),
    ...(menu ? { button: menu } : {}),
  })
}

/** A row that leads nowhere and has nothing to do: a name in a list. */
export const plainRow = (row: Row, draw: Draw): Widget =>
  line({ text: badged(row.title, row.badge), ...(row.sub ? { bottomLabel: row.sub } : {}), ...(row.open ? { onClick: openClick(row.open, draw) } : {}) })

/** The part of a list that this card shows, and the button for what follows on the next one. */
export const pageOfRows = <T>(rows: readonly T[], draw: Draw): { shown: readonly T[]; more: Widget[] } => {
  const end = draw.skip + LIST_ROWS
  const left = rows.length - end
  return {
    shown: rows.slice(draw.skip, end),
    more: left <= 0 ? [] : [buttons([button(`${draw.t('common.show_more')} (${draw.t.number(left)})`, { kind: 'part', block: draw.path, from: end }, draw, 'borderless')])],
  }
}

/** The button that opens the next page of the same screen. */
export const nextPage = (next: string | null, draw: Draw): Widget[] => {
  if (next === null) return []
  const { here } = draw.from
  return [buttons([button(draw.t('common.page_next'), { kind: 'open', to: { screen: here.screen, params: { ...here.params, cursor: next } } }, draw, 'borderless')])]
}

/** A title with its number, plain. */
export const counted = (title: string, count: number | undefined, draw: Draw): string => (count === undefined ? title : `${title} (${draw.t.number(count)})`)

/** Why rows can't be chosen, one line for each. */
export const unselectable = (rows: readonly Row[]): Widget[] =>
  rows.flatMap((row) => (typeof row.selectable === 'string' ? [line({ text: badged(row.title, row.badge), bottomLabel: row.selectable })] : []))

/** What a choice of rows is called: its title, and what tells equal titles apart. */
export const choiceLabel = (row: Row): string => (row.sub ? `${row.title} · ${row.sub}` : row.title)

