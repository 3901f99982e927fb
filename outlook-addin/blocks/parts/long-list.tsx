import { makeStyles } from '@fluentui/react-components'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Page, Row } from '../../../shared/screens/vocabulary'
import { usePane } from '../pane'
import { Ring } from './action'
import { Button } from './button'
import { moveByArrows } from './list-keys'

/** Rows are drawn in stretches of this many; a stretch far out of view is only a height. */
const STRETCH = 40
const ROW_PX = 56
const NEAR = '800px'

const useStyles = makeStyles({ more: { display: 'grid', justifyItems: 'center', padding: '8px 0' } })

type Draw = (row: Row) => ReactNode

const canObserve = (): boolean => typeof IntersectionObserver !== 'undefined'

/** Whether an element is near the part that is in view; true where the browser can't tell. */
const useNear = (scroller: HTMLElement | null, first: boolean) => {
  const element = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(first || !canObserve())
  useEffect(() => {
    if (element.current === null || !canObserve()) return undefined
    const observer = new IntersectionObserver((seen) => setNear(seen.some((entry) => entry.isIntersecting)), { root: scroller, rootMargin: NEAR })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [scroller])
  return { element, near }
}

/** Some rows of a long list. Out of view they keep the height that they had; the focus keeps them drawn. */
const Stretch = ({ rows, start, total, draw }: { rows: Row[]; start: number; total: number; draw: Draw }) => {
  const { scroller } = usePane()
  const { element, near } = useNear(scroller, start === 0)
  const [held, setHeld] = useState(false)
  const [height, setHeight] = useState(rows.length * ROW_PX)
  const drawn = near || held
  useEffect(() => {
    const shown = element.current?.offsetHeight ?? 0
    if (drawn && shown > 0) setHeight(shown)
  }, [drawn, rows.length, element])
  return (
    <div ref={element} role="presentation" style={drawn ? undefined : { height }} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      {drawn && rows.map((row, i) => <div key={row.id} role="listitem" aria-setsize={total} aria-posinset={start + i + 1}>{draw(row)}</div>)}
    </div>
  )
}

/** Rows of any number: only those near the view are drawn. Arrow keys move between them. */
export const LongList = ({ items, label, draw }: { items: Row[]; label: string; draw: Draw }) => {
  const starts = Array.from({ length: Math.ceil(items.length / STRETCH) }, (_, i) => i * STRETCH)
  return (
    <div role="list" aria-label={label} onKeyDown={moveByArrows}>
      {starts.map((start) => <Stretch key={start} rows={items.slice(start, start + STRETCH)} start={start} total={items.length} draw={draw} />)}
    </div>
  )
}

/** Appends the next page when its end comes into view, and by a button for keyboards and for browsers that can't tell. */
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
    if (next === null || end.current === null || !canObserve()) return undefined
    const observer = new IntersectionObserver((seen) => { if (seen.some((entry) => entry.isIntersecting)) ask.current() }, { rootMargin: '200px' })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [next])
  if (next === null) return null
  return (
    <div ref={end} className={styles.more}>
      <Button appearance="subtle" icon={loadingMore ? <Ring /> : undefined} aria-disabled={loadingMore || undefined} aria-busy={loadingMore || undefined} onClick={() => { if (!loadingMore) more(next) }}>{t('common.load_more')}</Button>
    </div>
  )
}
