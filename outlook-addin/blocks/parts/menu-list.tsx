import { makeStyles } from '@fluentui/react-components'
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from 'react'
import type { ActionRef } from '../../../shared/screens/vocabulary'
import { actionKey, usePane } from '../pane'
import { tokens } from './tokens'

const useStyles = makeStyles({
  list: {
    position: 'fixed', zIndex: 10, boxSizing: 'border-box', minWidth: '180px', maxWidth: 'min(280px, calc(100vw - 16px))', maxHeight: 'calc(100vh - 16px)', overflowY: 'auto', margin: 0, padding: '4px',
    backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorNeutralForeground1, borderRadius: tokens.borderRadiusMedium, boxShadow: tokens.shadow16, border: `1px solid ${tokens.colorTransparentStroke}`,
  },
  item: {
    display: 'block', width: '100%', boxSizing: 'border-box', minHeight: '32px', padding: '6px 8px', border: 'none', borderRadius: tokens.borderRadiusMedium, backgroundColor: 'transparent', color: 'inherit', textAlign: 'start', font: 'inherit', fontSize: tokens.fontSizeBase300, cursor: 'pointer', overflowWrap: 'anywhere',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '&[aria-disabled="true"]': { color: tokens.colorNeutralForeground3, cursor: 'default' },
  },
  danger: { color: tokens.colorStatusDangerForeground3 },
  reason: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
})

const GAP_PX = 8

/** Keeps the list inside the pane: below its button where there is room, above it otherwise. */
const placed = (anchor: DOMRect, list: DOMRect): { top: number; left: number } => {
  const below = anchor.bottom + 2
  const top = below + list.height + GAP_PX <= window.innerHeight ? below : Math.max(GAP_PX, anchor.top - list.height - 2)
  return { top, left: Math.max(GAP_PX, Math.min(anchor.right - list.width, window.innerWidth - list.width - GAP_PX)) }
}

const KEYS: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => (at === last ? 0 : at + 1),
  ArrowUp: (at, last) => (at <= 0 ? last : at - 1),
  Home: () => 0,
  End: (_, last) => last,
}

const itemsOf = (list: HTMLElement | null): HTMLElement[] => [...(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]

/** The open list: arrows, first letters, Home, End, Escape; a click elsewhere closes it. */
export const MenuList = ({ items, id, label, anchor, close }: { items: ActionRef[]; id: string; label: string; anchor: RefObject<HTMLElement | null>; close(refocus: boolean): void }) => {
  const styles = useStyles()
  const { run, tell } = usePane()
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (list.current === null || anchor.current === null) return
    const { top, left } = placed(anchor.current.getBoundingClientRect(), list.current.getBoundingClientRect())
    list.current.style.top = `${top}px`
    list.current.style.left = `${left}px`
    itemsOf(list.current)[0]?.focus()
  }, [anchor])
  useEffect(() => {
    const away = (event: Event) => {
      if (!(event.target instanceof Node) || (!list.current?.contains(event.target) && !anchor.current?.contains(event.target))) close(false)
    }
    const scrolled = (event: Event) => event.target !== list.current && close(false)
    document.addEventListener('pointerdown', away, true)
    document.addEventListener('scroll', scrolled, true)
    return () => {
      document.removeEventListener('pointerdown', away, true)
      document.removeEventListener('scroll', scrolled, true)
    }
  }, [anchor, close])
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return close(false)
    if (event.key === 'Escape') {
      event.stopPropagation()
      return close(true)
    }
    const all = itemsOf(list.current)
    const at = all.findIndex((item) => item === document.activeElement)
    const letter = event.key.length === 1 ? [...all.slice(at + 1), ...all].find((item) => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase())) : undefined
    const move = KEYS[event.key]
    const target = move ? all[move(at, all.length - 1)] : letter
    if (target === undefined) return
    event.preventDefault()
    target.focus()
  }
  return (
    <div ref={list} id={id} role="menu" tabIndex={-1} aria-label={label} className={styles.list} onKeyDown={press}>
      {items.map((item) => (
        <button
          key={actionKey(item)} type="button" role="menuitem" tabIndex={-1} className={`${styles.item} ${item.tone === 'danger' && item.enabled === true ? styles.danger : ''}`} aria-disabled={item.enabled !== true || undefined}
          onClick={() => {
            if (item.enabled !== true) return tell(item.enabled)
            close(true)
            run(item)
          }}
        >
          {item.label}
          {item.enabled !== true && <span className={styles.reason}>{item.enabled}</span>}
        </button>
      ))}
    </div>
  )
}
