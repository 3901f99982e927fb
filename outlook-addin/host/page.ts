import { failure } from '../../shared/errors'
import type { Failure } from '../../shared/errors'
import { arrived, failed } from '../../shared/kit/result'
import type { Result } from '../../shared/kit/result'
import type { HostStorage, Theme, Unsubscribe } from './host'

/** What a browser page can do by itself, in Outlook or not. */

const DARK = '(prefers-color-scheme: dark)'
const refused = (): { ok: false; failure: Failure } => failed(failure('host.refused'))

/** What the browser prefers; light where it can't be asked. */
export const pageTheme = (window: Window): Theme => (window.matchMedia?.(DARK).matches ? 'dark' : 'light')

/** Tells when that preference changes. */
export const onPageTheme = (window: Window, listener: (theme: Theme) => void): Unsubscribe => {
  const query = window.matchMedia?.(DARK)
  const changed = () => listener(pageTheme(window))
  query?.addEventListener('change', changed)
  return () => query?.removeEventListener('change', changed)
}

/** Session storage below a prefix, with memory in its place where the browser throws or keeps nothing. */
export const pageStorage = (window: Window, prefix: string): HostStorage => {
  const memory = new Map<string, string>()
  const attempt = <T>(act: (storage: Storage) => T, otherwise: () => T): T => {
    try {
      return act(window.sessionStorage)
    } catch {
      return otherwise()
    }
  }
  const keyOf = (key: string) => prefix + key
  return {
    get: (key) => memory.get(key) ?? attempt((storage) => storage.getItem(keyOf(key)), () => null),
    set: (key, value) => attempt((storage) => { storage.setItem(keyOf(key), value); memory.delete(key) }, () => { memory.set(key, value) }),
    clear: () => {
      memory.clear()
      attempt((storage) => { for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key) }, () => undefined)
    },
    remove: (key) => { memory.delete(key); attempt((storage) => storage.removeItem(keyOf(key)), () => undefined) },
  }
}

/** An address that may leave the pane, completed; null for scripts, other protocols and nonsense. */
export const safeLink = (window: Window, url: string): string | null => {
  try {
    const target = new URL(url, window.location.href)
    return target.protocol === 'https:' || target.protocol === 'mailto:' || target.origin === window.location.origin ? target.href : null
  } catch {
    return null
  }
}

/** Opens a safe address in a window that can't reach back into this one. */
export const openPage = (window: Window, url: string): Result<undefined, Failure> => {
  const target = safeLink(window, url)
  if (target === null) return refused()
  // Not with `noopener`: then a blocked window and an opened one look the same.
  const opened = window.open(target, '_blank')
  if (!opened) return refused()
  opened.opener = null
  return arrived(undefined)
}

const canCopyByCommand = (document: Document): boolean => document.queryCommandSupported?.('copy') ?? false

/** Whether there is any way to the clipboard. */
export const canCopy = (window: Window): boolean => Boolean(window.navigator.clipboard) || canCopyByCommand(window.document)

const copyByCommand = (document: Document, text: string): boolean => {
  if (!canCopyByCommand(document)) return false
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.style.position = 'fixed'
  field.style.opacity = '0'
  document.body.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (focused && 'focus' in focused && typeof focused.focus === 'function') focused.focus()
  return copied
}

/** Copies a text; the older way steps in where a frame may not use the newer. */
export const copyText = async (window: Window, text: string): Promise<Result<undefined, Failure>> => {
  try {
    await window.navigator.clipboard.writeText(text)
    return arrived(undefined)
  } catch {
    return copyByCommand(window.document, text) ? arrived(undefined) : refused()
  }
}
