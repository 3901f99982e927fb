import { lazy, Suspense, useId, useRef, useState } from 'react'
import type { ActionRef } from '../../../shared/screens/vocabulary'
import { actionKey, usePane } from '../pane'
import { Ring } from './action'
import { Button } from './button'
import { Drawing } from './icons'

const MenuList = lazy(() => import(/* webpackChunkName: "lazy-blocks" */ './menu-list').then((part) => ({ default: part.MenuList })))

/** A button that opens a list of actions: arrows, first letters, Home, End, Escape. `label` names what they act on. */
export const ActionMenu = ({ items, label }: { items: ActionRef[]; label: string }) => {
  const { busy } = usePane()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const running = items.some((item) => busy === actionKey(item))
  const close = (refocus: boolean) => {
    setOpen(false)
    if (refocus) button.current?.focus()
  }
  return (
    <>
      <Button
        ref={button} type="button" appearance="subtle" icon={running ? <Ring /> : <Drawing glyph="more" />} aria-label={label} aria-haspopup="menu" aria-expanded={open} aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          setOpen(true)
        }}
      />
      <Suspense>{open && <MenuList items={items} id={id} label={label} anchor={button} close={close} />}</Suspense>
    </>
  )
}
