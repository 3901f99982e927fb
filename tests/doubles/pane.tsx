import { act, fireEvent, render } from '@testing-library/react'
import { webLightTheme, type Theme } from '@fluentui/react-components'
import type { ReactElement } from 'react'
import { PaneProvider, type Pane } from '../../outlook-addin/blocks/pane'
import { App } from '../../outlook-addin/shell/app'
import type { Host } from '../../outlook-addin/host/host'
import type { Send, SendOptions } from '../../outlook-addin/send'
import { createFileStore } from '../../outlook-addin/shell/files'
import * as later from '../../outlook-addin/shell/later'
import { createShell, type Later } from '../../outlook-addin/shell/shell'
import type { ShellDeps } from '../../outlook-addin/shell/state'
import { ThemeRoot } from '../../outlook-addin/shell/theme-root'
import type { Call } from '../../shared/api/call'
import type { Failure } from '../../shared/errors'
import type { Result } from '../../shared/kit/result'
import type { MailContext } from '../../shared/mail/mail.model'
import { emptyDraft } from '../../shared/screens/lifecycle'
import { sampleEnv } from './samples/env'
import { NOW, user, viewer } from './samples/records'

/** A pane that remembers what its blocks asked for. */
export const fakePane = (part: Partial<Pane> = {}) => {
  const asked: { what: string; with: unknown }[] = []
  const note = (what: string) => (value: unknown) => { asked.push({ what, with: value }) }
  const file = { source: 'picked' as const, id: 'f1', name: 'people.csv', bytes: 12 }
  const pane: Pane = {
    t: sampleEnv().t, locale: 'en', now: NOW, draft: emptyDraft(), params: {}, busy: null, loadingMore: false, scroller: null,
    run: note('run'), open: note('open'), change: note('change'), search: note('search'), more: note('more'), tell: note('tell'), copy: note('copy'),
    keepFile: () => file, keepText: () => ({ ...file, source: 'pasted' }), suggest: () => Promise.resolve([]), ...part,
  }
  return { pane, asked }
}

/** Draws something inside of a fake pane, and waits for the parts that come late. */
export const drawn = async (element: ReactElement, part: Partial<Pane> = {}, theme: Theme = webLightTheme) => {
  const { pane, asked } = fakePane(part)
  const view = await act(async () => render(<ThemeRoot theme={theme}><PaneProvider value={pane}>{element}</PaneProvider></ThemeRoot>))
  await settled()
  return { ...view, asked }
}

/** Lets promises and lazy parts come to rest. */
export const settled = () => act(async () => { for (let i = 0; i < 12; i += 1) await new Promise((done) => setTimeout(done, 0)) })

type Sent = { call: Call<unknown>; options: SendOptions; answer(reply: Result<unknown, Failure>): void }

/** Storage that keeps what it is given for as long as the test lives, where the test can see it. */
export const createMemoryStorage = (): Host['storage'] & { kept: Map<string, string> } => {
  const kept = new Map<string, string>()
  return {
    kept,
    get: (key) => kept.get(key) ?? null, set: (key, value) => { kept.set(key, value) }, remove: (key) => { kept.delete(key) }, clear: () => kept.clear(),
  }
}

