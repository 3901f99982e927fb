import { createHash } from 'node:crypto'
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import { failure, type Failure } from '../../shared/errors'
import { arrived, failed, type Result } from '../../shared/kit/result'
import type { IdentityProvider } from '../settings'
import { expectedIssuer, identityOf, tokenIdOf } from './claims'
import type { Identity } from './identity'

/** A provider whose keys are fetched from its configured address, or given: those of the demo, in the same process. */
export type TrustedProvider = IdentityProvider & { keys?: JSONWebKeySet }

/** Turns a bearer token into an identity; `auth.invalid` and `auth.expired` say no more than that. */
export type Verifier = { verify(token: string, nowMs: number): Promise<Result<Identity, Failure>> }

const ALGORITHMS = ['RS256', 'ES256']
const MAX_TOKEN_CHARACTERS = 16_384
const MAX_CACHED = 50_000
/** Unknown key ids make us ask the provider again, once in this time. */
export const REFETCH_MS = 300_000
const KEYS_MAX_AGE_MS = 3_600_000
const KEYS_TIMEOUT_MS = 5_000

type Trusted = { provider: TrustedProvider; keys: JWTVerifyGetKey }
type Cached = { identity: Identity; fingerprint: string }

/** A verifier for the providers; keys come from nowhere else, whatever a token's header says. */
export function createVerifier(providers: readonly TrustedProvider[]): Verifier {
  const trusted = providers.map((provider): Trusted => ({ provider, keys: keysOf(provider) }))
  const cache = new Map<string, Cached>()
  const verify = async (token: string, nowMs: number): Promise<Result<Identity, Failure>> => {
    const claims = unverifiedClaims(token)
    if (claims === null) return failed(failure('auth.invalid'))
    const candidates = trusted.filter(({ provider }) => expectedIssuer(provider, claims) === claims.iss && provider.audience === claims.aud)
    const key = cacheKeyOf(claims)
    const fingerprint = createHash('sha256').update(token).digest('base64')
    const cached = cache.get(key)
    // The claims were read unverified: only the very token that was verified for them may use the entry.
    if (cached?.fingerprint === fingerprint) return cached.identity.expiresAt * 1000 > nowMs ? arrived(cached.identity) : dropExpired(cache, key)
    for (const candidate of candidates) {
      const outcome = await verifyWith(candidate, token, nowMs)
      if (outcome === null) continue
      if (outcome.ok) remember(cache, key, { identity: outcome.value, fingerprint }, nowMs)
      return outcome
    }
    return failed(failure('auth.invalid'))
  }
  return { verify }
}

function keysOf(provider: TrustedProvider): JWTVerifyGetKey {
  if (provider.keys !== undefined) return createLocalJWKSet(provider.keys)
  return createRemoteJWKSet(new URL(provider.jwks), { cooldownDuration: REFETCH_MS, cacheMaxAge: KEYS_MAX_AGE_MS, timeoutDuration: KEYS_TIMEOUT_MS })
}

/** Null: the token is not this provider's. `server.busy`: its keys cannot be fetched now. */
async function verifyWith(candidate: Trusted, token: string, nowMs: number): Promise<Result<Identity, Failure> | null> {
  const { provider, keys } = candidate
  try {
    const { payload } = await jwtVerify(token, keys, { algorithms: ALGORITHMS, audience: provider.audience, requiredClaims: ['iss', 'aud', 'exp'], currentDate: new Date(nowMs) })
    const identity = identityOf(provider, payload)
    return identity === null ? null : arrived(identity)
  } catch (error) {
    if (error instanceof errors.JWTExpired) return failed(failure('auth.expired'))
    if (error instanceof errors.JOSEError && !isUnreachable(error)) return null
    return failed({ code: 'server.busy', issues: [], retryAfterS: 10 })
  }
}

/** An answer of the provider that is no key set carries the library's general code. */
const isUnreachable = (error: errors.JOSEError): boolean => error instanceof errors.JWKSTimeout || error.code === errors.JOSEError.code

function unverifiedClaims(token: string): JWTPayload | null {
  if (token.length > MAX_TOKEN_CHARACTERS) return null
  try {
    return decodeJwt(token)
  } catch {
    return null
  }
}

const cacheKeyOf = (claims: JWTPayload): string => JSON.stringify([claims.iss, claims.oid ?? claims.sub, tokenIdOf(claims)])

function dropExpired(cache: Map<string, Cached>, key: string): Result<Identity, Failure> {
  cache.delete(key)
  return failed(failure('auth.expired'))
}

function remember(cache: Map<string, Cached>, key: string, entry: Cached, nowMs: number): void {
  if (cache.size >= MAX_CACHED) {
    for (const [other, { identity }] of cache) if (identity.expiresAt * 1000 <= nowMs) cache.delete(other)
    if (cache.size >= MAX_CACHED) cache.clear()
  }
  cache.set(key, entry)
}
