import type { Me } from '../../shared/access/me.model'
import type { Failure } from '../../shared/errors'
import type { Translate } from '../../shared/i18n/translate'
import type { Locale } from '../../shared/kit/locale'
import type { Instant } from '../../shared/kit/result'
import type { MailContext } from '../../shared/mail/mail.model'
import type { Confirmation } from '../../shared/screens/action-step'
import type { AnyScreen } from '../../shared/screens/define'
import { appendPage, drawScreen, screenKey } from '../../shared/screens/lifecycle'
import type { ActionRef, BlockKind, Draft, Env, Link, Loaded, Origins, Params, Screen, Tone } from '../../shared/screens/vocabulary'
import type { Auth } from '../auth/auth'
import type { Host } from '../host/host'
import type { Send } from '../send'
import type { ReplyCache } from './cache'
import type { Drafts } from './drafts'
import type { Store } from './store'
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
  /** Words of another language, once the viewer's own setting is known. */
  loadLanguage(locale: Locale): Promise<Translate>
}

/** What the parts of the shell share. */
export type Core = { deps: ShellDeps; store: Store<ShellState>; cache: ReplyCache; drafts: Drafts }

/** The screen on top of the stack; there is always one. */
export const topFrame = (state: ShellState): Frame => state.frames[state.frames.length - 1] ?? { link: { screen: 'home', params: {} }, mail: null, scrollTop: 0 }

/** What views of the top screen depend on. */
export const envOf = ({ deps, store }: Core): Env => {
  const state = store.get()
  return { viewer: state.viewer, mail: topFrame(state).mail, can: deps.host.capabilities, t: deps.t, now: deps.now(), supportUrl: deps.supportUrl, origins: deps.origins }
}

/** The key of the top screen: its draft and its late replies are told by it. */
export const topKey = ({ store }: Core): string => {
  const frame = topFrame(store.get())
  return screenKey(frame.link, { mail: frame.mail })
}

/** Whether a screen shows the mail that is open, so that it changes with it. */
export const followsMail = (def: AnyScreen | null): boolean => def?.cache.tags.includes('mail') ?? false

const ownParams = (state: ShellState): Params => topFrame(state).link.params

/** Draws the top screen again from what is there; keeps what is drawn while nothing is. */
export const redraw = (core: Core): void => {
  const state = core.store.get()
  const { def, pages, draft } = state
  const [first, ...rest] = pages
  if (def === null || first === undefined) return
  const env = envOf(core)
  const drawn = drawScreen(def, first.replies, ownParams(state), draft, env)
  core.store.set({ screen: rest.reduce((screen, page) => appendPage(screen, drawScreen(def, page.replies, page.params, draft, env)), drawn) })
}

/** Replaces the draft of the screen with this key; the top one is drawn again. */
export const writeDraft = (core: Core, key: string, draft: Draft): void => {
  core.drafts.save(key, draft)
  if (key !== topKey(core)) return
  core.store.set({ draft })
  redraw(core)
}

/** Says a sentence for a while. */
export const notify = ({ deps, store }: Core, toast: Omit<Toast, 'id'>): void => {
  store.set({ toasts: [...store.get().toasts.filter((other) => other.text !== toast.text).slice(-2), { ...toast, id: deps.newId() }] })
}
