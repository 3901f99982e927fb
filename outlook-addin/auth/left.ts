/** Whether the person signed out here; a mail client whose own sign-in asks nobody would let them in again by itself. */
export type Left = {
  isOut(): boolean
  set(out: boolean): void
  /** Called when they sign out in another pane of this browser. */
  onElsewhere(listener: () => void): void
}

const KEY = 'orgdesk.signedOut'

/** Kept beside MSAL's own storage, for every pane of this browser; where it keeps nothing, for the life of the page. */
export const createLeft = (window: Window): Left => {
  let here = false
  const attempt = <T>(act: (storage: Storage) => T, otherwise: T): T => {
    try {
      return act(window.localStorage)
    } catch {
      return otherwise
    }
  }
  return {
    isOut: () => here || attempt((storage) => storage.getItem(KEY) !== null, false),
    set: (out) => {
      here = out
      attempt((storage) => (out ? storage.setItem(KEY, 'yes') : storage.removeItem(KEY)), undefined)
    },
    onElsewhere: (listener) => window.addEventListener('storage', ({ key, newValue }) => { if (key === KEY && newValue !== null) listener() }),
  }
}
