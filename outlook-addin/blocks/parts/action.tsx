import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { useId } from 'react'
import type { ActionRef } from '../../../shared/screens/vocabulary'
import { actionKey, usePane } from '../pane'
import { Drawing } from './icons'
import { tokens } from './tokens'
import { Button } from './button'

const useStyles = makeStyles({
  button: { minWidth: 0, maxWidth: '100%', overflowWrap: 'anywhere' },
  danger: { color: tokens.colorStatusDangerForeground3, ':hover': { color: tokens.colorStatusDangerForeground3 } },
  wide: { width: '100%', minHeight: '36px' },
  reason: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, marginTop: '4px', overflowWrap: 'anywhere' },
  holder: { minWidth: 0, maxWidth: '100%' },
  full: { width: '100%' },
  spinner: {
    width: '14px', height: '14px', borderRadius: '50%', border: '2px solid currentColor', borderRightColor: 'transparent', boxSizing: 'border-box',
    animationName: { to: { transform: 'rotate(360deg)' } }, animationDuration: '.8s', animationIterationCount: 'infinite', animationTimingFunction: 'linear',
    '@media (prefers-reduced-motion: reduce)': { animationDuration: '6s' },
  },
})

/** A small turning ring; the button around it says what is under way. */
export const Ring = () => <span aria-hidden="true" className={useStyles().spinner} />

type Look = 'primary' | 'secondary' | 'subtle' | 'transparent'

const appearanceOf = ({ tone }: ActionRef, look: Look = tone === 'primary' ? 'primary' : 'secondary') => (look === 'primary' && tone === 'danger' ? 'danger' : look)

/**
 * One action as a button. A refused one stays reachable by keyboard and says why: beside it when
 * `wide`, on request otherwise. `form` makes it the button that Enter presses.
 */
export const ActionButton = ({ item, look, wide, form, size }: { item: ActionRef; look?: Look; wide?: boolean; form?: boolean; size?: 'small' }) => {
  const styles = useStyles()
  const { run, tell, busy } = usePane()
  const reasonId = useId()
  const refused = item.enabled === true ? null : item.enabled
  const running = busy === actionKey(item)
  const press = () => (refused === null ? run(item) : tell(refused))
  return (
    <span className={mergeClasses(styles.holder, wide && styles.full)}>
      <Button
        type={form ? 'submit' : 'button'}
        appearance={appearanceOf(item, look)}
        size={size}
        className={mergeClasses(styles.button, wide && styles.wide, item.tone === 'danger' && look !== 'primary' && styles.danger)}
        icon={running ? <Ring /> : item.icon && <Drawing glyph={item.icon} />}
        aria-disabled={refused !== null || running || undefined}
        aria-busy={running || undefined}
        aria-describedby={refused === null ? undefined : reasonId}
        title={wide ? undefined : refused ?? undefined}
        onClick={form && refused === null ? undefined : press}
      >
        {item.label}
      </Button>
      {refused !== null && <span id={reasonId} className={styles.reason} hidden={!wide}>{refused}</span>}
    </span>
  )
}

const useRow = makeStyles({ row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-start' } })

/** Actions in a line that wraps; small ones leave room to what they lie over. */
export const ActionLine = ({ items, look, size }: { items: ActionRef[]; look?: 'secondary' | 'subtle'; size?: 'small' }) => {
  const styles = useRow()
  return <div className={styles.row}>{items.map((item) => <ActionButton key={actionKey(item)} item={item} look={item.tone === 'primary' ? undefined : look} size={size} />)}</div>
}
