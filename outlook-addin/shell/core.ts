import type { AnyScreen } from '../../shared/screens/define'
import { FIRST_SCREENS } from '../../shared/screens/first'
import { appendPage, drawScreen, screenKey, type Screens } from '../../shared/screens/lifecycle'
import type { Draft, Env, Params } from '../../shared/screens/vocabulary'
import type { ReplyCache } from './cache'
import type { Drafts } from './drafts'
import type { Late } from './late'
import { topFrame, type ShellDeps, type ShellState, type Toast } from './state'
import type { Store } from './store'

/** What the parts of the shell share. */
export type Core = { deps: ShellDeps; store: Store<ShellState>; cache: ReplyCache; drafts: Drafts; later: Late<{ SCREENS: Screens }> }

/** The screens that are here: those of the beginning until the others came. */
export const screensOf = ({ later }: Core): Screens => later.get()?.SCREENS ?? FIRST_SCREENS

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
export const followsMail = (def: AnyScreen | undefined): boolean => def?.cache.tags.includes('mail') ?? false

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

/** Draws the top screen by its whole definition, once that one has come after the first. */
export const complete = (core: Core): void => {
  const { def } = core.store.get()
  const whole = def === null ? undefined : screensOf(core)[def.id]
  if (whole === undefined) return
  core.store.set({ def: whole })
  redraw(core)
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
  // What is undone by the same click was overtaken: only the newest offers it.
  const isOvertaken = ({ text, undo }: Toast) => text === toast.text || (undo !== undefined && toast.undo !== undefined && JSON.stringify(undo) === JSON.stringify(toast.undo))
  store.set({ toasts: [...store.get().toasts.filter((other) => !isOvertaken(other)).slice(-2), { ...toast, id: deps.newId() }] })
}
