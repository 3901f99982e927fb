import type { Config } from '../config'

const BLANK = 'blank.html'
const DIALOG = 'dialog.html'

const resolve = (config: Config, window: Window, sibling = '') => new URL(sibling, new URL(config.redirectPath, window.location.origin)).href

/** Where popups come back to when their answer is handed over by the page itself. */
export const redirectAddress = (config: Config, window: Window): string => resolve(config, window, config.redirectPath)

/** A page without script, for popups whose answer the pane reads from their address. */
export const blankAddress = (config: Config, window: Window): string => resolve(config, window, BLANK)

/** The page that signs in by itself in the client's own window. */
export const dialogAddress = (config: Config, window: Window): string => resolve(config, window, DIALOG)

/**
 * Whether the pane sits in a frame of another site. Browsers then keep its storage and channels apart
 * from those of a popup of the same origin.
 */
export const isInForeignFrame = (window: Window): boolean => {
  try {
    return window.top !== null && window.top.location.origin !== window.location.origin
  } catch {
    return true
  }
}
