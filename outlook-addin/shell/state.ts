import type { Me } from '../../shared/access/me.model'
import type { Failure } from '../../shared/errors'
import type { Translate } from '../../shared/i18n/translate'
import type { Locale } from '../../shared/kit/locale'
import type { Instant } from '../../shared/kit/result'
import type { MailContext } from '../../shared/mail/mail.model'
import type { Confirmation } from '../../shared/screens/action-step'
import type { AnyScreen } from '../../shared/screens/define'
import type { ActionRef, BlockKind, Draft, Link, Loaded, Origins, Params, Screen, Tone } from '../../shared/screens/vocabulary'
import type { Auth } from '../auth/auth'
import type { Host } from '../host/host'
import type { Send } from '../send'
import type { OpenStream } from './stream'
import type { Timers } from './timers'

/** One screen in the stack, with the mail it was opened beside and how far it was scrolled, in px. */
export type Frame = { link: Link; mail: MailContext | null; scrollTop: number }
/** One page of replies; the first one is the screen's own. */
export type Replied = { params: Params; replies: Record<string, Loaded<unknown>> }
/** A sentence that leaves by itself, with at most one way to go on. */
export type Toast = { id: string; tone: Tone; text: string; undo?: ActionRef; href?: string }
/** A question that waits for an answer. */
export type Ask = Confirmation & { accept(): void; dismiss(): void }
/** An action that got no answer: `retry` sends the same request with the same key. */
export type Problem = { failure: Failure; retry(): void }

export type ShellState = {
  viewer: Me | null
  /** Null until the host has told which mail is open, or that none is. */
  mail: MailContext | null
  readingMail: boolean
  frames: Frame[]
  /** The definition of the top screen; null where its link leads nowhere. */
  def: AnyScreen | null
  pages: Replied[]
  /** What is drawn; null shows `shape`. */
  screen: Screen | null
  shape: BlockKind[]
  loading: boolean
  loadingMore: boolean
  draft: Draft
  /** `actionKey` of the action under way. */
  busy: string | null
  ask: Ask | null
  problem: Problem | null
  toasts: Toast[]
}

export type ShellDeps = {
  host: Host
  auth: Auth
  send: Send
  /** Replaced when the viewer's own setting is another language than the host's. */
  t: Translate
  origins: Origins
  supportUrl: string | null
  now(): Instant
  newId(): string
  timers: Timers
  /** The stream of changes; null where the page can't have one. */
  openStream: (() => Promise<OpenStream>) | null
  isVisible(): boolean
  /** Screen and parameters that the page's address asks for. */
  deepLink: { screen: string; params: Params } | null
  /** Words and times as the viewer's own settings want them, once these are known. `timeZone` is empty for the host's own. */
  loadLanguage(locale: Locale, timeZone: string): Promise<Translate>
}

/** The screen on top of the stack; there is always one. */
export const topFrame = (state: ShellState): Frame => state.frames[state.frames.length - 1] ?? { link: { screen: 'home', params: {} }, mail: null, scrollTop: 0 }
