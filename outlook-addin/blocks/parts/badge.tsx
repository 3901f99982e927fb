import { makeStyles } from '@fluentui/react-components'
import type { Badge, Tone } from '../../../shared/screens/vocabulary'
import { TONES } from './tone'
import { tokens } from './tokens'

const toneStyle = (tone: Tone) => ({ color: TONES[tone].ink, backgroundColor: TONES[tone].paper, border: `1px solid ${TONES[tone].edge}` })

const useStyles = makeStyles({
  badge: { display: 'inline-flex', alignItems: 'center', flexShrink: 0, maxWidth: '100%', overflowWrap: 'anywhere', padding: '0 6px', minHeight: '18px', borderRadius: tokens.borderRadiusMedium, fontSize: tokens.fontSizeBase100, lineHeight: tokens.lineHeightBase100, fontWeight: tokens.fontWeightSemibold },
  neutral: toneStyle('neutral'),
  info: toneStyle('info'),
  success: toneStyle('success'),
  warning: toneStyle('warning'),
  danger: toneStyle('danger'),
})

/** A state in one or two words. */
export const BadgeMark = ({ badge }: { badge: Badge }) => {
  const styles = useStyles()
  return <span className={`${styles.badge} ${styles[badge.tone]}`}>{badge.text}</span>
}
