import { createCalls } from './behaviour'
import type { Behaviours, Recorded } from './behaviour'
import { createDialog } from './fake-dialog'
import type { FakeDialog } from './fake-dialog'
import { itemOf } from './fake-item'
import type { Strict } from './fake-item'
import type { FakeItem } from './item'
import { hasSet, strict as strictObject } from './strict'
import type { Sets } from './strict'

type FakeTheme = 'light' | 'dark'

export type FakeOfficeOptions = {
  /** False: the page is no add-in, so office.js finds no host and `context` stays `{}`. */
  inOutlook?: boolean
  platform?: 'PC' | 'Mac' | 'OfficeOnline' | 'Universal' | 'iOS' | 'Android'
  sets?: Sets
  displayLanguage?: string
  address?: string
  displayName?: string
  theme?: FakeTheme
  item?: FakeItem | null
  /** The page's history, whose methods office.js hides. */
  history?: History
}

export type FakeOffice = {
  /** As a page finds it at `window.Office`. Unknown members, and those too new for `sets`, throw. */
  Office: typeof Office
  /** Opens an item, or none, and tells `ItemChanged`. */
  open(item: FakeItem | null): void
  setTheme(theme: FakeTheme): void
  behave(behaviours: Behaviours): void
  /** Lets every call that `waits` answer now. */
  release(): void
  calls: Recorded[]
  /** Members that were touched though this client does not have them. */
  violations: string[]
  dialogs: FakeDialog[]
}

const EVENTS = {
  ItemChanged: 'olkItemSelectedChanged',
  OfficeThemeChanged: 'officeThemeChanged',
  DialogMessageReceived: 'dialogMessageReceived',
  DialogEventReceived: 'dialogEventReceived',
} as const satisfies Partial<Record<keyof typeof Office.EventType, string>>

const THEMES = {
  light: { bodyBackgroundColor: '#FFFFFF', bodyForegroundColor: '#242424', controlBackgroundColor: '#F5F5F5', controlForegroundColor: '#242424' },
  dark: { bodyBackgroundColor: '#1F1F1F', bodyForegroundColor: '#FFFFFF', controlBackgroundColor: '#292929', controlForegroundColor: '#FFFFFF' },
} as const satisfies Record<FakeTheme, Partial<Record<keyof Office.OfficeTheme, string>>>

const EVERYTHING: Sets = { Mailbox: '1.15', DialogApi: '1.2', NestedAppAuth: '1.1' }

type Listener = { type: unknown; run: (event: object) => void }
const isListener = (value: unknown): value is Listener['run'] => typeof value === 'function'

/** The listeners of the mailbox, by event. */
const createEvents = () => {
  const listeners: Listener[] = []
  return {
    add: (type: unknown, run: unknown) => { if (isListener(run)) listeners.push({ type, run }) },
    tell: (type: string, event: object) => { for (const entry of [...listeners]) if (entry.type === type) entry.run(event) },
  }
}

const roaming = (calls: ReturnType<typeof createCalls>, strict: Strict) => {
  const values = new Map<string, unknown>()
  return strict('roamingSettings', {
    get: (name: string) => values.get(name),
    set: (name: string, value: unknown) => { values.set(name, value) },
    remove: (name: string) => { values.delete(name) },
    saveAsync: calls.later('roamingSettings.saveAsync', () => undefined),
  } satisfies Pick<Office.RoamingSettings, 'get' | 'set' | 'remove' | 'saveAsync'>)
}

type Client = {
  options: FakeOfficeOptions
  sets: Sets
  calls: ReturnType<typeof createCalls>
  events: ReturnType<typeof createEvents>
  dialogs: FakeDialog[]
  strict: Strict
  /** What is open and how it looks; the only parts that change. */
  now: { item: ReturnType<typeof itemOf> | null; theme: FakeTheme }
}

