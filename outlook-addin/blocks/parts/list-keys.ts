import { makeStyles } from '@fluentui/react-components'
import type { KeyboardEvent } from 'react'

/** How lists of rows lie, whole or in part. */
export const useListStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, position: 'relative' },
  floating: { position: 'absolute', left: 0, top: 0, width: '100%' },
  more: { display: 'grid', justifyItems: 'center', padding: '8px 0' },
})

/** Whatever has an id can be a row. */
export type Item = { id: string }

/** Arrows move between rows by their main control; the virtualizer is asked for rows that are not drawn. */
export const useArrows = (count: number, bring: (index: number) => void) => (event: KeyboardEvent<HTMLElement>) => {
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
