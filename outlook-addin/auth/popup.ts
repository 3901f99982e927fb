import { EventType } from '@azure/msal-browser'
import type { IPublicClientApplication } from '@azure/msal-browser'
import { isInForeignFrame } from './addresses'

const LOOK_EVERY_MS = 500
/** The answer of a popup that is done may arrive just after it closed. */
const LOOKS_BEFORE_GIVING_UP = 4

const windowOf = (payload: unknown): Window | null => {
  const opened: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'popupWindow') : null
  return opened ? (opened as Window) : null
}

/** Whether the person is back in the page; a frame counts the page around it, where it may look. */
const hasFocus = (window: Window): boolean => (isInForeignFrame(window) ? window : window.top ?? window).document.hasFocus()

/**
 * Settles when the person closed the popup of this client without an answer; MSAL alone would wait for
 * minutes. A popup whose provider cut it off from us also looks closed, but then the person is in it
 * and not in the pane: hence the look at the focus. Call `stop` when the answer is there.
 */
export const watchPopup = (client: Pick<IPublicClientApplication, 'addEventCallback' | 'removeEventCallback'>, window: Window) => {
  let popup: Window | null = null
  let gone = 0
  const opened = client.addEventCallback((message) => { popup = windowOf(message.payload) }, [EventType.POPUP_OPENED])
  let tell: () => void = () => undefined
  const closed = new Promise<void>((settle) => { tell = settle })
  const look = window.setInterval(() => {
    gone = popup?.closed && hasFocus(window) ? gone + 1 : 0
    if (gone === LOOKS_BEFORE_GIVING_UP) tell()
  }, LOOK_EVERY_MS)
  const stop = () => {
    window.clearInterval(look)
    if (opened) client.removeEventCallback(opened)
  }
  return { closed, stop }
}
