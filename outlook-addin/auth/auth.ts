import type { Config } from '../config'
import type { Host } from '../host/host'
import type { Account, Attempt, SignedIn } from './attempt'
import type { Client, connect } from './client'
import { createLeft } from './left'
import type { AuthCode } from './outcome'

/** An access token for our API, never an ID token; kept in memory by whoever asked, for one request. */
export type TokenResult = { ok: true; token: string } | { ok: false; code: AuthCode }

/** Signing in. Nothing here rejects. */
export type Auth = {
  /**
   * A valid token, renewed when needed. `interactive` may open a window: only straight after a click.
   * `fresh` skips the cached token, for a request that was answered `auth.expired` or `auth.invalid`.
   * Calls at the same time share one attempt.
   */
  token(options: { interactive: boolean; fresh?: boolean }): Promise<TokenResult>
  /** Forgets the accounts and tokens on this device; the next `token`, also of a page opened later, asks who is there. */
  signOut(): Promise<void>
  /** Called when the person signs out in another pane of this browser. */
  onSignedOutElsewhere(listener: () => void): void
  /** The account of the last token; null before the first and after signing out. */
  account(): Account | null
}

/** The parts of the world that tests replace: MSAL, and the time in milliseconds since 1970. */
export type AuthPorts = { connect: typeof connect; now(): number }

/** A token this near its end may be over when it arrives, in milliseconds. */
const NEAR_END_MS = 60_000

/** MSAL comes in its own chunk, beside the first screen and not before it; a page asks for it as soon as it runs. */
export const loadClient = () => import(/* webpackChunkName: "msal" */ './client')

const portsOf = (window: Window): AuthPorts => ({
  connect: async (...given) => (await loadClient()).connect(...given),
  now: () => window.performance.timeOrigin + window.performance.now(),
})

/** Comes with MSAL, which was there before no popup could open. */
const loadDialog = () => import(/* webpackChunkName: "msal" */ './ask-in-dialog')

/** Connects once, again after a failure, and in the browser's way for good once the mail client's is switched off. */
const createConnection = (config: Config, host: Pick<Host, 'address'>, window: Window, ports: AuthPorts) => {
  let nested = true
  let client: Promise<Client> | null = null
  const connected = (): Promise<Client> => {
    client ??= ports.connect(config, host.address, window, nested)
    return client
  }
  const attempt = async (ask: (client: Client) => Promise<Attempt>): Promise<Attempt> => {
    try {
      const answer = await ask(await connected())
      if (answer.ok || answer.miss !== 'disabled' || !nested) return answer
      nested = false
      client = null
      return await ask(await connected())
    } catch {
      // The chunk did not come or the browser has no cryptography; the next attempt starts anew.
      client = null
      return { ok: false, miss: 'network.unreachable' }
    }
  }
  /** What MSAL holds in memory goes with it. */
  const forget = async (): Promise<void> => {
    await connected().then((known) => known.forget()).catch(() => undefined)
    client = null
  }
  return { attempt, forget, prepare: () => { connected().catch(() => { client = null }) } }
}

/** One attempt after the other; the same question at the same time is asked once. */
const oneAtATime = <T>() => {
  let running: { key: string; answer: Promise<T> } | null = null
  return (key: string, ask: () => Promise<T>): Promise<T> => {
    if (running?.key === key) return running.answer
    const mine = { key, answer: (running?.answer ?? Promise.resolve()).then(ask) }
    running = mine
    void mine.answer.finally(() => { if (running === mine) running = null })
    return mine.answer
  }
}

/** Signing in for this page. MSAL starts loading at once, so that the first token is near when it is asked for. */
export const createAuth = (config: Config, host: Pick<Host, 'address' | 'dialog'>, window: Window, ports: AuthPorts = portsOf(window)): Auth => {
  const connection = createConnection(config, host, window, ports)
  const alone = oneAtATime<TokenResult>()
  let last: SignedIn | null = null
  let fromDialog: SignedIn | null = null
  const left = createLeft(window)
  connection.prepare()

  const settle = (attempt: Attempt): TokenResult => {
    if (!attempt.ok) return { ok: false, code: attempt.miss === 'disabled' ? 'host.refused' : attempt.miss }
    // What was on its way while somebody signed out came too late.
    if (left.isOut()) return { ok: false, code: 'auth.required' }
    last = attempt.value
    return { ok: true, token: attempt.value.token }
  }
  const silently = async (fresh: boolean): Promise<Attempt> => {
    if (left.isOut()) return { ok: false, miss: 'auth.required' }
    if (!fresh && fromDialog && fromDialog.expiresAt - NEAR_END_MS > ports.now()) return { ok: true, value: fromDialog }
    return connection.attempt((client) => client.silent(fresh))
  }
  const interactively = async (): Promise<Attempt> => {
    const answer = await connection.attempt((client) => client.popup(left.isOut()))
    if (answer.ok || answer.miss !== 'auth.popup_blocked') return entered(answer)
    const asked = await loadDialog().then(({ askInDialog }) => askInDialog(config, host, window), (): Attempt => ({ ok: false, miss: 'network.unreachable' }))
    fromDialog = asked.ok ? asked.value : null
    return entered(asked)
  }
  const entered = (attempt: Attempt): Attempt => {
    if (attempt.ok) left.set(false)
    return attempt
  }
  const forget = async (): Promise<void> => {
    last = null
    fromDialog = null
    await alone('forget', async () => {
      await connection.forget()
      return { ok: false, code: 'auth.required' }
    })
  }
  return {
    token: ({ interactive, fresh = false }) => alone(`${interactive} ${fresh}`, async () => {
      const silent = await silently(fresh)
      return settle(silent.ok || !interactive || silent.miss.startsWith('network.') ? silent : await interactively())
    }),
    signOut: () => {
      left.set(true)
      return forget()
    },
    onSignedOutElsewhere: (listener) => left.onElsewhere(() => void forget().then(listener)),
    account: () => last?.account ?? null,
  }
}