const mailboxOf = ({ options, calls, events, strict, now }: Client) =>
  strict('mailbox', {
    get item() { return now.item },
    userProfile: strict('userProfile', { emailAddress: options.address ?? 'owner@acme.example', displayName: options.displayName ?? 'Olivia Owner' } satisfies Partial<Office.UserProfile>),
    addHandlerAsync: calls.later('mailbox.addHandlerAsync', ([type, run]) => events.add(type, run)),
    displayNewMessageForm: (form: unknown) => calls.record('mailbox.displayNewMessageForm', [form]),
    displayNewMessageFormAsync: calls.later('mailbox.displayNewMessageFormAsync', () => undefined),
  } satisfies Partial<Record<keyof Office.Mailbox, unknown>>, { addHandlerAsync: '1.5', displayNewMessageForm: '1.6', displayNewMessageFormAsync: '1.9' })

const uiOf = ({ sets, calls, dialogs, strict }: Client) => {
  const displayDialogAsync = calls.later('ui.displayDialogAsync', ([url]) => {
    const { given, driven } = createDialog(String(url), strict, { message: EVENTS.DialogMessageReceived, event: EVENTS.DialogEventReceived })
    dialogs.push(driven)
    return given
  })
  return strict('ui', {
    ...(hasSet(sets, 'DialogApi') && { displayDialogAsync }),
    ...(hasSet(sets, 'OpenBrowserWindowApi') && { openBrowserWindow: (url: string) => calls.record('ui.openBrowserWindow', [url]) }),
  } satisfies Partial<Record<keyof Office.UI, unknown>>)
}

const contextOf = (client: Client) => {
  const { options, sets, calls, strict, now } = client
  return strict('context', {
    mailbox: mailboxOf(client),
    ui: uiOf(client),
    requirements: strict('requirements', {
      isSetSupported: (name: string, version?: string | number) => hasSet(sets, name, version?.toString()),
    } satisfies Pick<Office.RequirementSetSupport, 'isSetSupported'>),
    roamingSettings: roaming(calls, strict),
    displayLanguage: options.displayLanguage ?? 'en-US',
    platform: options.platform ?? 'OfficeOnline',
    partitionKey: '',
    // Older clients have the member and leave it empty.
    get officeTheme() { return hasSet(sets, 'Mailbox', '1.14') ? THEMES[now.theme] : undefined },
  } satisfies Partial<Record<keyof Office.Context, unknown>>)
}

const hide = (history: History) => {
  for (const name of ['pushState', 'replaceState'] satisfies (keyof History)[]) Reflect.set(history, name, null)
}

/**
 * An office.js whose client does as it is told. It runs wherever JavaScript does: in tests, and in
 * the preview's page in Office's place. Items are plain data.
 */
export const createFakeOffice = (options: FakeOfficeOptions = {}): FakeOffice => {
  const { inOutlook = true, sets = EVERYTHING, item = null, theme = 'light' } = options
  const calls = createCalls()
  const events = createEvents()
  const violations: string[] = []
  const strict: Strict = (path, members, since) => strictObject(path, members, violations, sets, since)
  const client: Client = { options, sets, calls, events, dialogs: [], strict, now: { item: item && itemOf(item, calls, strict), theme } }

  const root = strict('Office', {
    onReady: () => {
      if (options.history) hide(options.history)
      return Promise.resolve(inOutlook ? { host: 'Outlook', platform: options.platform } : { host: null, platform: null })
    },
    EventType: strict('EventType', EVENTS),
    context: inOutlook ? contextOf(client) : {},
  } satisfies Partial<Record<keyof typeof Office, unknown>>)

  return {
    // The one place where the fake claims to be the whole: `strict` refuses what it lacks.
    Office: root as unknown as typeof Office,
    open: (next) => {
      client.now.item = next && itemOf(next, calls, strict)
      events.tell(EVENTS.ItemChanged, { type: EVENTS.ItemChanged })
    },
    setTheme: (next) => {
      client.now.theme = next
      if (hasSet(sets, 'Mailbox', '1.14')) events.tell(EVENTS.OfficeThemeChanged, { type: EVENTS.OfficeThemeChanged, officeTheme: THEMES[next] })
    },
    behave: calls.behave,
    release: calls.release,
    calls: calls.recorded,
    violations,
    dialogs: client.dialogs,
  }
}
