import { useEffect, useRef } from 'react'

const withAncestors = (element: Element | null): Element[] => (element === null ? [] : [element, ...withAncestors(element.parentElement)])

/**
 * Keeps the keyboard where it was when what had the focus goes with a redraw (*Suspend* becomes
 * *Restore*): without it the focus is nowhere, and no key reaches the pane. Drawn with every redraw.
 */
export const FocusKeeper = (): null => {
  const path = useRef<Element[]>([])
  useEffect(() => {
    const hear = () => { path.current = withAncestors(document.activeElement) }
    hear()
    document.addEventListener('focusin', hear)
    return () => document.removeEventListener('focusin', hear)
  }, [])
  useEffect(() => {
    const [focused] = path.current
    if (focused === undefined || focused.isConnected || document.activeElement !== document.body) return
    const near = path.current.find((element) => element.isConnected)
    if (!(near instanceof HTMLElement) || near === document.body) return
    near.tabIndex = -1
    near.focus({ preventScroll: true })
  })
  return null
}
