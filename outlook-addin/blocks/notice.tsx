import { makeStyles } from '@fluentui/react-components'
import type { BlockOf, Tone } from '../../shared/screens/vocabulary'
import { ActionLine } from './parts/action'
import { Drawing, type Glyph } from './parts/icons'
import { TONES } from './parts/tone'
import { tokens } from './parts/tokens'

const toneStyle = (tone: Tone) => ({ backgroundColor: TONES[tone].paper, border: `1px solid ${TONES[tone].edge}`, '& > svg': { color: TONES[tone].ink } })

const useStyles = makeStyles({
  notice: { display: 'flex', gap: '8px', alignItems: 'flex-start', padding: '8px 10px', borderRadius: tokens.borderRadiusMedium, color: tokens.colorNeutralForeground1, '& > svg': { flexShrink: 0 } },
  neutral: toneStyle('neutral'),
  info: toneStyle('info'),
  success: toneStyle('success'),
  warning: toneStyle('warning'),
  danger: toneStyle('danger'),
  body: { display: 'grid', gap: '8px', minWidth: 0 },
  text: { margin: 0, overflowWrap: 'anywhere', whiteSpace: 'pre-line' },
})

const GLYPHS: Record<Tone, Glyph> = { neutral: 'info', info: 'info', success: 'check', warning: 'warning', danger: 'danger' }

/** A sentence that should not be missed. */
export const Notice = ({ block }: { block: BlockOf<'notice'> }) => {
  const styles = useStyles()
  return (
    <div role={block.tone === 'danger' ? 'alert' : undefined} className={`${styles.notice} ${styles[block.tone]}`}>
      <Drawing glyph={GLYPHS[block.tone]} />
      <div className={styles.body}>
        <p className={styles.text}>{block.text}</p>
        {block.actions && block.actions.length > 0 && <ActionLine items={block.actions} look="secondary" />}
      </div>
    </div>
  )
}
