import type { ScreenId } from '../../shared/screens/ids'
import type { Link, Params, Tag } from '../../shared/screens/vocabulary'
import type { MailContext } from '../../shared/mail/mail.model'
import { followsMail, screensOf, topKey, type Core } from './core'
import { topFrame, type Frame } from './state'
import type { Loader } from './loader'

/** Moves between screens. There is no browser history in a pane: the stack is here. */
export type Router = {
  open(link: Link): void
  replace(link: Link): void
  /** Other parameters on the same screen: what stands there stays until the replies come. */
  search(params: Params): void
  /** One screen back, or to the named one; nothing happens on the first. */
  back(to?: ScreenId): void
  home(): void
  /** Starts a new stack: a main page was chosen. */
  start(link: Link): void
  /** Makes replies stale by their tags and reads the top screen again if it used any. */
  refresh(tags: Tag[], quietly?: boolean): void
  /** Another mail is open beside the pane, or none. */
  follow(mail: MailContext | null): void
  /** Remembers how far the top screen is scrolled, in px. */
  scrolled(top: number): void
}

const HOME: Link = { screen: 'home', params: {} }

/** Where a step back leads: below the top, or down to the named screen; the same stack where there is nothing. */
export const framesBack = (frames: Frame[], to?: ScreenId): Frame[] => {
  if (to === undefined) return frames.length > 1 ? frames.slice(0, -1) : frames
  const at = frames.slice(0, -1).map((frame) => frame.link.screen).lastIndexOf(to)
  return at >= 0 ? frames.slice(0, at + 1) : [{ link: { screen: to, params: {} }, mail: frames[frames.length - 1]?.mail ?? null, scrollTop: 0 }]
}

export const createRouter = (core: Core, loader: Loader): Router => {
  const { store, drafts, cache } = core
  const frameOf = (link: Link): Frame => ({ link, mail: store.get().mail, scrollTop: 0 })
  const enter = (frames: Frame[]): void => {
    store.set({ frames, problem: null, ask: null })
    store.set({ draft: drafts.load(topKey(core)) })
    void loader.show('open')
  }
  const below = (): Frame[] => store.get().frames.slice(0, -1)
  return {
    open: (link) => enter([...store.get().frames, frameOf(link)]),
    replace: (link) => enter([...below(), { ...frameOf(link), mail: topFrame(store.get()).mail }]),
    search: (params) => {
      const { draft } = store.get()
      const frame = topFrame(store.get())
      store.set({ frames: [...below(), { ...frame, link: { ...frame.link, params }, scrollTop: 0 }] })
      // Rows that were chosen stay chosen while one looks for more.
      drafts.save(topKey(core), draft)
      void loader.show('keep')
    },
    back: (to) => {
      const { frames } = store.get()
      const next = framesBack(frames, to)
      if (next !== frames) enter(next)
    },
    home: () => enter([frameOf(HOME)]),
    start: (link) => enter([frameOf(link)]),
    refresh: (tags, quietly) => {
      cache.spoil(tags)
      const { def } = store.get()
      const uses = def === null || tags.includes('me') || def.cache.tags.some((tag) => tags.includes(tag))
      if (uses) void loader.show(quietly ? 'quiet' : 'keep')
    },
    follow: (mail) => {
      const frames = store.get().frames.map((frame) => (followsMail(screensOf(core)[frame.link.screen]) ? { ...frame, mail, scrollTop: 0 } : frame))
      store.set({ mail, frames })
    },
    scrolled: (top) => {
      // Nothing drawn depends on it, so nobody is told.
      topFrame(store.get()).scrollTop = top
    },
  }
}
