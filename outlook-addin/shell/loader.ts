import { call, type Call } from '../../shared/api/call'
import type { AnyScreen } from '../../shared/screens/define'
import { failureScreen } from '../../shared/screens/failure.screen'
import { isScreenId, openScreen, pageParams, viewerOf } from '../../shared/screens/lifecycle'
import type { Block, BlockKind, Env, Link, Loaded, Params, Screen, Tag } from '../../shared/screens/vocabulary'
import { callKey } from './cache'
import { envOf, followsMail, notify, redraw, screensOf, type Core } from './core'
import { topFrame, type Replied } from './state'

/**
 * How a screen is read: `open` shows its outline until the replies are there, `keep` what stands
 * there already, `quiet` keeps it even where the reading fails.
 */
export type Reading = 'open' | 'keep' | 'quiet'

export type Loader = {
  /** Reads the top screen; whatever was under way for another one is dropped. */
  show(reading: Reading): Promise<void>
  /** Appends the page behind a cursor. */
  more(cursor: string): Promise<void>
  /** Drops whatever is under way. */
  stop(): void
}

/** Name of the reply that tells who the viewer is, where the screen's own replies don't. */
const VIEWER = '$viewer'
const VIEWER_CACHE: { forS: number; tags: Tag[] } = { forS: 300, tags: ['me'] }
/** A refreshed list keeps this many pages; a longer one starts again. */
const MAX_PAGES_KEPT = 10
/** Stands for a screen whose own outline is not there yet. */
const UNKNOWN_SHAPE: BlockKind[] = ['facts', 'people']

type Calls = Record<string, Call<unknown>>
type Replies = Record<string, Loaded<unknown>>

const callsOf = (def: AnyScreen, params: Params, env: Env): Calls => {
  const own: Calls = def.needs(params, env)
  const brings = def.viewerFrom !== undefined && own[def.viewerFrom] !== undefined
  return brings ? own : { ...own, [VIEWER]: call('me.get', {}) }
}

/** The cursor of the next page, from the first block that has one. */
export const nextCursor = (screen: Screen | null): string | null => {
  const inside = (blocks: Block[]): string | null => {
    for (const block of blocks) {
      const next = block.is === 'section' ? inside(block.blocks) : 'page' in block ? block.page.next : null
      if (next !== null) return next
    }
    return null
  }
  return screen === null ? null : inside(screen.blocks)
}

/** One parallel batch: what is fresh comes from the cache, the rest from the server. */
const fetchAll = async (core: Core, def: AnyScreen, calls: Calls, known: Replies, signal: AbortSignal): Promise<Replies> => {
  const entries = await Promise.all(Object.entries(calls).map(async ([name, one]): Promise<[string, Loaded<unknown>]> => {
    const ready = known[name]
    if (ready) return [name, ready]
    const reply = await core.deps.send(one, { signal })
    if (reply.ok) core.cache.keep(one, reply.value, name === VIEWER ? VIEWER_CACHE : def.cache)
    return [name, reply]
  }))
  return Object.fromEntries(entries)
}

/** Who the viewer is by these replies; the one known so far where they don't tell. */
const takeViewer = (core: Core, def: AnyScreen, replies: Replies): void => {
  const asked = replies[VIEWER]
  const viewer = viewerOf(def, replies) ?? viewerOf({ ...def, viewerFrom: VIEWER }, asked ? { [VIEWER]: asked } : {})
  if (viewer !== null) core.store.set({ viewer })
}

const cachedOf = (core: Core, calls: Calls) => {
  const fresh: Replies = {}
  const any: Replies = {}
  for (const [name, one] of Object.entries(calls)) {
    const found = core.cache.find(one)
    if (found === null) continue
    any[name] = { ok: true, value: found.value }
    if (found.fresh) fresh[name] = { ok: true, value: found.value }
  }
  const names = Object.keys(calls)
  return { fresh, any, allFresh: names.every((name) => fresh[name]), allKnown: names.every((name) => any[name]) }
}

type Turn = { signal: AbortSignal; isOver(): boolean }

/** Reads again the pages that stood below the first one, each by the cursor of the one before. */
const fetchRest = async (core: Core, def: AnyScreen, count: number, turn: Turn): Promise<void> => {
  for (let i = 1; i < count; i += 1) {
    const cursor = nextCursor(core.store.get().screen)
    if (cursor === null || turn.isOver()) return
    if (!(await fetchPage(core, def, cursor, turn))) return
  }
}

