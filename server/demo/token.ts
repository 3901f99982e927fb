import { importJWK, SignJWT } from 'jose'
import type { TrustedProvider } from '../identity/verify'
import { DEMO_PEOPLE, demoNameOf } from './people'
import type { DemoKeys } from './keys'

/** What the demo's tokens are for. */
export const DEMO_AUDIENCE = 'urn:orgdesk:api'
export const DEMO_SCOPE = 'access'
export const DEMO_CLIENT_ID = 'orgdesk-demo'
const TOKEN_HOURS = 12

/** The issuer of the demo, in the same process. */
export const demoIssuer = (publicUrl: string): string => `${publicUrl}/oidc`

/** The demo's provider as the verifier trusts it: it proves the addresses it signs, because it is nobody's but the demo's. */
export const demoProvider = (publicUrl: string, keys: DemoKeys): TrustedProvider => ({
  kind: 'oidc', issuer: demoIssuer(publicUrl), audience: DEMO_AUDIENCE, jwks: `${demoIssuer(publicUrl)}/jwks`, scope: DEMO_SCOPE, provesEmail: true, keys: { keys: [keys.publicJwk] },
})

/** Claims about the person of an address, in ID and access tokens alike. */
export const demoClaims = (email: string): { email: string; email_verified: true; name: string; preferred_username: string } => ({ email, email_verified: true, name: demoNameOf(email), preferred_username: email })

/** An access token as the provider would give it after signing in; `tokenId` is new for each. */
export async function signDemoToken(publicUrl: string, keys: DemoKeys, email: string, now: Date, tokenId: string): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000)
  return new SignJWT({ ...demoClaims(email), scope: DEMO_SCOPE, client_id: DEMO_CLIENT_ID })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: keys.privateJwk.kid })
    .setIssuer(demoIssuer(publicUrl)).setSubject(email).setAudience(DEMO_AUDIENCE).setJti(tokenId)
    .setIssuedAt(issuedAt).setExpirationTime(issuedAt + TOKEN_HOURS * 3600)
    .sign(await importJWK(keys.privateJwk, 'ES256'))
}

/** The people of the demo as `GET /demo/accounts` lists them. */
export const demoAccounts = (): object[] => DEMO_PEOPLE.map(({ email, firstName, lastName, organization, role }) => ({ email, name: `${firstName} ${lastName}`, organization, role }))
