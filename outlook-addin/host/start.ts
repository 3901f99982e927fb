import type { Timer } from './ask'
import { browserHost } from './browser'
import { restoreHistory } from './history'
import type { Host } from './host'
import type { OfficeSlice } from './office'
import { outlookHost } from './outlook'
import type { Page } from './outlook'

/** How long office.js may take to find its client before the pane goes on without, in milliseconds. */
export const READY_TIMEOUT_MS = 10_000

const isReady = (office: OfficeSlice, timer: Timer): Promise<boolean> =>
  new Promise((settle) => {
    const silence = timer.set(() => settle(false), READY_TIMEOUT_MS)
    const end = (ready: boolean) => { timer.clear(silence); settle(ready) }
    office.onReady().then(({ host }) => end(host !== null), () => end(false))
  })

/** The host of this page: Outlook where office.js finds a mailbox, otherwise the browser. */
export const createHost = async (office: OfficeSlice | undefined, page: Page, timer: Timer): Promise<Host> => {
  const ready = office !== undefined && (await isReady(office, timer))
  restoreHistory(page.history)
  return ready && office.context.mailbox ? outlookHost(office, page, timer) : browserHost(page)
}

/** Finds the host of the running page. Called once, before anything is drawn. */
export const startHost = (page: Page): Promise<Host> => {
  const timer: Timer = { set: (run, ms) => page.setTimeout(run, ms), clear: (handle) => page.clearTimeout(handle) }
  return createHost(typeof Office === 'undefined' ? undefined : Office, page, timer)
}
