import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { usePane } from '../blocks/pane'
import { Drawing } from '../blocks/parts/icons'
import { OutLink } from '../blocks/parts/text-link'
import { TONES } from '../blocks/parts/tone'
import type { Toast } from './state'
import { tokens } from '../blocks/parts/tokens'
import { Button } from '../blocks/parts/button'

/** Long enough to read and to reach *Undo*; pointing at it or focusing it stops the clock. */
const SHOWN_MS = 7_000

const useStyles = makeStyles({
  // Above the footer, never over it: the button that was clicked is there. Where the whole page scrolls, in sight all the same.
  place: { position: 'sticky', bottom: 0, height: 0, flexShrink: 0, zIndex: 20 },
  stack: { position: 'absolute', insetInline: '8px', bottom: '8px', display: 'grid', gap: '8px', justifyItems: 'center', pointerEvents: 'none' },
  region: { display: 'contents' },
  toast: { pointerEvents: 'auto', boxSizing: 'border-box', width: '100%', maxWidth: '420px', display: 'flex', alignItems: 'center', gap: '8px', padding: '8px 8px 8px 12px', borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorNeutralForeground1, boxShadow: tokens.shadow16, borderLeft: '4px solid transparent', outline: `1px solid ${tokens.colorNeutralStroke2}` },
  neutral: { borderLeftColor: TONES.neutral.strong },
  info: { borderLeftColor: TONES.info.strong },
  success: { borderLeftColor: TONES.success.strong },
  warning: { borderLeftColor: TONES.warning.strong },
  danger: { borderLeftColor: TONES.danger.strong },
  text: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  undo: { flexShrink: 0, overflowWrap: 'normal' },
})

const ToastLine = ({ toast, dismiss }: { toast: Toast; dismiss(id: string): void }) => {
  const styles = useStyles()
  const { t, run } = usePane()
  const [held, setHeld] = useState(false)
  const { id, undo } = toast
  useEffect(() => {
    if (held) return undefined
    const timer = setTimeout(() => dismiss(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [held, id, dismiss])
  return (
    <div className={mergeClasses(styles.toast, styles[toast.tone])} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <span className={styles.text}>{toast.href === undefined ? toast.text : <OutLink href={toast.href}>{toast.text}</OutLink>}</span>
      {undo && <Button size="small" appearance="transparent" className={styles.undo} onClick={() => { dismiss(id); run(undo) }}>{undo.label}</Button>}
      <Button size="small" appearance="subtle" icon={<Drawing glyph="close" size={16} />} aria-label={t('common.close')} onClick={() => dismiss(id)} />
    </div>
  )
}

/** Sentences that leave by themselves; said aloud as they come. */
export const Toasts = ({ toasts, dismiss }: { toasts: Toast[]; dismiss(id: string): void }) => {
  const styles = useStyles()
  const urgent = toasts.filter((toast) => toast.tone === 'danger')
  const calm = toasts.filter((toast) => toast.tone !== 'danger')
  return (
    <div className={styles.place}>
      <div className={styles.stack}>
        <div role="alert" className={styles.region}>{urgent.map((toast) => <ToastLine key={toast.id} toast={toast} dismiss={dismiss} />)}</div>
        <div role="status" className={styles.region}>{calm.map((toast) => <ToastLine key={toast.id} toast={toast} dismiss={dismiss} />)}</div>
      </div>
    </div>
  )
}
