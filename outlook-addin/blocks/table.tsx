import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { Fragment } from 'react'
import type { BlockOf, Column, Row } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { BadgeMark } from './parts/badge'
import { Drawing } from './parts/icons'
import { MoreRows } from './parts/long-list'
import { ActionMenu } from './parts/menu'
import { changedParams } from './parts/params'
import { RowCheckbox } from './parts/row'
import { tokens } from './parts/tokens'
import { Button } from './parts/button'

const useStyles = makeStyles({
  frame: { overflowX: 'auto', borderRadius: tokens.borderRadiusMedium, border: `1px solid ${tokens.colorNeutralStroke2}`, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  head: { padding: '6px 8px', textAlign: 'start', fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2, backgroundColor: tokens.colorNeutralBackground2, whiteSpace: 'nowrap', '@container (max-width: 359px)': { whiteSpace: 'normal', padding: '6px 4px' } },
  cell: { padding: '8px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, verticalAlign: 'top', overflowWrap: 'anywhere', '@container (max-width: 359px)': { padding: '8px 4px' } },
  // As wide as the words of a day: the last resort of breaking anywhere is for words that are too long.
  first: { minWidth: '6ch', fontWeight: tokens.fontWeightRegular, textAlign: 'start' },
  end: { textAlign: 'end', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  row: { ':hover': { backgroundColor: tokens.colorNeutralBackground2 } },
  below: { borderTop: 'none', paddingTop: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  tool: { width: '1px', padding: '2px' },
  rank2: { '@container (max-width: 519px)': { display: 'none' } },
  rank3: { '@container (max-width: 619px)': { display: 'none' } },
  holder: { containerType: 'inline-size', minWidth: 0 },
  open: { font: 'inherit', color: tokens.colorBrandForegroundLink, background: 'none', border: 'none', padding: 0, textAlign: 'start', cursor: 'pointer', overflowWrap: 'anywhere', ':hover': { textDecoration: 'underline' }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, borderRadius: tokens.borderRadiusSmall } },
})

type TableBlock = BlockOf<'table'>
const ranked = (styles: ReturnType<typeof useStyles>, column: Column): string => mergeClasses(column.end && styles.end, column.rank === 2 && styles.rank2, column.rank === 3 && styles.rank3)

const HeadCell = ({ column, sort }: { column: Column; sort: TableBlock['sort'] }) => {
  const styles = useStyles()
  const { params, search, t } = usePane()
  const sorted = sort?.by === column.id ? sort : null
  const look = mergeClasses(styles.head, ranked(styles, column))
  if (!sort) return <th scope="col" className={look}>{column.label}</th>
  return (
    <th scope="col" className={look} aria-sort={sorted ? (sorted.down ? 'descending' : 'ascending') : 'none'}>
      <Button type="button" size="small" appearance="transparent" iconPosition="after" icon={sorted ? <Drawing glyph={sorted.down ? 'down' : 'up'} size={12} /> : undefined} aria-label={t('pane.sort_by', { what: column.label })} onClick={() => search(changedParams(params, { sort: sorted && !sorted.down ? `-${column.id}` : column.id }))}>{column.label}</Button>
    </th>
  )
}

const FirstCell = ({ row, text }: { row: Row; text: string }) => {
  const styles = useStyles()
  const { open } = usePane()
  const link = row.open
  return (
    <>
      {link ? <button type="button" className={styles.open} onClick={() => open(link)}>{text}</button> : text}
      {row.badge && <div><BadgeMark badge={row.badge} /></div>}
    </>
  )
}

/** What a row says besides its cells stands below them, over their whole width. */
const BelowRow = ({ text, columns }: { text: string; columns: number }) => {
  const styles = useStyles()
  return <tr><td colSpan={columns} className={mergeClasses(styles.cell, styles.below)}>{text}</td></tr>
}

const TableRow = ({ row, block, tools }: { row: TableBlock['rows'][number]; block: TableBlock; tools: { box: boolean; menu: boolean } }) => {
  const styles = useStyles()
  const { t } = usePane()
  return (
    <tr className={styles.row}>
      {tools.box && <td className={mergeClasses(styles.cell, styles.tool)}><RowCheckbox row={row} /></td>}
      {block.columns.map((column, i) => {
        const look = mergeClasses(styles.cell, ranked(styles, column))
        return i === 0
          ? <th key={column.id} scope="row" className={mergeClasses(look, styles.first)}><FirstCell row={row} text={row.cells[0] ?? row.title} /></th>
          : <td key={column.id} className={look}>{row.cells[i] ?? ''}</td>
      })}
      {tools.menu && <td className={mergeClasses(styles.cell, styles.tool)}>{row.menu && row.menu.length > 0 && <ActionMenu items={row.menu} label={t('pane.actions_for', { name: row.title })} />}</td>}
    </tr>
  )
}

/** A table that drops its less important columns where the pane is narrow; heads sort. */
export const Table = ({ block }: { block: TableBlock }) => {
  const styles = useStyles()
  const tools = { box: block.rows.some((row) => row.selectable !== undefined), menu: block.rows.some((row) => row.menu && row.menu.length > 0) }
  return (
    <div className={styles.holder}>
      <div className={styles.frame} tabIndex={0} role="region" aria-label={block.label}>
        <table className={styles.table}>
          <thead>
            <tr>
              {tools.box && <td className={mergeClasses(styles.head, styles.tool)} />}
              {block.columns.map((column) => <HeadCell key={column.id} column={column} sort={block.sort} />)}
              {tools.menu && <td className={mergeClasses(styles.head, styles.tool)} />}
            </tr>
          </thead>
          <tbody>{block.rows.map((row) => (
            <Fragment key={row.id}>
              <TableRow row={row} block={block} tools={tools} />
              {row.sub && <BelowRow text={row.sub} columns={block.columns.length + Number(tools.box) + Number(tools.menu)} />}
            </Fragment>
          ))}</tbody>
        </table>
      </div>
      <MoreRows page={block.page} />
    </div>
  )
}
