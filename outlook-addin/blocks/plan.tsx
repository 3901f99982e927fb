import { makeStyles } from '@fluentui/react-components'
import type { BlockOf, PlanGroup } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { ActionButton } from './parts/action'
import { BadgeMark } from './parts/badge'
import { Drawing } from './parts/icons'
import { RowLine } from './parts/row'
import { TextLink } from './parts/text-link'
import { tokens } from './parts/tokens'

const useStyles = makeStyles({
  plan: { display: 'grid', gap: '10px', minWidth: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  costs: { margin: 0, paddingInlineStart: '20px', display: 'grid', gap: '4px', overflowWrap: 'anywhere' },
  group: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  summary: {
    display: 'flex', alignItems: 'center', gap: '8px', padding: '8px 10px', cursor: 'pointer', listStyle: 'none', borderRadius: tokens.borderRadiusMedium, '::-webkit-details-marker': { display: 'none' }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '& > svg': { flexShrink: 0, transitionProperty: 'transform', transitionDuration: tokens.durationFaster }, '&:is(details[open] > *) > svg': { transform: 'rotate(90deg)' }, '@media (prefers-reduced-motion: reduce)': { '& > svg': { transitionDuration: '0s' } },
  },
  label: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  rows: { listStyle: 'none', margin: 0, padding: '0 6px 6px' },
})

const Group = ({ group }: { group: PlanGroup }) => {
  const styles = useStyles()
  const { t, open } = usePane()
  const { more } = group
  const hidden = group.count - group.rows.length
  return (
    <details className={styles.group} open={!group.folded}>
      <summary className={styles.summary}><Drawing glyph="chevron" size={16} /><span className={styles.label}>{group.label}</span><BadgeMark badge={{ text: t.number(group.count), tone: group.tone }} /></summary>
      {group.rows.length > 0 && <ul className={styles.rows}>{group.rows.map((row) => <li key={row.id}><RowLine row={row} /></li>)}</ul>}
      {more ? <div className={styles.rows}><TextLink onClick={() => open(more)}>{t('common.show_all')}</TextLink></div> : hidden > 0 && <div className={styles.rows}>{t('pane.more_count', { count: hidden })}</div>}
    </details>
  )
}

/** What a change will do: who it reaches, who is left out and why, what it costs. */
export const PlanView = ({ block }: { block: BlockOf<'plan'> }) => {
  const styles = useStyles()
  return (
    <section className={styles.plan} aria-label={block.title}>
      <h2 className={styles.title}>{block.title}</h2>
      {block.costs.length > 0 && <ul className={styles.costs}>{block.costs.map((cost) => <li key={cost}>{cost}</li>)}</ul>}
      {block.groups.map((group) => <Group key={group.label} group={group} />)}
      {block.apply && <ActionButton item={block.apply} look="primary" wide />}
    </section>
  )
}
