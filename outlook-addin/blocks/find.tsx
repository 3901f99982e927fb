import { makeStyles } from '@fluentui/react-components'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { namesOf } from '../../shared/screens/find'
import type { FindField, Named } from '../../shared/screens/vocabulary'
import { usePane } from './pane'
import { Button } from './parts/button'
import { Drawing } from './parts/icons'
import { TextBox, type Described } from './parts/inputs'
import { comboOf, Listbox, pressOf, useSuggestions } from './parts/listbox'
import { tokens } from './parts/tokens'

const useStyles = makeStyles({
  holder: { position: 'relative', display: 'grid' },
  tags: { display: 'flex', flexWrap: 'wrap', gap: '4px', margin: '0 0 4px', padding: 0, listStyle: 'none', minWidth: 0 },
  tag: { display: 'flex', alignItems: 'center', maxWidth: '100%', minWidth: 0, boxSizing: 'border-box', paddingInlineStart: '8px', borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground1 },
  name: { minWidth: 0, overflowWrap: 'anywhere', padding: '3px 0' },
  none: { padding: '6px 0 0', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
})

type Props = { described: Described; field: FindField; write(value: string[], names?: Record<string, string>): void }

const Tags = ({ field, remove }: { field: FindField; remove(one: Named): void }) => {
  const styles = useStyles()
  const { t } = usePane()
  if (field.chosen.length === 0) return null
  return (
    <ul className={styles.tags} aria-label={t('pane.chosen', { label: field.label })}>
      {field.chosen.map((one) => (
        <li key={one.value} className={styles.tag}>
          <span className={styles.name}>{one.label}</span>
          <Button type="button" size="small" appearance="transparent" icon={<Drawing glyph="close" size={14} />} aria-label={t('pane.take_away', { name: one.label })} onClick={() => remove(one)} />
        </li>
      ))}
    </ul>
  )
}

/** Records found by typing: what is chosen stands above with its name, the closest matches open below; Backspace takes the last one away. */
export const FindInput = ({ described, field, write }: Props) => {
  const styles = useStyles()
  const { t } = usePane()
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState(false)
  const [moved, setMoved] = useState<number | null>(null)
  const found = useSuggestions(field.from, typed, asked, 1)
  const isBlank = typed.trim() === ''
  const isChosen = (value: string) => field.chosen.some((one) => one.value === value)
  const offered = (isBlank ? field.first : (found ?? []).map(({ id, label }) => ({ value: id, label }))).filter(({ value }) => !isChosen(value))
  const isFull = field.several && field.max !== undefined && field.chosen.length >= field.max
  const open = asked && !isFull && offered.length > 0
  // Who typed a name means the closest one; who only opened the list has chosen nothing yet.
  const at = moved ?? (isBlank ? -1 : 0)
  const close = () => { setAsked(false); setMoved(null) }
  const take = (i: number) => {
    const one = offered[i]
    if (one === undefined) return
    const chosen = field.several ? [...field.chosen, one] : [one]
    write(chosen.map(({ value }) => value), namesOf(chosen))
    setTyped('')
    close()
  }
  const remove = (one: Named) => {
    const chosen = field.chosen.filter(({ value }) => value !== one.value)
    write(chosen.map(({ value }) => value), namesOf(chosen))
    input.current?.focus()
  }
  const walk = pressOf(open, offered.length, at, { to: setMoved, take, close })
  const press = (event: KeyboardEvent) => {
    const last = field.chosen.at(-1)
    if (event.key === 'Backspace' && typed === '' && last) return remove(last)
    if (event.key === 'ArrowDown' && !open) return setAsked(true)
    // What is typed here is no answer yet: Enter must not send the form with it.
    if (event.key === 'Enter' && !isBlank) event.preventDefault()
    return walk(event)
  }
  return (
    <div>
      <Tags field={field} remove={remove} />
      <div className={styles.holder}>
        <TextBox
          {...described} {...comboOf(listId, open, at)} ref={input} name={field.name} type="text" value={typed} disabled={isFull} placeholder={field.chosen.length === 0 && field.none !== undefined ? field.none : t('pane.find')}
          onChange={(event) => { setAsked(true); setMoved(null); setTyped(event.target.value) }} onPointerDown={() => setAsked(true)} onKeyDown={press} onBlur={close}
        />
        {open && <Listbox id={listId} label={field.label} items={offered.map(({ value, label }) => ({ key: value, label }))} at={at} take={take} />}
      </div>
      <div role="status" className={styles.none}>{asked && !isBlank && found !== null && offered.length === 0 ? t('pane.none_found') : null}</div>
    </div>
  )
}
