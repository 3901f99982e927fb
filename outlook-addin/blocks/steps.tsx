import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { BlockOf } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { ActionButton } from './parts/action'
import { Drawing } from './parts/icons'
import { tokens } from './parts/tokens'

const useStyles = makeStyles({
  holder: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  list: { display: 'flex', flexGrow: 1, flexWrap: 'wrap', gap: '4px 10px', listStyle: 'none', margin: 0, padding: 0, minWidth: 0 },
  step: { display: 'flex', alignItems: 'center', gap: '6px', minWidth: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  now: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  mark: { flexShrink: 0, width: '20px', height: '20px', borderRadius: tokens.borderRadiusCircular, display: 'grid', placeItems: 'center', fontSize: tokens.fontSizeBase100, border: `1px solid ${tokens.colorNeutralStroke1}`, boxSizing: 'border-box' },
  markNow: { backgroundColor: tokens.colorBrandBackground, color: tokens.colorNeutralForegroundOnBrand, border: '1px solid transparent' },
  markDone: { backgroundColor: tokens.colorBrandBackground2, color: tokens.colorBrandForeground2, border: `1px solid ${tokens.colorBrandStroke2}` },
})

/** Where a person is in a few steps. `current` counts from 0. */
export const Steps = ({ block }: { block: BlockOf<'steps'> }) => {
  const styles = useStyles()
  const { t } = usePane()
  return (
    <div className={styles.holder}>
      <ol className={styles.list} aria-label={t('common.steps', { step: block.current + 1, total: block.labels.length })}>
        {block.labels.map((label, i) => (
          <li key={label} className={mergeClasses(styles.step, i === block.current && styles.now)} aria-current={i === block.current ? 'step' : undefined}>
            <span className={mergeClasses(styles.mark, i === block.current && styles.markNow, i < block.current && styles.markDone)} aria-hidden="true">{i < block.current ? <Drawing glyph="check" size={12} /> : i + 1}</span>
            {label}
          </li>
        ))}
      </ol>
      {block.skip && <ActionButton item={block.skip} look="subtle" />}
    </div>
  )
}
