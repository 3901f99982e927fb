import { emptyDraft, type Screens } from '../../shared/screens/lifecycle'
import type { ActionRef, Link, Params } from '../../shared/screens/vocabulary'
import type { EndpointKey } from '../../shared/api/contract'
import type { Suggestion } from '../../shared/screens/find'
import type { DraftChange } from '../blocks/pane'
import type { createAttempts } from './attempts'
import { createReplyCache } from './cache'
import { complete, notify, redraw, topKey, writeDraft, type Core } from './core'
import type { ShellDeps, ShellState, Toast } from './state'
import { createDrafts } from './drafts'
import { copyText } from './copy'
import type { FileStore } from './files'
import { createLate, type Late } from './late'
import type { keepLive, Live } from './live'
import { createLoader } from './loader'
import { createMailFollow } from './mail-follow'
import { createRouter } from './router'
import { createSignIn } from './sign-in'
import type { suggestionsOf } from './suggestions'
import { createStore, type Store } from './store'

/** The running pane, without its drawing. */
export type Shell = {
  store: Store<ShellState>
  deps: ShellDeps
  start(): Promise<void>
  stop(): void
  run(ref: ActionRef): void
  open(link: Link): void
  go(link: Link): void
  back(): void
  search(params: Params): void
  more(cursor: string): void
  change(change: DraftChange): void
  tell(text: string): void
  copy(text: string): void
  dismissToast(id: string): void
  dismissProblem(): void
  scrolled(top: number): void
  signIn(): void
  suggest(endpoint: EndpointKey, typed: string): Promise<Suggestion[]>
}

const FIRST: ShellState = {
  viewer: null, mail: null, readingMail: true, frames: [{ link: { screen: 'home', params: {} }, mail: null, scrollTop: 0 }], def: null, pages: [], screen: null, shape: ['facts', 'people'],
  loading: true, loadingMore: false, draft: emptyDraft(), busy: null, ask: null, problem: null, toasts: [],
}

const changed = (core: Core, change: DraftChange): void => {
  const { draft } = core.store.get()
  const files = { ...draft.files, ...change.files }
  writeDraft(core, topKey(core), {
    ...draft,
    values: { ...draft.values, ...change.values },
    selected: change.selected ?? draft.selected,
    files: Object.fromEntries(Object.entries(files).flatMap(([name, file]) => (file === null ? [] : [[name, file]]))),
  })
}

const firstLink = ({ deepLink }: ShellDeps, hasMail: boolean): Link => {
  // An unknown screen stays in the link: opening it says so, with a way home.
  if (deepLink !== null) return { screen: deepLink.screen as Link['screen'], params: deepLink.params }
  return { screen: hasMail ? 'mail' : 'home', params: {} }
}

/** The viewer's own settings win over the host's language and time zone, as soon as they are known. */
const speakTheirLanguage = (core: Core): (() => void) => {
  const { deps, store } = core
  let wanted = `${deps.t.locale} `
  return store.subscribe(() => {
    const user = store.get().viewer?.user
    if (!user) return
    const locale = user.languageChosen ? user.language : deps.t.locale
    const own = `${locale} ${user.timeZone}`
    if (own === wanted) return
    wanted = own
    void deps.loadLanguage(locale, user.timeZone).then((t) => {
      deps.t = t
      document.documentElement.lang = t.locale
      store.set({ screen: store.get().screen })
      redraw(core)
    })
  })
}

/** What comes after the first screen. */
export type Later = { SCREENS: Screens; createAttempts: typeof createAttempts; keepLive: typeof keepLive; suggestionsOf: typeof suggestionsOf }

/** Loads the rest once somebody can see the first screen: nothing that it needs waits behind this. */
const loadBehind = (core: Core): (() => void) => {
  const end = core.store.subscribe(() => {
    if (core.store.get().screen === null) return
    end()
    void core.later.load()
  })
  return end
}

/** Runs actions; one that is clicked before their machine is there waits for it. `forget` drops what it knows of earlier ones. */
const createRun = (core: Core, later: Late<Later>, start: (part: Later) => (ref: ActionRef) => void) => {
  let run: ((ref: ActionRef) => void) | null = null
  const ready = (part: Later) => (run ??= start(part))
  const begin = (ref: ActionRef): void => {
    const part = later.get()
    if (part !== null) return ready(part)(ref)
    void later.load().then((came) => {
      if (came === null) notify(core, { tone: 'danger', text: core.deps.t.code('network.unreachable') })
      else ready(came)(ref)
    })
  }
  return { run: begin, forget: () => { run = null } }
}

/** Puts the parts together. `files` holds the bytes of chosen files. */
export const createShell = (deps: ShellDeps, files: Pick<FileStore, 'has' | 'clear'>, loadLater: () => Promise<Later>): Shell => {
  const store = createStore<ShellState>(FIRST)
  const ends: (() => void)[] = []
  let isOver = false
  let live: Live | null = null
  const later = createLate(loadLater, (part) => {
    if (isOver) return
    complete(core)
    live = part.keepLive(core, router)
    ends.push(live.stop)
  })
  const core: Core = { deps, store, cache: createReplyCache(() => Date.parse(deps.now())), drafts: createDrafts(deps.host.storage, files.has), later }
  const loader = createLoader(core)
  const router = createRouter(core, loader)
  const signIn = createSignIn(core, () => {
    core.cache.clear()
    store.set({ problem: null })
    void loader.show('open')
  })
  const follow = createMailFollow(core, router, loader)
  /** Nothing of the person who was here stays; what is asked for now is signing in. */
  const leave = (): void => {
    loader.stop()
    live?.hangUp()
    actions.forget()
    for (const held of [core.cache, core.drafts, files]) held.clear()
    store.set({ viewer: null, pages: [], screen: null, busy: null, toasts: [] })
    router.home()
  }
  const signOut = (): void => {
    void deps.auth.signOut()
    leave()
  }
  const actions = createRun(core, later, (part) => part.createAttempts(core, router, { signIn, signOut }))
  const start = async (): Promise<void> => {
    ends.push(deps.host.onMailChanged(() => void (store.get().def === null && store.get().screen === null ? begin() : follow.changed())), loadBehind(core), speakTheirLanguage(core))
    deps.auth.onSignedOutElsewhere(leave)
    await begin()
  }
  const begin = async (): Promise<void> => {
    const first = await follow.first()
    if (first !== null) router.start(firstLink(deps, first.hasMail))
  }

  return {
    store,
    deps,
    start,
    stop: () => {
      isOver = true
      loader.stop()
      for (const end of ends) end()
    },
    run: actions.run,
    open: router.open,
    go: router.start,
    back: () => router.back(),
    search: router.search,
    more: (cursor) => void loader.more(cursor),
    change: (change) => changed(core, change),
    tell: (text) => notify(core, { tone: 'neutral', text }),
    copy: (text) => void copyText(core, text),
    dismissToast: (id) => store.set({ toasts: store.get().toasts.filter((toast: Toast) => toast.id !== id) }),
    dismissProblem: () => store.set({ problem: null }),
    scrolled: router.scrolled,
    signIn: () => signIn(true),
    suggest: async (endpoint, typed) => (await later.load())?.suggestionsOf(deps.send, endpoint, typed) ?? [],
  }
}
