const withAncestors = (element: Element | null): Element[] => (element === null ? [] : [element, ...withAncestors(element.parentElement)])

/** By then a new screen has given the focus to its title. */
const AFTER_MS = 50

/**
 * From now on keeps the keyboard where it was when what had the focus goes with a redraw (*Suspend*
 * becomes *Restore*): without it the focus is nowhere, and no key reaches the pane.
 */
export const keepFocus = (page: Document): void => {
  let path = withAncestors(page.activeElement)
  const check = (): void => {
    if (page.activeElement !== page.body || path[0]?.isConnected !== false) return
    const near = path.find((element) => element.isConnected && element !== page.body)
    if (!(near instanceof HTMLElement)) return
    near.tabIndex = -1
    near.focus({ preventScroll: true })
  }
  page.addEventListener('focusin', () => { path = withAncestors(page.activeElement) })
  new MutationObserver(() => { if (page.activeElement === page.body) setTimeout(check, AFTER_MS) }).observe(page.body, { childList: true, subtree: true })
}
