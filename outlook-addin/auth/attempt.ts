import type { AuthenticationResult } from '@azure/msal-browser'
import * as v from 'valibot'
import { MISSES, missOf } from './outcome'
import type { Miss } from './outcome'

/** Who is signed in, for display only: the server decides who a token speaks for. */
export type Account = { username: string; name: string | null }

/** `expiresAt` in milliseconds since 1970. */
export type SignedIn = { token: string; expiresAt: number; account: Account }
export type Attempt = { ok: true; value: SignedIn } | { ok: false; miss: Miss }

/** The access token of an answer, and never its ID token. */
const signedIn = ({ accessToken, expiresOn, account }: AuthenticationResult): Attempt =>
  accessToken
    ? { ok: true, value: { token: accessToken, expiresAt: expiresOn?.getTime() ?? 0, account: { username: account?.username ?? '', name: account?.name ?? null } } }
    : { ok: false, miss: 'host.refused' }

const missed = (thrown: unknown): Attempt => ({ ok: false, miss: missOf(thrown) })

/** What came of asking MSAL; never rejects. */
export const attempt = (tokens: Promise<AuthenticationResult>): Promise<Attempt> => tokens.then(signedIn, missed)

/** What a page that may have been to the provider came back with; null where it has not been there. */
export const attemptReturned = (tokens: Promise<AuthenticationResult | null>): Promise<Attempt | null> => tokens.then((result) => result && signedIn(result), missed)

/** What the sign-in page in the client's own window says to the pane, once, as JSON. */
const messageSchema = v.variant('ok', [
  v.object({
    ok: v.literal(true),
    value: v.object({ token: v.pipe(v.string(), v.nonEmpty()), expiresAt: v.number(), account: v.object({ username: v.string(), name: v.nullable(v.string()) }) }),
  }),
  v.object({ ok: v.literal(false), miss: v.picklist(MISSES) }),
])

/** An attempt out of such a message; `host.refused` for anything that is none. */
export const parseAttempt = (text: string): Attempt => {
  try {
    return v.parse(messageSchema, JSON.parse(text))
  } catch {
    return { ok: false, miss: 'host.refused' }
  }
}
