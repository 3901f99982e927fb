/** Kinds of route by what a browser may do with their answer. */
export type RouteKind = 'api' | 'pane' | 'activation' | 'redirect' | 'preview' | 'gmail_preview' | 'docs' | 'sign_in'

/** Origins of Outlook that may frame the pane; there is no official list. */
export const OUTLOOK_HOSTS = ['https://outlook.office.com', 'https://outlook.office365.com', 'https://outlook.live.com', 'https://outlook.cloud.microsoft']
const OFFICE_SCRIPTS = ['https://appsforoffice.microsoft.com', 'https://ajax.aspnetcdn.com']

/** What the policies depend on. `identityOrigins` are those of the configured providers. */
export type Surroundings = { isDemo: boolean; isHttps: boolean; identityOrigins: readonly string[]; frameHosts: readonly string[] }

type Directives = Record<string, readonly string[]>

/** The Content-Security-Policy of one answer; `nonce` is new for each. */
export function contentPolicy(kind: RouteKind, nonce: string, surroundings: Surroundings): string {
  const directives = { 'default-src': ["'none'"], 'base-uri': ["'none'"], 'form-action': ["'none'"], 'frame-ancestors': ["'none'"], ...directivesOf(kind, nonce, surroundings) }
  return Object.entries(directives).map(([name, sources]) => `${name} ${sources.join(' ')}`).join('; ')
}

function directivesOf(kind: RouteKind, nonce: string, { isDemo, identityOrigins, frameHosts }: Surroundings): Directives {
  const own = ["'self'"]
  const ownStyle = ["'self'", `'nonce-${nonce}'`]
  const page: Directives = { 'script-src': own, 'style-src': ownStyle, 'img-src': ["'self'", 'data:'], 'font-src': own, 'connect-src': ["'self'", ...identityOrigins], 'frame-src': ["'self'", ...identityOrigins] }
  // The preview frames the pane on the demo's own origin.
  const framers = isDemo ? [...frameHosts, "'self'"] : frameHosts
  const table: Record<RouteKind, Directives> = {
    api: {},
    pane: { ...page, 'script-src': ["'self'", ...OFFICE_SCRIPTS], 'frame-ancestors': framers },
    activation: page,
    redirect: { 'script-src': own, 'frame-ancestors': ["'self'", ...frameHosts] },
    // Mails are shown as their senders styled them, inside frames that run nothing.
    preview: { ...page, 'style-src-elem': ["'self'", "'unsafe-inline'"], 'style-src-attr': ["'unsafe-inline'"], 'frame-ancestors': own },
    // The preview loads the add-on's script anew for every call, as Apps Script does.
    gmail_preview: { ...page, 'script-src': ["'self'", "'unsafe-eval'"], 'frame-ancestors': own },
    docs: { 'style-src': [`'nonce-${nonce}'`] },
    sign_in: { 'style-src': [`'nonce-${nonce}'`], 'form-action': own, 'frame-ancestors': own },
  }
  return table[kind]
}

/** Headers that every answer carries, beside its policy. */
export function fixedHeaders({ isHttps }: Surroundings): Record<string, string> {
  const common = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'same-origin', 'permissions-policy': 'camera=(), geolocation=(), microphone=()' }
  return isHttps ? { ...common, 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : common
}