/** A whole pane on a host and a server that the test plays. */
export const runningPane = async (options: { mail?: MailContext | null; deepLink?: ShellDeps['deepLink']; token?: boolean; storage?: Host['storage']; loadLater?: () => Promise<Later>; timers?: ShellDeps['timers']; openStream?: ShellDeps['openStream']; loadLanguage?: ShellDeps['loadLanguage'] } = {}) => {
  const told: string[] = []
  let mail = options.mail ?? null
  let pending: Promise<void> = Promise.resolve()
  let changed: () => void = () => undefined
  const done = { ok: true as const, value: undefined }
  const host: Host = {
    kind: 'browser', locale: 'en-GB', address: null, capabilities: sampleEnv().can, supportsCopy: true,
    storage: options.storage ?? createMemoryStorage(),
    mail: async () => { const mine = mail; await pending; return mine },
    onMailChanged: (listener) => { changed = listener; return () => undefined },
    readAttachment: () => Promise.resolve({ ok: true, value: new Uint8Array() }),
    theme: () => 'light', onThemeChanged: () => () => undefined,
    openLink: (url) => { told.push(url); return done }, compose: () => Promise.resolve(done), copy: () => Promise.resolve(done), dialog: () => Promise.resolve({ ended: 'closed' }),
  }
  const sent: Sent[] = []
  const send: Send = (call, sendOptions = {}) => new Promise((resolve) => {
    // The test answers with what the contract's parser would have let through.
    sent.push({ call, options: sendOptions, answer: (reply) => resolve(reply as Parameters<typeof resolve>[0]) })
  })
  let signIns = 0
  let signedOut = false
  let leftElsewhere: () => void = () => undefined
  let ids = 0
  const env = sampleEnv()
  const files = createFileStore(host, () => `file-${(ids += 1)}`)
  const shell = createShell({
    host, send, t: env.t, origins: env.origins, supportUrl: env.supportUrl, now: () => NOW, newId: () => `id-${(ids += 1)}`,
    auth: { token: async ({ interactive }) => { if (interactive) signIns += 1; return { ok: true, token: 'token' } }, signOut: async () => { signedOut = true }, onSignedOutElsewhere: (listener) => { leftElsewhere = listener }, account: () => null },
    timers: options.timers ?? { set: () => () => undefined }, openStream: options.openStream ?? null, isVisible: () => true, deepLink: options.deepLink ?? null, loadLanguage: options.loadLanguage ?? (() => Promise.resolve(env.t)),
  }, files, options.loadLater ?? (() => Promise.resolve(later)))
  let reloads = 0
  const view = await act(async () => render(<App shell={shell} files={files} theme={webLightTheme} reload={() => { reloads += 1 }} />))
  await act(() => shell.start())
  await settled()
  return {
    ...view, shell, sent, host, told,
    signIns: () => signIns,
    isSignedOut: () => signedOut,
    /** They sign out in another pane of the same browser. */
    leaveElsewhere: async () => { act(() => leftElsewhere()); await settled() },
    reloads: () => reloads,
    /** Answers every request that waits for this endpoint. */
    answer: async (endpoint: string, reply: Result<unknown, Failure>) => {
      for (const one of sent.filter((each) => each.call.endpoint === endpoint)) one.answer(reply)
      await settled()
    },
    openMail: async (next: MailContext | null, after: Promise<void> = Promise.resolve()) => {
      mail = next
      pending = after
      act(() => changed())
      await settled()
    },
  }
}

/** A whole pane that runs, and the answers that the test gives it. */
export type RunningPane = Awaited<ReturnType<typeof runningPane>>

/** A reply that came. */
export const ok = <T,>(value: T) => ({ ok: true as const, value })

/** Clicks, and waits for what follows. */
export const press = async (element: HTMLElement) => { await act(async () => { fireEvent.click(element) }); await settled() }

/** Writes into a field, and waits for what follows. */
export const type = async (element: HTMLElement, value: string) => { await act(async () => { fireEvent.change(element, { target: { value } }) }); await settled() }

/** A list of so many people. */
export const listOf = (count: number) => ({ items: Array.from({ length: count }, (_, i) => user({ id: `u${i}`, firstName: `Person ${i}`, lastName: '' })), next: null, total: count, abilities: {} })

/** What a server with so many people says of an endpoint. */
export const replyTo = (endpoint: string, count: number): unknown => {
  if (endpoint === 'users.list') return listOf(count)
  if (endpoint === 'me.get') return viewer()
  if (endpoint === 'me.allowance') return { validUntil: null, messages: null }
  return endpoint === 'users.get' ? user({ id: 'u0' }) : { items: [], next: null }
}

/** Answers what a pane has asked since its `from`-th request with `count` people, one of them, or nothing. */
export const answerAll = async (pane: RunningPane, { from = 0, count = 1 } = {}): Promise<void> => {
  for (const one of pane.sent.slice(from)) one.answer(ok(replyTo(one.call.endpoint, count)))
  await settled()
}

/** A pane on a screen whose every reply has come. */
export const paneOn = async (name: string, params: Record<string, string> = {}, options: NonNullable<Parameters<typeof runningPane>[0]> = {}, count = 1): Promise<RunningPane> => {
  const pane = await runningPane({ deepLink: { screen: name, params }, ...options })
  await answerAll(pane, { count })
  return pane
}
