import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { Fragment, type ReactNode } from 'react'
import type { Row } from '../../../shared/screens/vocabulary'
import { usePane, type Pane } from '../pane'
import { Avatar } from './avatar'
import { BadgeMark } from './badge'
import { ActionMenu } from './menu'
import { Tick } from './tick'
import { tokens } from './tokens'

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '48px', padding: '4px', borderRadius: tokens.borderRadiusMedium, minWidth: 0, ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected },
  main: { display: 'flex', alignItems: 'center', gap: '10px', flexGrow: 1, minWidth: 0, border: 'none', padding: '2px', margin: 0, background: 'none', font: 'inherit', color: 'inherit', textAlign: 'start' },
  opens: { cursor: 'pointer', borderRadius: tokens.borderRadiusMedium, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
  text: { display: 'grid', minWidth: 0, flexGrow: 1 },
  head: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', columnGap: '6px', rowGap: '2px', minWidth: 0 },
  title: { overflowWrap: 'anywhere', fontWeight: tokens.fontWeightSemibold, minWidth: 0 },
  sub: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
})

/** An address that needs two lines is parted before its domain, not in the middle of a word. */
const Sub = ({ text }: { text: string }) => text.split(/(?=@)/).map((part, i) => <Fragment key={i}>{i > 0 && <wbr />}{part}</Fragment>)

const RowText = ({ row }: { row: Row }) => {
  const styles = useStyles()
  return (
    <>
      {row.avatar !== undefined && <Avatar initials={row.avatar} seed={row.id} />}
      <span className={styles.text}>
        <span className={styles.head}><span className={styles.title}>{row.title}</span>{row.badge && <BadgeMark badge={row.badge} />}</span>
        {row.sub && <span className={styles.sub}><Sub text={row.sub} /></span>}
      </span>
    </>
  )
}

/** Whether a row is chosen in the draft, where all matching may be chosen at once. */
export const isSelected = (selected: string[] | { allMatching: unknown }, id: string): boolean => !Array.isArray(selected) || selected.includes(id)

/** A labelled box that chooses one row; a refused one stays reachable and says why. */
export const RowCheckbox = ({ row }: { row: Row }) => {
  const { draft, change, tell } = usePane()
  if (row.selectable === undefined) return null
  const refused = row.selectable === true ? null : row.selectable
  const toggle = (on: boolean) => {
    if (refused !== null) return tell(refused)
    const chosen = Array.isArray(draft.selected) ? draft.selected : []
    change({ selected: on ? [...chosen, row.id] : chosen.filter((id) => id !== row.id) })
  }
  return <Tick label={row.title} checked={isSelected(draft.selected, row.id)} refused={refused} onChange={toggle} />
}

/** What a click on a row does: it opens, or does the only thing that can be done with it, unless that is grave. */
const mainAct = ({ open: link, menu }: Row, open: Pane['open'], run: Pane['run']): (() => void) | null => {
  if (link) return () => open(link)
  const only = menu?.length === 1 ? menu[0] : undefined
  return only !== undefined && only.enabled === true && only.tone !== 'danger' ? () => run(only) : null
}

/** One person or thing: a box, initials, two lines, a state, a menu. `children` stands below the text. */
export const RowLine = ({ row, children }: { row: Row; children?: ReactNode }) => {
  const styles = useStyles()
  const { open, run, draft, t } = usePane()
  const act = mainAct(row, open, run)
  const chosen = row.selectable === true && isSelected(draft.selected, row.id)
  return (
    <div className={mergeClasses(styles.row, chosen && styles.chosen)} data-row={row.id}>
      <RowCheckbox row={row} />
      {act
        ? <button type="button" className={mergeClasses(styles.main, styles.opens)} onClick={act} data-row-main=""><RowText row={row} /></button>
        : <div className={styles.main}><RowText row={row} /></div>}
      {children}
      {row.menu && row.menu.length > 0 && <ActionMenu items={row.menu} label={t('pane.actions_for', { name: row.title })} />}
    </div>
  )
}
