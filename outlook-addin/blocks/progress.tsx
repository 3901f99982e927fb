import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { BlockOf } from '../../shared/screens/vocabulary'
import { ActionLine } from './parts/action'
import { tokens } from './parts/tokens'

const useStyles = makeStyles({
  progress: { display: 'grid', gap: '8px', minWidth: 0 },
  label: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  bar: { height: '6px', borderRadius: tokens.borderRadiusCircular, overflow: 'hidden', backgroundColor: tokens.colorNeutralBackground5, outline: '1px solid transparent' },
  fill: { height: '100%', backgroundColor: tokens.colorBrandBackground, forcedColorAdjust: 'none', transitionProperty: 'width', transitionDuration: tokens.durationSlow, '@media (prefers-reduced-motion: reduce)': { transitionDuration: '0s' }, '@media (forced-colors: active)': { backgroundColor: 'Highlight' } },
  queued: { width: '30%', animationName: { from: { transform: 'translateX(-100%)' }, to: { transform: 'translateX(340%)' } }, animationDuration: '1.6s', animationIterationCount: 'infinite', '@media (prefers-reduced-motion: reduce)': { animationName: 'none' } },
  done: { backgroundColor: tokens.colorStatusSuccessBackground3 },
  failed: { backgroundColor: tokens.colorStatusDangerBackground3 },
  text: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
})

/** How far a job is; said aloud politely when it changes. */
export const ProgressView = ({ block }: { block: BlockOf<'progress'> }) => {
  const styles = useStyles()
  const waits = block.state === 'queued'
  const percent = block.total > 0 ? Math.min(100, (block.done / block.total) * 100) : block.state === 'done' ? 100 : 0
  return (
    <div className={styles.progress}>
      <span className={styles.label}>{block.label}</span>
      <div className={styles.bar} role="progressbar" aria-label={block.label} aria-valuemin={0} aria-valuemax={block.total} aria-valuenow={waits ? undefined : block.done} aria-valuetext={block.text}>
        <div className={mergeClasses(styles.fill, waits && styles.queued, block.state === 'done' && styles.done, block.state === 'failed' && styles.failed)} style={waits ? undefined : { width: `${percent}%` }} />
      </div>
      <span className={styles.text} role="status">{block.text}</span>
      {block.actions.length > 0 && <ActionLine items={block.actions} look="secondary" />}
    </div>
  )
}
