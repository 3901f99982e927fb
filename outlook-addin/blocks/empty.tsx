import { makeStyles } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { needsSignIn } from '../../shared/screens/failure.screen'
import type { BlockOf } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { ActionButton } from './parts/action'
import { OutLink, TextLink } from './parts/text-link'
import { tokens } from './parts/tokens'

const useStyles = makeStyles({
  holder: { display: 'grid', justifyItems: 'center', gap: '8px', padding: '24px 8px', textAlign: 'center' },
  picture: { color: tokens.colorBrandForeground2 },
  wrong: { color: tokens.colorStatusDangerForeground1 },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  text: { margin: 0, maxWidth: '36ch', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  ways: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', alignItems: 'center', gap: '8px 16px' },
})

type Sight = 'nothing' | 'wrong' | 'sign_in'

const SIGNS: Record<Sight, ReactNode> = {
  nothing: <path d="M20 20l28 19 28-19" />,
  wrong: <path d="M48 26v12M48 45v.5" strokeWidth="3" />,
  sign_in: <path d="M48 34a6 6 0 1 0 0-12a6 6 0 1 0 0 12M36 48c0-6 5-10 12-10s12 4 12 10" />,
}

const Picture = ({ sight }: { sight: Sight }) => {
  const styles = useStyles()
  return (
    <svg viewBox="0 0 96 72" width="96" height="72" className={sight === 'wrong' ? styles.wrong : styles.picture} aria-hidden="true" focusable="false" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
      <ellipse cx="48" cy="66" rx="30" ry="3" fill="currentColor" stroke="none" opacity=".12" />
      <rect x="20" y="14" width="56" height="42" rx="5" fill="currentColor" fillOpacity=".08" />
      {SIGNS[sight]}
      <path d="M12 30H6M14 40H9M84 26h6M86 36h4" opacity=".5" />
    </svg>
  )
}

const Centred = ({ title, text, sight = 'nothing', children }: { title?: string; text: string; sight?: Sight; children?: ReactNode }) => {
  const styles = useStyles()
  return (
    <div className={styles.holder} role={sight === 'nothing' ? undefined : 'alert'}>
      <Picture sight={sight} />
      {title !== undefined && <h2 className={styles.title}>{title}</h2>}
      <p className={styles.text}>{text}</p>
      {children}
    </div>
  )
}

/** Nothing to show, and what can be done about it. */
export const Empty = ({ block }: { block: BlockOf<'empty'> }) => <Centred title={block.title} text={block.text}>{block.action && <ActionButton item={block.action} />}</Centred>

/** What went wrong, with a next step: try again, go home, ask support. Having to sign in is nothing wrong. */
export const FailureView = ({ block }: { block: BlockOf<'failure'> }) => {
  const styles = useStyles()
  const { t, open } = usePane()
  const { way, failure } = block
  return (
    <Centred title={block.title} text={block.text} sight={needsSignIn(failure) ? 'sign_in' : 'wrong'}>
      {block.retry && <ActionButton item={block.retry} look="primary" />}
      <div className={styles.ways}>
        {way && <TextLink onClick={() => open(way.open)}>{way.label}</TextLink>}
        {block.support && <OutLink href={block.support}>{t('common.support')}</OutLink>}
      </div>
      {failure.requestId && <span className={styles.small}>{t('common.failure_reference', { id: failure.requestId })}</span>}
    </Centred>
  )
}
