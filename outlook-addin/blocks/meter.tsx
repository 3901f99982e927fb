import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { BlockOf } from '../../shared/screens/vocabulary'
import { ActionButton } from './parts/action'
import { tokens } from './parts/tokens'

const useStyles = makeStyles({
  meter: { display: 'grid', gap: '4px', minWidth: 0 },
  head: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: '2px 8px' },
  label: { fontWeight: tokens.fontWeightSemibold },
  text: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  bar: { display: 'flex', height: '8px', borderRadius: tokens.borderRadiusCircular, overflow: 'hidden', backgroundColor: tokens.colorNeutralBackground5, outline: '1px solid transparent' },
  part: { height: '100%', flexShrink: 0, forcedColorAdjust: 'none', transitionProperty: 'width', transitionDuration: tokens.durationNormal, '@media (prefers-reduced-motion: reduce)': { transitionDuration: '0s' } },
  calm: { backgroundColor: tokens.colorBrandBackground, '@media (forced-colors: active)': { backgroundColor: 'Highlight' } },
  warn: { backgroundColor: tokens.colorStatusWarningBackground3, '@media (forced-colors: active)': { backgroundColor: 'Highlight' } },
  full: { backgroundColor: tokens.colorStatusDangerBackground3, '@media (forced-colors: active)': { backgroundColor: 'Highlight' } },
  choosing: { opacity: 0.55 },
  // The button's own padding would set its words off from the bar.
  action: { marginInlineStart: '-12px' },
})

/** How far a meter is: calm, from `warnAt` (a share between 0 and 1) a warning, full. */
export const meterLevel = (used: number, total: number, warnAt: number): 'calm' | 'warn' | 'full' => {
  if (used >= total) return 'full'
  return used / total >= warnAt ? 'warn' : 'calm'
}

const share = (part: number, total: number): string => `${Math.max(0, Math.min(100, total > 0 ? (part / total) * 100 : 100))}%`

/** How much of something is used, counting what is being chosen now. */
export const Meter = ({ block }: { block: BlockOf<'meter'> }) => {
  const styles = useStyles()
  const choosing = block.choosing ?? 0
  const level = styles[meterLevel(block.used + choosing, block.total, block.warnAt)]
  const value = Math.min(block.used + choosing, Math.max(block.total, 0))
  return (
    <div className={styles.meter}>
      <div className={styles.head}><span className={styles.label}>{block.label}</span><span className={styles.text} aria-live="polite">{block.text}</span></div>
      <div className={styles.bar} role="meter" aria-label={block.label} aria-valuemin={0} aria-valuemax={Math.max(block.total, 0)} aria-valuenow={value} aria-valuetext={block.text}>
        <div className={mergeClasses(styles.part, level)} style={{ width: share(block.used, block.total) }} />
        {choosing > 0 && <div className={mergeClasses(styles.part, level, styles.choosing)} style={{ width: share(Math.min(choosing, Math.max(0, block.total - block.used)), block.total) }} />}
      </div>
      {block.action && <div className={styles.action}><ActionButton item={block.action} look="subtle" /></div>}
    </div>
  )
}
