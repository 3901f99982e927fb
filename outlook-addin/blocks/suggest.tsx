import { makeStyles } from '@fluentui/react-components'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import type { EndpointKey } from '../../shared/api/contract'
import type { TextField } from '../../shared/screens/vocabulary'
import { usePane, type Suggestion } from './pane'
import { TextBox, type Described } from './parts/inputs'
import { tokens } from './parts/tokens'

const WAIT_MS = 200
const FROM_LETTERS = 2

const useStyles = makeStyles({
  holder: { position: 'relative', display: 'grid' },
  list: { position: 'absolute', zIndex: 5, top: '100%', insetInlineStart: 0, insetInlineEnd: 0, margin: '2px 0 0', padding: '4px', listStyle: 'none', maxHeight: '220px', overflowY: 'auto', backgroundColor: tokens.colorNeutralBackground1, borderRadius: tokens.borderRadiusMedium, boxShadow: tokens.shadow16 },
  option: { padding: '6px 8px', borderRadius: tokens.borderRadiusMedium, cursor: 'pointer', overflowWrap: 'anywhere', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover }, '&[aria-selected="true"]': { backgroundColor: tokens.colorNeutralBackground1Selected } },
})

const useSuggestions = (endpoint: EndpointKey, typed: string, asked: boolean): Suggestion[] => {
  const { suggest } = usePane()
  const [found, setFound] = useState<Suggestion[]>([])
  useEffect(() => {
    if (!asked || typed.trim().length < FROM_LETTERS) return setFound([])
    let current = true
    const timer = setTimeout(() => { void suggest(endpoint, typed.trim()).then((all) => { if (current) setFound(all) }) }, WAIT_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [suggest, endpoint, typed, asked])
  return found
}

type Props = { described: Described; field: TextField; endpoint: EndpointKey; write(value: string): void }

/** A text field that offers what the server knows; any text may still be typed. */
export const SuggestInput = ({ described, field, endpoint, write }: Props) => {
  const styles = useStyles()
  const { t } = usePane()
  const listId = useId()
  const [asked, setAsked] = useState(false)
  const [at, setAt] = useState(-1)
  const found = useSuggestions(endpoint, field.value, asked)
  const open = asked && found.length > 0
  const take = (suggestion: Suggestion) => {
    write(suggestion.value)
    setAsked(false)
    setAt(-1)
  }
  const press = (event: KeyboardEvent) => {
    if (!open) return
    const chosen = found[at]
    if (event.key === 'ArrowDown') setAt((at + 1) % found.length)
    else if (event.key === 'ArrowUp') setAt((at <= 0 ? found.length : at) - 1)
    else if (event.key === 'Enter' && chosen) take(chosen)
    else if (event.key === 'Escape') {
      setAsked(false)
      event.stopPropagation()
    } else return
    event.preventDefault()
  }
  return (
    <div className={styles.holder}>
      <TextBox
        {...described} name={field.name} type={field.as === 'email' ? 'email' : 'text'} value={field.value} autoComplete="off" role="combobox" aria-autocomplete="list" aria-expanded={open} aria-controls={open ? listId : undefined} aria-activedescendant={open && at >= 0 ? `${listId}-${at}` : undefined}
        onChange={(event) => { setAsked(true); setAt(-1); write(event.target.value) }} onKeyDown={press} onBlur={() => setAsked(false)}
      />
      {open && (
        <ul id={listId} role="listbox" aria-label={t('pane.suggestions')} className={styles.list}>
          {found.map((suggestion, i) => <li key={suggestion.value} id={`${listId}-${i}`} role="option" aria-selected={i === at} className={styles.option} onPointerDown={(event) => { event.preventDefault(); take(suggestion) }}>{suggestion.label}</li>)}
        </ul>
      )}
    </div>
  )
}
