/**
 * Gives the page its `history` back: office.js hides `pushState` and `replaceState` behind nulls of
 * its own, which breaks whoever cleans an address afterwards. What it hid is on the prototype.
 */
export const restoreHistory = (history: History): void => {
  for (const name of ['pushState', 'replaceState'] as const) {
    if (!history[name]) Reflect.deleteProperty(history, name)
  }
}
