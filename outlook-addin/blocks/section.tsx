import { makeStyles } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { Drawing } from './parts/icons'
import { tokens } from './parts/tokens'

const useStyles = makeStyles({
  section: { display: 'grid', gap: '8px', minWidth: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  summary: {
    display: 'flex', alignItems: 'center', gap: '6px', padding: '6px 0', cursor: 'pointer', listStyle: 'none', borderRadius: tokens.borderRadiusMedium,
    '&:is(details[open] > *) > svg': { transform: 'rotate(90deg)' }, '::-webkit-details-marker': { display: 'none' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  sign: { flexShrink: 0, color: tokens.colorNeutralForeground3, transitionProperty: 'transform', transitionDuration: tokens.durationFaster, '@media (prefers-reduced-motion: reduce)': { transitionDuration: '0s' } },
  body: { display: 'grid', gap: '12px', minWidth: 0 },
})

/** A titled part of a screen; a folded one opens on request and works without script. */
export const Section = ({ title, folded, children }: { title: string; folded?: boolean; children: ReactNode }) => {
  const styles = useStyles()
  if (folded === undefined) return <section className={styles.section} aria-label={title}><h2 className={styles.title}>{title}</h2><div className={styles.body}>{children}</div></section>
  return (
    <details open={!folded}>
      <summary className={styles.summary}><Drawing glyph="chevron" size={16} className={styles.sign} /><h2 className={styles.title}>{title}</h2></summary>
      <div className={styles.body}>{children}</div>
    </details>
  )
}
