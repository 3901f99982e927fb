import { failure } from '../../shared/errors'
import { failed } from '../../shared/kit/result'
import type { Host } from './host'
import { canCopy, copyText, onPageTheme, openPage, pageStorage, pageTheme } from './page'

/** Rows per page where long lists are drawn in windows of what is visible. */
export const PAGE_SIZE = 50

const refused = () => Promise.resolve(failed(failure('host.refused')))
const never = () => () => undefined

/** The pane outside Outlook (activation page, preview without a mail client): a page without a mail. */
export const browserHost = (window: Window): Host => ({
  kind: 'browser',
  locale: window.navigator.language,
  address: null,
  capabilities: { pageSize: PAGE_SIZE, live: true, pickFile: true, select: true, purchase: true, compose: false, signOut: true },
  supportsCopy: canCopy(window),
  storage: pageStorage(window, 'orgdesk.'),
  mail: () => Promise.resolve(null),
  onMailChanged: never,
  readAttachment: refused,
  theme: () => pageTheme(window),
  onThemeChanged: (listener) => onPageTheme(window, listener),
  openLink: (url) => openPage(window, url),
  compose: refused,
  copy: (text) => copyText(window, text),
  dialog: () => Promise.resolve({ ended: 'unavailable' }),
})
