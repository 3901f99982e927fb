import type { KeyboardEvent } from 'react'

const ROW_CONTROLS = ['[data-row-main]', 'input[type="checkbox"]'] as const

/** Arrows move between rows, from one row's control to the same one of the next. */
export const moveByArrows = (event: KeyboardEvent<HTMLElement>): void => {
  const { target, key } = event
  if ((key !== 'ArrowDown' && key !== 'ArrowUp') || !(target instanceof HTMLElement)) return
  const control = ROW_CONTROLS.find((selector) => target.matches(selector))
  if (control === undefined) return
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(control)]
  const next = all[all.indexOf(target) + (key === 'ArrowDown' ? 1 : -1)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
