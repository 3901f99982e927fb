import { Button, makeStyles } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { Page } from '../../../shared/screens/vocabulary'
import { usePane } from '../pane'
import { Ring } from './action'

/** Lists up to this many rows are drawn whole: find-in-page and screen readers then see all of them. */
const WHOLE_UP_TO = 80
const ROW_PX = 56

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, position: 'relative' },
  floating: { position: 'absolute', insetInlineStart: 0, top: 0, width: '100%' },
  more: { display: 'grid', justifyItems: 'center', padding: '8px 0' },
})

type Item = { id: string }

/** Arrows move between rows by their main control; the virtualizer is asked for rows that are not drawn. */
const useArrows = (count: number, bring: (index: number) => void) => (event: KeyboardEvent<HTMLElement>) => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const target = event.target
  if (!(target instanceof HTMLElement) || !(target.matches('[data-row-main]') || target instanceof HTMLInputElement && target.type === 'checkbox')) return
  const control = target.matches('[data-row-main]') ? '[data-row-main]' : 'input[type="checkbox"]'
  const list = event.currentTarget
  const at = Number(target.closest<HTMLElement>('[data-index]')?.dataset['index'])
  const next = at + (event.key === 'ArrowDown' ? 1 : -1)
  if (!Number.isFinite(at) || next < 0 || next >= count) return
  event.preventDefault()
  bring(next)
  const focus = () => list.querySelector<HTMLElement>(`[data-index="${next}"] ${control}`)?.focus()
  if (list.querySelector(`[data-index="${next}"]`)) focus()
  else requestAnimationFrame(focus)
}

const Whole = <T extends Item>({ items, label, draw }: { items: T[]; label: string; draw(item: T): ReactNode }) => {
  const styles = useStyles()
  const arrows = useArrows(items.length, () => undefined)
  return <ul className={styles.list} aria-label={label} onKeyDown={arrows}>{items.map((item, i) => <li key={item.id} data-index={i}>{draw(item)}</li>)}</ul>
}

const Virtual = <T extends Item>({ items, label, draw }: { items: T[]; label: string; draw(item: T): ReactNode }) => {
  const styles = useStyles()
  const { scroller } = usePane()
  const list = useRef<HTMLUListElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  useLayoutEffect(() => {
    if (list.current && scroller) setScrollMargin(list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop)
  }, [scroller, items.length])
  const virtual = useVirtualizer({ count: items.length, getScrollElement: () => scroller, estimateSize: () => ROW_PX, overscan: 8, scrollMargin, getItemKey: (i) => items[i]?.id ?? i, initialRect: { width: 320, height: 600 } })
  const arrows = useArrows(items.length, (i) => virtual.scrollToIndex(i))
  return (
    <ul ref={list} className={styles.list} aria-label={label} style={{ height: virtual.getTotalSize() }} onKeyDown={arrows}>
      {virtual.getVirtualItems().map((place) => {
        const item = items[place.index]
        return item && (
          <li key={item.id} ref={virtual.measureElement} data-index={place.index} aria-setsize={items.length} aria-posinset={place.index + 1} className={styles.floating} style={{ transform: `translateY(${place.start - scrollMargin}px)` }}>
            {draw(item)}
          </li>
        )
      })}
    </ul>
  )
}

/** Rows of any number: only those in view exist where there are many. Arrow keys move between them. */
export const LongList = <T extends Item>(props: { items: T[]; label: string; draw(item: T): ReactNode }) =>
  props.items.length > WHOLE_UP_TO ? <Virtual {...props} /> : <Whole {...props} />

/** Appends the next page when its end comes into view, and by a button for keyboards and for browsers without observers. */
export const MoreRows = ({ page }: { page: Page }) => {
  const styles = useStyles()
  const { more, loadingMore, t } = usePane()
  const end = useRef<HTMLDivElement>(null)
  const { next } = page
  const ask = useRef<() => void>(() => undefined)
  useEffect(() => {
    ask.current = () => { if (next !== null && !loadingMore) more(next) }
  })
  useEffect(() => {
    if (next === null || end.current === null || typeof IntersectionObserver === 'undefined') return undefined
    const observer = new IntersectionObserver((seen) => { if (seen.some((entry) => entry.isIntersecting)) ask.current() }, { rootMargin: '200px' })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [next])
  if (next === null) return null
  return (
    <div ref={end} className={styles.more}>
      <Button type="button" appearance="subtle" icon={loadingMore ? <Ring /> : undefined} aria-disabled={loadingMore || undefined} aria-busy={loadingMore || undefined} onClick={() => { if (!loadingMore) more(next) }}>{t('common.load_more')}</Button>
    </div>
  )
}
