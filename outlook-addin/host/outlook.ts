import { arrived } from '../../shared/kit/result'
import type { Failure } from '../../shared/errors'
import type { Result } from '../../shared/kit/result'
import type { Capabilities } from '../../shared/screens/vocabulary'
import { createAsk } from './ask'
import type { Timer } from './ask'
import { readAttachment } from './attachment'
import { PAGE_SIZE, browserHost } from './browser'
import { composeMail } from './compose'
import { openDialog } from './dialog'
import { createFollowing } from './follow'
import type { Host, Theme } from './host'
import { readMail } from './mail'
import { openItem, supports } from './office'
import type { OfficeSlice } from './office'
import { openPage, pageStorage, pageTheme, safeLink } from './page'
import { officeTheme, themeOf } from './theme'

/** The page of a pane, parser included. */
export type Page = Window & typeof globalThis

const COMPUTERS = ['PC', 'Mac', 'OfficeOnline', 'Universal']

/** A platform without a name counts as a phone: there, nothing may be sold. */
const isComputer = (office: OfficeSlice): boolean => COMPUTERS.includes(String(office.context.platform))

const capabilitiesOf = (office: OfficeSlice): Capabilities => {
  const computer = isComputer(office)
  return { pageSize: PAGE_SIZE, live: true, pickFile: computer, select: true, purchase: computer, compose: computer && supports(office, '1.6'), signOut: true }
}

const openLink = (office: OfficeSlice, page: Page, url: string): Result<undefined, Failure> => {
  const { ui } = office.context
  const target = safeLink(page, url)
  if (!ui || !target?.startsWith('https:') || !supports(office, '1.1', 'OpenBrowserWindowApi')) return openPage(page, url)
  try {
    ui.openBrowserWindow(target)
    return arrived(undefined)
  } catch {
    return openPage(page, url)
  }
}

const followMail = (office: OfficeSlice, page: Page, timer: Timer) => {
  const ask = createAsk(timer)
  const reading = { ask, supports: (version: string) => supports(office, version), Parser: page.DOMParser }
  const following = createFollowing(async (sequence) => {
    const item = openItem(office)
    return item ? readMail(item, `open-${sequence}`, reading).catch(() => null) : null
  })
  const { mailbox } = office.context
  // Without the event (older clients, panes that can't be pinned) the pane is closed with its mail.
  if (mailbox && supports(office, '1.5')) void ask<void>((answer) => mailbox.addHandlerAsync(office.EventType.ItemChanged, following.changed, answer))
  return following
}

const followTheme = (office: OfficeSlice, page: Page, timer: Timer): Pick<Host, 'theme' | 'onThemeChanged'> => {
  const listeners = new Set<(theme: Theme) => void>()
  let told: Theme | null = null
  const changed = (event: { officeTheme?: Office.OfficeTheme }) => {
    told = themeOf(event.officeTheme) ?? officeTheme(office)
    if (told) for (const listener of [...listeners]) listener(told)
  }
  const { mailbox } = office.context
  if (mailbox && supports(office, '1.14')) void createAsk(timer)<void>((answer) => mailbox.addHandlerAsync(office.EventType.OfficeThemeChanged, changed, answer))
  const asPage = browserHost(page)
  return {
    theme: () => told ?? officeTheme(office) ?? pageTheme(page),
    onThemeChanged: (listener) => {
      if (!officeTheme(office)) return asPage.onThemeChanged(listener)
      const entry = (theme: Theme) => listener(theme)
      listeners.add(entry)
      return () => { listeners.delete(entry) }
    },
  }
}

/** The pane inside Outlook, once office.js says that it is ready. */
export const outlookHost = (office: OfficeSlice, page: Page, timer: Timer): Host => {
  const ask = createAsk(timer)
  const { mail, onMailChanged } = followMail(office, page, timer)
  return {
    ...browserHost(page),
    ...followTheme(office, page, timer),
    kind: 'outlook',
    locale: office.context.displayLanguage ?? page.navigator.language,
    address: office.context.mailbox?.userProfile?.emailAddress ?? null,
    capabilities: capabilitiesOf(office),
    // Browsers that keep third parties apart hand each of them its own key.
    storage: pageStorage(page, `orgdesk.${office.context.partitionKey ?? ''}`),
    mail,
    onMailChanged,
    readAttachment: (id) => readAttachment(office, ask, id, (base64) => page.atob(base64)),
    openLink: (url) => openLink(office, page, url),
    compose: (outgoing) => composeMail(office, ask, outgoing),
    dialog: (url) => openDialog(office, ask, timer, url, page.location.origin),
  }
}
