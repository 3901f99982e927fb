import type { JWTPayload } from 'jose'
import type { IdentityProvider } from '../settings'
import { readAddress } from './address'
import type { Identity } from './identity'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const TENANT_PLACEHOLDER = /%7Btenantid%7D|\{tenantid\}|\/(?:common|organizations)\//i

const textOf = (claim: unknown): string | null => (typeof claim === 'string' && claim !== '' ? claim : null)

/** The issuer that a provider's tokens must name; Microsoft's is rebuilt from the token's own tenant. Null: none fits. */
export function expectedIssuer(provider: IdentityProvider, claims: JWTPayload): string | null {
  if (provider.kind !== 'microsoft' || !TENANT_PLACEHOLDER.test(provider.issuer)) return provider.issuer
  const tenant = textOf(claims.tid)
  if (tenant === null || !UUID.test(tenant)) return null
  return `https://login.microsoftonline.com/${tenant}/v2.0`
}

/** The id of the token within its issuer, which a cache may be keyed on together with the subject. */
export const tokenIdOf = (claims: JWTPayload): string => textOf(claims.jti) ?? textOf(claims.uti) ?? `${claims.iat}.${claims.exp}`

/**
 * Who the claims speak for, or null where they are not what the provider's kind of token must be.
 * Signature, time and algorithm have been checked before; issuer and audience are compared again, exactly.
 */
export function identityOf(provider: IdentityProvider, claims: JWTPayload): Identity | null {
  const issuer = expectedIssuer(provider, claims)
  if (issuer === null || claims.iss !== issuer) return null
  // A list of audiences would make this token good for somebody else's server too.
  if (claims.aud !== provider.audience || typeof claims.exp !== 'number') return null
  return READERS[provider.kind](provider, claims, { issuer, expiresAt: claims.exp })
}

type Basics = { issuer: string; expiresAt: number }
type Reader = (provider: IdentityProvider, claims: JWTPayload, basics: Basics) => Identity | null

const READERS: Record<IdentityProvider['kind'], Reader> = { microsoft: microsoftIdentity, google: googleIdentity, oidc: oidcIdentity }

/** An access token for our own scope, on behalf of a person: never an ID token, never an application's own token. */
function microsoftIdentity(provider: IdentityProvider, claims: JWTPayload, basics: Basics): Identity | null {
  const tenant = textOf(claims.tid)
  const object = textOf(claims.oid)
  if (tenant === null || object === null || !UUID.test(tenant) || !UUID.test(object)) return null
  if (claims.ver !== '2.0' || claims.idtyp === 'app' || claims.nonce !== undefined) return null
  if (!hasScope(claims.scp, provider.scope ?? 'access')) return null
  if (provider.clientId !== undefined && claims.azp !== provider.clientId) return null
  const email = addressOf(claims.email)
  const isVerified = [true, 1, '1', 'true'].some((value) => value === claims.xms_edov)
  const subject = `${tenant.toLowerCase()}/${object.toLowerCase()}`
  return { kind: 'microsoft', ...basics, subject, tenant: tenant.toLowerCase(), email, proof: isVerified && email !== null ? 'tenant' : 'none' }
}

/** Google vouches for addresses of a hosted domain and of its own mail service. */
function googleIdentity(_provider: IdentityProvider, claims: JWTPayload, basics: Basics): Identity | null {
  const subject = textOf(claims.sub)
  if (subject === null) return null
  const tenant = textOf(claims.hd)?.toLowerCase() ?? null
  const email = addressOf(claims.email)
  const isOwn = tenant !== null || email?.endsWith('@gmail.com') === true
  const isProven = claims.email_verified === true && isOwn && email !== null
  return { kind: 'google', ...basics, subject, tenant, email, proof: isProven ? 'issuer' : 'none' }
}

function oidcIdentity(provider: IdentityProvider, claims: JWTPayload, basics: Basics): Identity | null {
  const subject = textOf(claims.sub)
  if (subject === null) return null
  if (provider.scope !== undefined && !hasScope(claims.scope ?? claims.scp, provider.scope)) return null
  if (provider.clientId !== undefined && claims.client_id !== provider.clientId && claims.azp !== provider.clientId) return null
  const email = addressOf(claims.email)
  const isProven = provider.provesEmail === true && claims.email_verified === true && email !== null
  return { kind: 'oidc', ...basics, subject, tenant: null, email, proof: isProven ? 'issuer' : 'none' }
}

function hasScope(claim: unknown, scope: string): boolean {
  const wanted = scope.slice(scope.lastIndexOf('/') + 1)
  const granted = textOf(claim)?.split(' ') ?? []
  return granted.includes(scope) || granted.includes(wanted)
}

const addressOf = (claim: unknown): string | null => readAddress(textOf(claim) ?? '')?.key ?? null
