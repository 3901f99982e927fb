import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { useId, type ComponentPropsWithRef, type ReactNode } from 'react'
import { tokens } from './tokens'

const focus = { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-1px' }

const useStyles = makeStyles({
  field: { display: 'grid', gap: '4px', minWidth: 0 },
  label: { overflowWrap: 'anywhere' },
  star: { color: tokens.colorStatusDangerForeground3 },
  hint: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  problem: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorStatusDangerForeground3, overflowWrap: 'anywhere' },
  box: {
    boxSizing: 'border-box', width: '100%', minWidth: 0, minHeight: '32px', padding: '4px 10px', font: 'inherit', color: tokens.colorNeutralForeground1, backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke1}`, borderBottomColor: tokens.colorNeutralStrokeAccessible, borderRadius: tokens.borderRadiusMedium,
    '::placeholder': { color: tokens.colorNeutralForeground3, opacity: 1 }, ':focus-visible': focus, '&[aria-invalid="true"]': { border: `1px solid ${tokens.colorStatusDangerBorder2}` },
  },
  area: { resize: 'vertical', minHeight: '72px' },
  group: { display: 'grid', border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, marginBottom: '2px', overflowWrap: 'anywhere' },
  choice: { display: 'grid', gridTemplateColumns: '32px minmax(0, 1fr)', alignItems: 'start', minHeight: '32px', cursor: 'pointer' },
  mark: { width: '16px', height: '16px', margin: '8px', accentColor: tokens.colorCompoundBrandBackground, cursor: 'inherit', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' } },
  text: { padding: '6px 0', overflowWrap: 'anywhere' },
  off: { color: tokens.colorNeutralForegroundDisabled, cursor: 'not-allowed' },
  track: {
    appearance: 'none', width: '32px', height: '16px', margin: '8px 0', borderRadius: tokens.borderRadiusCircular, border: `1px solid ${tokens.colorNeutralStrokeAccessible}`, backgroundColor: tokens.colorTransparentBackground, position: 'relative', cursor: 'inherit', boxSizing: 'border-box',
    '::before': { content: '""', position: 'absolute', top: '2px', left: '2px', width: '10px', height: '10px', borderRadius: '50%', backgroundColor: tokens.colorNeutralStrokeAccessible, transitionProperty: 'transform', transitionDuration: tokens.durationFast, '@media (prefers-reduced-motion: reduce)': { transitionDuration: '0.01ms' } },
    ':checked': { backgroundColor: tokens.colorCompoundBrandBackground, border: `1px solid ${tokens.colorCompoundBrandBackground}` }, ':checked::before': { transform: 'translateX(16px)', backgroundColor: tokens.colorNeutralForegroundInverted },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' }, '@media (forced-colors: active)': { ':checked': { backgroundColor: 'Highlight' } },
  },
  wide: { gridTemplateColumns: '40px minmax(0, 1fr)' },
})

/** What ties a control to its label, hint and problem. */
export type Described = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined; 'aria-required': true | undefined }
type About = { label: string; hint?: string; required?: boolean; problem?: string }

const Below = ({ id, hint, problem }: { id: string; hint?: string; problem?: string }) => {
  const styles = useStyles()
  if (!hint && !problem) return null
  return <span id={id} className={problem ? styles.problem : styles.hint}>{problem ?? hint}</span>
}

/** A control with its label above and its hint, or its problem, below. */
export const Labelled = ({ label, hint, required, problem, children }: About & { children(described: Described): ReactNode }) => {
  const styles = useStyles()
  const id = useId()
  const below = `${id}-below`
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>{label}{required && <span className={styles.star} aria-hidden="true"> *</span>}</label>
      {children({ id, 'aria-describedby': hint || problem ? below : undefined, 'aria-invalid': problem ? true : undefined, 'aria-required': required || undefined })}
      <Below id={below} hint={hint} problem={problem} />
    </div>
  )
}

/** Choices that belong together, named by a legend. */
export const Group = ({ label, hint, required, problem, className, children }: About & { className?: string; children: ReactNode }) => {
  const styles = useStyles()
  const id = useId()
  return (
    <fieldset className={mergeClasses(styles.group, className)} aria-describedby={hint || problem ? id : undefined} aria-invalid={problem ? true : undefined}>
      <legend className={styles.legend}>{label}{required && <span className={styles.star} aria-hidden="true"> *</span>}</legend>
      {children}
      <Below id={id} hint={hint} problem={problem} />
    </fieldset>
  )
}

/** One line to type in. */
export const TextBox = ({ className, ...props }: ComponentPropsWithRef<'input'>) => <input {...props} className={mergeClasses(useStyles().box, className)} />

/** Several lines to type in. */
export const TextArea = (props: ComponentPropsWithRef<'textarea'>) => {
  const styles = useStyles()
  return <textarea {...props} className={mergeClasses(styles.box, styles.area)} />
}

/** A list of which one option is chosen. */
export const SelectBox = (props: ComponentPropsWithRef<'select'>) => <select {...props} className={useStyles().box} />

/** A choice with its words beside it: a tick, one of several, or a switch. */
export const Choice = ({ look, children, ...props }: ComponentPropsWithRef<'input'> & { look: 'checkbox' | 'radio' | 'switch' }) => {
  const styles = useStyles()
  const isSwitch = look === 'switch'
  return (
    <label className={mergeClasses(styles.choice, isSwitch && styles.wide, props.disabled && styles.off)}>
      <input {...props} type={look === 'radio' ? 'radio' : 'checkbox'} role={isSwitch ? 'switch' : undefined} className={isSwitch ? styles.track : styles.mark} />
      <span className={styles.text}>{children}</span>
    </label>
  )
}
