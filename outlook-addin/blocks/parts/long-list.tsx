import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react'
import type { Page, Row } from '../../../shared/screens/vocabulary'
import { usePane } from '../pane'
import { Ring } from './action'
import { useArrows, useListStyles } from './list-keys'
import { Button } from './button'

/** Lists up to this many rows are drawn whole: find-in-page and screen readers then see all of them. */
const WHOLE_UP_TO = 80
type ListProps = { items: Row[]; label: string; draw(item: Row): ReactNode }

const VirtualList = lazy(() => import('./virtual-list').then((part) => ({ default: part.VirtualList })))

const Whole = ({ items, label, draw }: ListProps) => {
  const styles = useListStyles()
  const arrows = useArrows(items.length, () => undefined)
  return <ul className={styles.list} aria-label={label} onKeyDown={arrows}>{items.map((item, i) => <li key={item.id} data-index={i}>{draw(item)}</li>)}</ul>
}

/** Rows of any number: only those in view exist where there are many. Arrow keys move between them. */
export const LongList = (props: ListProps) => {
  if (props.items.length <= WHOLE_UP_TO) return <Whole {...props} />
  return <Suspense fallback={<Whole {...props} items={props.items.slice(0, WHOLE_UP_TO)} />}><VirtualList {...props} /></Suspense>
}

/** Appends the next page when its end comes into view, and by a button for keyboards and for browsers without observers. */
export const MoreRows = ({ page }: { page: Page }) => {
  const styles = useListStyles()
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
