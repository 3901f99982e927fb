import { makeStyles } from '@fluentui/react-components'
import { usePane } from '../blocks/pane'
import { Drawing } from '../blocks/parts/icons'
import { TONES } from '../blocks/parts/tone'
import type { Problem } from './state'
import { tokens } from '../blocks/parts/tokens'
import { Button } from '../blocks/parts/button'

const useStyles = makeStyles({
  // In sight from wherever the button was that has failed; a part of the grid below would leave with its row.
  bar: { position: 'sticky', top: '8px', zIndex: 3, marginTop: '12px', marginInline: 'max(12px, (100% - 696px) / 2)', boxShadow: tokens.shadow8, display: 'grid', gap: '8px', padding: '10px', borderRadius: tokens.borderRadiusMedium, backgroundColor: TONES.danger.paper, border: `1px solid ${TONES.danger.edge}`, color: tokens.colorNeutralForeground1 },
  line: { display: 'flex', gap: '8px', alignItems: 'flex-start', '& > svg': { flexShrink: 0, color: TONES.danger.ink } },
  text: { margin: 0, overflowWrap: 'anywhere' },
  ways: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
})

/** An action that got no answer: nothing typed is lost, and trying again can't do it twice. */
export const ProblemBar = ({ problem, dismiss }: { problem: Problem; dismiss(): void }) => {
  const styles = useStyles()
  const { t } = usePane()
  const { code, retryAfterS, requestId } = problem.failure
  const text = [t.code(code), retryAfterS === undefined ? '' : t('failure.retry_after', { count: retryAfterS }), requestId ? t('common.failure_reference', { id: requestId }) : ''].filter((part) => part !== '').join(' ')
  return (
    <div role="alert" className={styles.bar}>
      <div className={styles.line}><Drawing glyph="danger" /><p className={styles.text}>{text}</p></div>
      <div className={styles.ways}>
        <Button appearance="primary" onClick={problem.retry}>{t('common.retry')}</Button>
        <Button onClick={dismiss}>{t('common.close')}</Button>
      </div>
    </div>
  )
}