/** One more page behind those that are there; false where it did not come. */
const fetchPage = async (core: Core, def: AnyScreen, cursor: string, turn: Turn): Promise<boolean> => {
  const params = pageParams(topFrame(core.store.get()).link.params, cursor)
  const calls = callsOf(def, params, envOf(core))
  const first = core.store.get().pages[0]
  const firstCalls = callsOf(def, topFrame(core.store.get()).link.params, envOf(core))
  // Replies that every page shares (names of plans, the viewer) were asked for with the first one.
  const shared: Replies = Object.fromEntries(Object.entries(calls).flatMap(([name, one]) => {
    const twin = firstCalls[name]
    const reply = first?.replies[name]
    return twin && reply && callKey(twin) === callKey(one) ? [[name, reply]] : []
  }))
  const replies = await fetchAll(core, def, calls, shared, turn.signal)
  if (turn.isOver()) return false
  const lost = Object.entries(replies).find(([name, reply]) => !reply.ok && !def.optional?.includes(name))?.[1]
  if (lost && !lost.ok) {
    notify(core, { tone: 'danger', text: core.deps.t.code(lost.failure.code) })
    return false
  }
  core.store.set({ pages: [...core.store.get().pages, { params, replies }] })
  redraw(core)
  return true
}

const failedOf = (def: AnyScreen, replies: Replies): boolean => Object.entries(replies).some(([name, reply]) => !reply.ok && !def.optional?.includes(name))

/** Waits for a screen that comes after the first one; false where it did not come, or not in time. */
const bringScreen = async (core: Core, link: Link, turn: Turn): Promise<boolean> => {
  core.store.set({ def: null, pages: [], screen: null, shape: UNKNOWN_SHAPE, loading: true, loadingMore: false })
  const came = await core.later.load()
  if (turn.isOver()) return false
  if (came === null) core.store.set({ screen: failureScreen({ code: 'network.unreachable', issues: [] }, envOf(core), link), loading: false })
  return came !== null
}

/** Reads screens one at a time; a reply for an older screen or mail is dropped. */
export const createLoader = (core: Core): Loader => {
  const { store } = core
  let current: AbortController | null = null
  const turnOver = (): Turn => {
    current?.abort()
    const mine = new AbortController()
    current = mine
    return { signal: mine.signal, isOver: () => current !== mine }
  }
  const put = (def: AnyScreen, first: Replied, loading: boolean): void => {
    takeViewer(core, def, first.replies)
    // The whole definition may have come while the replies were on their way.
    store.set({ def: screensOf(core)[def.id] ?? def, pages: [first], loading })
    redraw(core)
  }
  const show = async (reading: Reading): Promise<void> => {
    const turn = turnOver()
    const { link } = topFrame(store.get())
    const isThere = !isScreenId(link.screen) || screensOf(core)[link.screen] !== undefined
    if (!isThere && !(await bringScreen(core, link, turn))) return
    const state = store.get()
    const env = envOf(core)
    const opened = openScreen(link, screensOf(core), env)
    if (!opened.ok) return store.set({ def: null, pages: [], screen: opened.screen, loading: false, loadingMore: false })
    const { screen: def, params } = opened
    const outline = { def, pages: [], screen: null, shape: def.shape, loading: true, loadingMore: false }
    if (followsMail(def) && state.readingMail) return store.set(outline)
    const calls = callsOf(def, params, env)
    const cached = cachedOf(core, calls)
    const pageCount = reading === 'open' || state.pages.length > MAX_PAGES_KEPT ? 1 : state.pages.length
    if (reading === 'open' && cached.allKnown) put(def, { params, replies: cached.any }, !cached.allFresh)
    else if (reading === 'open' || state.def !== def) store.set(outline)
    else {
      store.set({ loading: reading === 'keep', loadingMore: false })
      redraw(core)
    }
    if (reading === 'open' && cached.allFresh) return
    const replies = await fetchAll(core, def, calls, cached.fresh, turn.signal)
    if (turn.isOver()) return
    if (reading === 'quiet' && failedOf(def, replies)) return store.set({ loading: false })
    put(def, { params, replies }, false)
    await fetchRest(core, def, pageCount, turn)
  }
  const more = async (cursor: string): Promise<void> => {
    const { def, loadingMore, loading } = store.get()
    const mine = current
    if (def === null || loadingMore || loading || mine === null) return
    store.set({ loadingMore: true })
    await fetchPage(core, def, cursor, { signal: mine.signal, isOver: () => current !== mine })
    if (current === mine) store.set({ loadingMore: false })
  }
  return { show, more, stop: () => { turnOver() } }
}
