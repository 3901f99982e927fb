import { makeStyles } from '@fluentui/react-components'
import { tokens } from './tokens'

const useStyles = makeStyles({
  // The label around it is the target for fingers, the box itself is what is seen.
  holder: { flexShrink: 0, display: 'grid', placeItems: 'center', width: '32px', height: '32px', cursor: 'pointer' },
  box: { width: '16px', height: '16px', margin: 0, accentColor: tokens.colorCompoundBrandBackground, cursor: 'inherit', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' }, '&[aria-disabled="true"]': { opacity: 0.5 } },
})

/** A box to tick, named by `label`; a `refused` one can be reached and says why, but is never ticked. */
export const Tick = ({ label, checked, refused, onChange }: { label: string; checked: boolean; refused: string | null; onChange(on: boolean): void }) => {
  const styles = useStyles()
  return (
    <label className={styles.holder}>
      <input type="checkbox" className={styles.box} aria-label={refused === null ? label : `${label}. ${refused}`} aria-disabled={refused !== null || undefined} title={refused ?? undefined} checked={refused === null && checked} onChange={(event) => onChange(event.target.checked)} />
    </label>
  )
}
