import type { FrontErrorCode, ServerErrorCode } from '../../shared/errors'

/**
 * Why there is no token:
 * `auth.required` nobody is signed in and no window may be shown, `auth.cancelled` the person closed
 * the window, `auth.popup_blocked` no window could be opened (ask for a click and try again),
 * `network.*` the identity provider did not answer, `host.refused` anything else it or the host said.
 */
export type AuthCode = Extract<ServerErrorCode | FrontErrorCode, 'auth.required' | 'auth.cancelled' | 'auth.popup_blocked' | 'network.unreachable' | 'network.timeout' | 'host.refused'>

/** An access token for our API, never an ID token; kept in memory by whoever asked, for one request. */
export type TokenResult = { ok: true; token: string } | { ok: false; code: AuthCode }

/** Who is signed in, for display only: the server decides who a token speaks for. */
export type Account = { username: string; name: string | null }

/** Signing in. Nothing here rejects. */
export type Auth = {
  /**
   * A valid token, renewed when needed. `interactive` may open a window: only straight after a click.
   * `fresh` skips the cached token, for a request that was answered `auth.expired` or `auth.invalid`.
   * Calls at the same time share one attempt.
   */
  token(options: { interactive: boolean; fresh?: boolean }): Promise<TokenResult>
  /** Forgets the account on this device; the next `token` asks who is there. */
  signOut(): Promise<void>
  /** The account of the last token; null before the first and after signing out. */
  account(): Account | null
}
