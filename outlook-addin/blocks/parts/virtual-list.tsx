import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import type { Row } from '../../../shared/screens/vocabulary'
import { usePane } from '../pane'
import { useArrows, useListStyles } from './list-keys'

const ROW_PX = 56

/** A list of which only the rows in view exist; the others keep their place by their height. */
export const VirtualList = ({ items, label, draw }: { items: Row[]; label: string; draw(item: Row): ReactNode }) => {
  const styles = useListStyles()
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
