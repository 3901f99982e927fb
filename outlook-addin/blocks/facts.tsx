import { makeStyles } from '@fluentui/react-components'
import type { BlockOf, Fact } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { ActionButton } from './parts/action'
import { Drawing } from './parts/icons'
import { TextLink } from './parts/text-link'
import { tokens } from './parts/tokens'
import { Button } from './parts/button'

const useStyles = makeStyles({
  list: { margin: 0, display: 'grid', gap: '10px' },
  item: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) fit-content(50%)', columnGap: '8px', alignItems: 'center' },
  label: { gridColumn: '1', overflowWrap: 'anywhere', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground3 },
  value: { gridColumn: '1', margin: 0, overflowWrap: 'anywhere', whiteSpace: 'pre-line' },
  note: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  side: { gridColumn: '2', gridRow: '1 / span 2', margin: 0 },
})

const FactItem = ({ item }: { item: Fact }) => {
  const styles = useStyles()
  const { open, copy, t } = usePane()
  const link = item.open
  return (
    <div className={styles.item}>
      <dt className={styles.label}>{item.label}</dt>
      <dd className={styles.value}>
        {link ? <TextLink onClick={() => open(link)}>{item.value}</TextLink> : item.value}
        {item.note && <span className={styles.note}>{item.note}</span>}
      </dd>
      {(item.copy || item.action) && (
        <dd className={styles.side}>
          {item.copy && <Button type="button" appearance="subtle" size="small" icon={<Drawing glyph="copy" size={16} />} aria-label={t('pane.copy_what', { what: item.label })} onClick={() => copy(item.value)} />}
          {item.action && <ActionButton item={item.action} look="subtle" />}
        </dd>
      )}
    </div>
  )
}

/** Labels with their values, to read and to copy. */
export const Facts = ({ block }: { block: BlockOf<'facts'> }) => {
  const styles = useStyles()
  return <dl className={styles.list}>{block.items.map((item, i) => <FactItem key={`${item.label}-${i}`} item={item} />)}</dl>
}
