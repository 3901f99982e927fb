import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Configuration, interactionPolicy } from 'oidc-provider'
import type { DemoKeys } from './keys'
import { DEMO_AUDIENCE, DEMO_CLIENT_ID, DEMO_SCOPE, demoClaims, demoIssuer } from './token'

/** What a sign-in that waits for a person is about. */
export type PendingSignIn = { hint: string; isForced: boolean }

/** The OpenID provider of the demo, as http needs it. */
export type DemoProvider = {
  /** Answers a request below `/oidc`; `url` is the rest of its address. */
  handle(request: IncomingMessage, response: ServerResponse, url: string): void
  pending(request: IncomingMessage, response: ServerResponse): Promise<PendingSignIn>
  /** Ends a sign-in as the person of this address, and sends the browser on. */
  finish(request: IncomingMessage, response: ServerResponse, email: string): Promise<void>
}

const HOUR_S = 3600
const DAY_S = 86_400

/** Makes the provider. It takes a second and 75 MB, so it is made when somebody signs in, not before. */
export async function createProvider(publicUrl: string, keys: DemoKeys): Promise<DemoProvider> {
  const { default: Provider, interactionPolicy } = await import('oidc-provider')
  const provider = new Provider(demoIssuer(publicUrl), { ...configurationOf(publicUrl, keys), interactions: { policy: policyOf(interactionPolicy), url: (_ctx, interaction) => `/oidc/interaction/${interaction.uid}` } })
  const callback = provider.callback()
  return {
    handle: (request, response, url) => {
      // The provider learns from these two where it is mounted.
      Object.assign(request, { originalUrl: request.url, url })
      void callback(request, response)
    },
    pending: async (request, response) => {
      const { params, prompt } = await provider.interactionDetails(request, response)
      const asked = typeof params['prompt'] === 'string' ? params['prompt'] : ''
      return { hint: typeof params['login_hint'] === 'string' ? params['login_hint'] : '', isForced: prompt.name !== 'login' || /select_account|login/.test(asked) }
    },
    finish: (request, response, email) => provider.interactionFinished(request, response, { login: { accountId: email } }, { mergeWithLastSubmission: false }),
  }
}

/** Whoever signed in before in this browser: a mailbox that names its person is never entered as somebody else. */
function policyOf({ base, Check }: typeof interactionPolicy): interactionPolicy.DefaultPolicy {
  const policy = base()
  policy.get('login')?.checks.add(new Check('another_person', 'somebody else is signed in', (ctx) => {
    const hint = ctx.oidc.params?.['login_hint']
    const signedIn = ctx.oidc.session?.accountId
    return typeof hint === 'string' && signedIn !== undefined && hint.toLowerCase() !== signedIn ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
  }))
  return policy
}

function configurationOf(publicUrl: string, keys: DemoKeys): Configuration {
  return {
    clients: [{
      client_id: DEMO_CLIENT_ID, token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], id_token_signed_response_alg: 'ES256',
      redirect_uris: ['/outlook/auth/redirect.html', '/outlook/auth/blank.html', '/outlook/taskpane.html', '/activate', '/'].map((path) => `${publicUrl}${path}`),
      post_logout_redirect_uris: [`${publicUrl}/outlook/auth/redirect.html`, `${publicUrl}/outlook/taskpane.html`, `${publicUrl}/activate`, `${publicUrl}/`],
    }],
    jwks: { keys: [{ ...keys.privateJwk, kty: 'EC' }] },
    cookies: { keys: [keys.cookieSecret] },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    clientBasedCORS: (_ctx, origin) => origin === publicUrl,
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    extraTokenClaims: (_ctx, token) => ('accountId' in token && typeof token.accountId === 'string' ? demoClaims(token.accountId) : undefined),
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => DEMO_AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: DEMO_SCOPE, audience: DEMO_AUDIENCE, accessTokenTTL: HOUR_S, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
      },
    },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...demoClaims(sub) }) }),
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // Everybody agrees to everything: consent is no matter of a demo.
    loadExistingGrant: async (ctx) => {
      const accountId = ctx.oidc.session?.accountId
      const clientId = ctx.oidc.client?.clientId
      if (accountId === undefined || clientId === undefined) return undefined
      const grant = new ctx.oidc.provider.Grant({ accountId, clientId })
      grant.addOIDCScope('openid profile email offline_access')
      grant.addResourceScope(DEMO_AUDIENCE, DEMO_SCOPE)
      await grant.save()
      return grant
    },
    pkce: { required: () => true },
    rotateRefreshToken: false,
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    ttl: { AccessToken: HOUR_S, AuthorizationCode: 60, IdToken: HOUR_S, Grant: DAY_S, Interaction: HOUR_S, RefreshToken: DAY_S, Session: DAY_S },
  }
}
