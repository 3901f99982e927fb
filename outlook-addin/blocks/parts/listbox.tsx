import { makeStyles } from '@fluentui/react-components'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { EndpointKey } from '../../../shared/api/contract'
import type { Suggestion } from '../../../shared/screens/find'
import { usePane } from '../pane'
import { tokens } from './tokens'

const WAIT_MS = 200

const useStyles = makeStyles({
  list: { position: 'absolute', zIndex: 5, top: '100%', insetInlineStart: 0, insetInlineEnd: 0, margin: '2px 0 0', padding: '4px', listStyle: 'none', maxHeight: '220px', overflowY: 'auto', backgroundColor: tokens.colorNeutralBackground1, borderRadius: tokens.borderRadiusMedium, boxShadow: tokens.shadow16 },
  option: { padding: '6px 8px', borderRadius: tokens.borderRadiusMedium, cursor: 'pointer', overflowWrap: 'anywhere', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover }, '&[aria-selected="true"]': { backgroundColor: tokens.colorNeutralBackground1Selected } },
})

/** What the server knows of the letters typed, once the typing rests; null until it has answered for just these. */
export const useSuggestions = (endpoint: EndpointKey, typed: string, asked: boolean, fromLetters: number): Suggestion[] | null => {
  const { suggest } = usePane()
  const letters = typed.trim()
  const [found, setFound] = useState<{ of: string; all: Suggestion[] }>({ of: '', all: [] })
  const asks = asked && letters.length >= fromLetters
  useEffect(() => {
    if (!asks) return undefined
    let current = true
    const timer = setTimeout(() => { void suggest(endpoint, letters).then((all) => { if (current) setFound({ of: letters, all }) }) }, WAIT_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [suggest, endpoint, letters, asks])
  if (!asks) return []
  return found.of === letters ? found.all : null
}

/** Arrows walk through `count` options, Enter takes one, Escape closes. Keys that mean nothing here go on to the form. */
export const pressOf = (open: boolean, count: number, at: number, go: { to(at: number): void; take(at: number): void; close(): void }) => (event: KeyboardEvent): void => {
  if (!open || count === 0) return
  if (event.key === 'ArrowDown') go.to((at + 1) % count)
  else if (event.key === 'ArrowUp') go.to((at <= 0 ? count : at) - 1)
  else if (event.key === 'Enter' && at >= 0) go.take(at)
  else if (event.key === 'Escape') {
    go.close()
    event.stopPropagation()
  } else return
  event.preventDefault()
}

type Item = { key: string; label: string }

/** The options below a text field, of which one is about to be taken; the field keeps the focus. */
export const Listbox = ({ id, label, items, at, take }: { id: string; label: string; items: readonly Item[]; at: number; take(at: number): void }) => {
  const styles = useStyles()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => { list.current?.children[at]?.scrollIntoView?.({ block: 'nearest' }) }, [at])
  return (
    <ul ref={list} id={id} role="listbox" aria-label={label} className={styles.list}>
      {items.map((item, i) => <li key={item.key} id={`${id}-${i}`} role="option" aria-selected={i === at} className={styles.option} onPointerDown={(event) => { event.preventDefault(); take(i) }}>{item.label}</li>)}
    </ul>
  )
}

/** What ties a text field to its options. */
export const comboOf = (id: string, open: boolean, at: number) => ({
  'role': 'combobox', 'autoComplete': 'off', 'aria-autocomplete': 'list', 'aria-expanded': open, 'aria-controls': open ? id : undefined, 'aria-activedescendant': open && at >= 0 ? `${id}-${at}` : undefined,
}) as const
