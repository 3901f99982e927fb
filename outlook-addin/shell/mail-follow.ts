import { followsMail, screensOf, topKey, type Core } from './core'
import { topFrame } from './state'
import type { Loader } from './loader'
import type { Router } from './router'

/** Keeps the pane beside the mail that is open. */
export type MailFollow = {
  /** Waits for the first mail, or none; null when another one was opened meanwhile. */
  first(): Promise<{ hasMail: boolean } | null>
  changed(): Promise<void>
}

const isUntouched = ({ store }: Core): boolean => {
  const { draft, busy, ask } = store.get()
  return busy === null && ask === null && Object.keys(draft.values).length === 0 && Object.keys(draft.files).length === 0
}

export const createMailFollow = (core: Core, router: Router, loader: Loader): MailFollow => {
  const { store, deps } = core
  let turn = 0
  const isOnHome = () => store.get().frames.length === 1 && topFrame(store.get()).link.screen === 'home'
  const isOnMail = () => followsMail(screensOf(core)[topFrame(store.get()).link.screen])
  const reopen = (): void => {
    if (!isOnMail()) return
    store.set({ draft: core.drafts.load(topKey(core)) })
    void loader.show('open')
  }
  /** A person who has typed nothing comes along to the new mail; a draft elsewhere stays in sight. */
  const comeAlong = (): void => {
    const { frames } = store.get()
    const at = frames.map((frame) => followsMail(screensOf(core)[frame.link.screen])).lastIndexOf(true)
    if (at >= 0 && isUntouched(core)) store.set({ frames: frames.slice(0, at + 1), problem: null })
  }
  const read = async (): Promise<boolean> => {
    turn += 1
    const mine = turn
    const mail = await deps.host.mail()
    if (mine !== turn) return false
    store.set({ readingMail: false })
    router.follow(mail)
    return true
  }
  return {
    first: async () => ((await read()) ? { hasMail: store.get().mail !== null } : null),
    changed: async () => {
      // The mail that was left leaves the screen at once: never its people beside the next one.
      store.set({ readingMail: true })
      router.follow(null)
      comeAlong()
      reopen()
      if (!(await read())) return
      // The open mail is the way in: home has nothing to lose.
      if (store.get().mail !== null && isOnHome() && isUntouched(core)) router.start({ screen: 'mail', params: {} })
      else reopen()
    },
  }
}
