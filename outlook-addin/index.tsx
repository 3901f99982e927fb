import { createDOMRenderer, RendererProvider, type Theme } from '@fluentui/react-components'
import { createRoot } from 'react-dom/client'
import type { EndpointKey } from '../shared/api/contract'
import type { Translate } from '../shared/i18n/translate'
import { localeOf } from '../shared/kit/locale'
import { createAuth, loadClient } from './auth/auth'
import { readConfig, type Config } from './config'
import type { Host } from './host/host'
import { startHost } from './host/start'
import { App } from './shell/app'
import { deepLinkOf } from './shell/deep-link'
import { createFileStore } from './shell/files'
import { loadLanguage } from './shell/languages'
import { loadTheme } from './shell/themes'
import { pageTimers } from './shell/timers'
import { UnsetPane } from './shell/unset-pane'

/** The screens and what drives them come beside the languages and MSAL, not before the first paint. */
const parts = import(/* webpackChunkName: "first" */ './shell/parts')
const loadHttp = () => import(/* webpackChunkName: "http" */ './http')
// On their way while the host is looked for; who needs one that did not come asks again.
for (const early of [loadHttp(), loadClient()]) early.catch(() => undefined)
const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
/** The nonce of the page's own style: styles made later need it under the page's policy. */
const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce: document.querySelector<HTMLStyleElement>('style[nonce]')?.nonce ?? '' } })
const root = document.getElementById('root') ?? document.body.appendChild(document.createElement('div'))

/** Wires the parts of the pane to the page it runs in. */
const startPane = async (config: Config, host: Host, t: Translate, theme: Theme): Promise<void> => {
  const newId = () => crypto.randomUUID()
  const { origin } = window.location
  const files = createFileStore(host, newId)
  const auth = createAuth(config, host, window)
  const { createSend, createShell, firstRow, loadLater } = await parts
  const row = async (key: EndpointKey) => firstRow(key) ?? (await loadLater()).rowOf(key)
  const send = createSend({ auth, origin, row, http: () => loadHttp().then((part) => part.axiosHttp), readFile: files.read, locale: () => document.documentElement.lang })
  const shell = createShell({
    host, auth, send, t, newId,
    origins: { app: origin, message: config.messageOrigin },
    supportUrl: config.supportUrl,
    now: () => new Date().toISOString(),
    timers: pageTimers,
    openStream: () => loadHttp().then((part) => part.fetchStream),
    isVisible: () => document.visibilityState !== 'hidden',
    deepLink: deepLinkOf(window.location.search),
    loadLanguage: (locale, chosen) => loadLanguage(locale, chosen || timeZone()),
  }, files, loadLater)
  createRoot(root).render(<RendererProvider renderer={renderer}><App shell={shell} files={files} theme={theme} reload={() => window.location.reload()} /></RendererProvider>)
  await shell.start()
}

const start = async (): Promise<void> => {
  const host = await startHost(window)
  const [t, theme] = await Promise.all([loadLanguage(localeOf(host.locale), timeZone()), loadTheme(host.theme())])
  document.documentElement.lang = t.locale
  const config = readConfig(document)
  if (config !== null) return startPane(config, host, t, theme)
  createRoot(root).render(<RendererProvider renderer={renderer}><UnsetPane t={t} theme={theme} reload={() => window.location.reload()} /></RendererProvider>)
}

void start()
