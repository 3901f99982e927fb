import type { Failure } from '../../shared/errors'
import type { Result } from '../../shared/kit/result'
import type { MailContext } from '../../shared/mail/mail.model'
import type { Capabilities } from '../../shared/screens/vocabulary'

export type Theme = 'light' | 'dark'

/** Ends a subscription; calling it twice is harmless. */
export type Unsubscribe = () => void

/** A mail to begin in the mail client; `html` is our own, already escaped. */
export type Outgoing = { to: string[]; subject: string; html: string }

/** How a window that the host opened for sign-in ended. `unavailable`: this host has no such window. */
export type DialogOutcome = { ended: 'message'; text: string } | { ended: 'closed' | 'blocked' | 'unavailable' | 'failed' }

/** Small texts for as long as the pane lives. Never throws: where the browser keeps nothing, memory does. */
export type HostStorage = { get(key: string): string | null; set(key: string, value: string): void; remove(key: string): void; /** Removes all that was set through it, also before a reload. */ clear(): void }

/**
 * Where the pane runs, as values and functions of our own. Nothing outside `host/` knows Outlook.
 * Nothing here rejects or throws: what the host can't do comes back as a failure, `host.refused`
 * unless it says otherwise.
 */
export type Host = {
  kind: 'outlook' | 'browser'
  /** The language of the client's own menus, as the host spells it (`fr-FR`). */
  locale: string
  /** Owner of the mailbox; null where there is no mailbox. */
  address: string | null
  capabilities: Capabilities
  /** Whether `copy` has a chance; where it has none, texts are shown for copying by hand. */
  supportsCopy: boolean
  storage: HostStorage

  /**
   * The mail that is open when the promise settles, null where none is. A mail that was left while
   * it was being read is never told: the reading starts again for the next. Parts that the host
   * keeps to itself come as empty or null, after at most a few seconds.
   */
  mail(): Promise<MailContext | null>
  /** Called as soon as another mail (or none) is open, before it is read: clear, then ask `mail()`. */
  onMailChanged(listener: () => void): Unsubscribe
  /** The bytes of an attachment of the open mail; `network.timeout` where the host stays silent. */
  readAttachment(id: string): Promise<Result<Uint8Array, Failure>>

  theme(): Theme
  onThemeChanged(listener: (theme: Theme) => void): Unsubscribe

  /** Opens https, mailto and own-origin addresses outside the pane; anything else, or a blocked window, fails. */
  openLink(url: string): Result<undefined, Failure>
  /** Begins a mail in the client's own form. Where `capabilities.compose` is false it fails. */
  compose(mail: Outgoing): Promise<Result<undefined, Failure>>
  /** Puts a text on the clipboard. */
  copy(text: string): Promise<Result<undefined, Failure>>

  /**
   * Opens an own-origin https page in the host's own window and waits until it says something
   * or is closed. Only for signing in where a popup can't open.
   */
  dialog(url: string): Promise<DialogOutcome>
}
