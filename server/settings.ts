import { isIP } from 'node:net'
import * as v from 'valibot'

/** An issuer whose tokens are accepted; `provesEmail` overrides what its kind says about proven addresses. */
export type IdentityProvider = {
  kind: 'microsoft' | 'google' | 'oidc'
  issuer: string
  audience: string
  jwks: string
  clientId?: string
  scope?: string
  provesEmail?: boolean
}

/** Everything the environment decides, parsed once at the start. */
export type Settings = {
  mode: 'demo' | 'production'
  port: number
  host: string
  /** Origin under which people reach the server, without a trailing slash. */
  publicUrl: string
  dataDir: string
  /** null: the server runs its own PostgreSQL in `dataDir`. */
  databaseUrl: string | null
  /** null in the demo only, which brings its own mailbox. */
  smtpUrl: string | null
  mailFrom: string
  /** Empty in the demo, which brings its own provider. */
  identityProviders: IdentityProvider[]
  /** Empty: the resolvers of the operating system. */
  dnsServers: string[]
  /** Origin of the messaging service, in links of tracked mails. */
  messageOrigin: string | null
  revokeWebhook: { url: string; secret: string } | null
  supportUrl: string | null
  /** `api` is an imitation of Stripe on this machine, in the demo only; null is Stripe itself. */
  stripe: { secretKey: string; webhookSecret: string; api: string | null } | null
  /** Lets others than this machine read /metrics; null lets nobody. */
  metricsToken: string | null
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** Sizes of the demo's first organization; null keeps the small default. */
  demoUsers: number | null
  demoEvents: number | null
}

/** The settings, or every problem at once: one line each, naming the variable, without its value. */
export type ParsedSettings = { ok: true; settings: Settings } | { ok: false; problems: string[] }

type Environment = Record<string, string | undefined>
type Report = (problem: string) => void

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const LOOPBACK = ['127.0.0.1', '::1', 'localhost']
const PORT_MAX = 65_535
const DEMO_SIZE_MAX = 10_000_000

const providerSchema = v.strictObject({
  kind: v.picklist(['microsoft', 'google', 'oidc']),
  issuer: v.pipe(v.string(), v.url()),
  audience: v.pipe(v.string(), v.nonEmpty()),
  jwks: v.pipe(v.string(), v.url()),
  clientId: v.optional(v.string()),
  scope: v.optional(v.string()),
  provesEmail: v.optional(v.boolean()),
})

/** Parses the environment; unset and empty variables are the same. */
export function parseSettings(env: Environment): ParsedSettings {
  const problems: string[] = []
  const report: Report = (problem) => problems.push(problem)
  const mode = parseChoice(env, 'MODE', ['demo', 'production'] as const, 'demo', report)
  const port = parseNumber(env, 'PORT', PORT_MAX, report) ?? 3000
  const settings: Settings = {
    mode,
    port,
    host: text(env, 'HOST') ?? (mode === 'demo' ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: parseOrigin(env, 'PUBLIC_URL', report) ?? `http://localhost:${port}`,
    dataDir: text(env, 'DATA_DIR') ?? '.data',
    databaseUrl: parseUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:'], report),
    smtpUrl: parseUrl(env, 'SMTP_URL', ['smtp:', 'smtps:'], report),
    mailFrom: text(env, 'MAIL_FROM') ?? 'Orgdesk <no-reply@orgdesk.example>',
    identityProviders: parseProviders(env, report),
    dnsServers: parseDnsServers(env, report),
    messageOrigin: parseOrigin(env, 'MESSAGE_ORIGIN', report),
    revokeWebhook: null,
    supportUrl: parseUrl(env, 'SUPPORT_URL', ['https:', 'http:', 'mailto:'], report),
    stripe: null,
    metricsToken: text(env, 'METRICS_TOKEN'),
    logLevel: parseChoice(env, 'LOG_LEVEL', LOG_LEVELS, 'info', report),
    demoUsers: parseNumber(env, 'DEMO_USERS', DEMO_SIZE_MAX, report),
    demoEvents: parseNumber(env, 'DEMO_EVENTS', DEMO_SIZE_MAX, report),
  }
  const webhook = parseTogether(env, 'REVOKE_WEBHOOK_URL', 'REVOKE_WEBHOOK_SECRET', report)
  if (webhook !== null) settings.revokeWebhook = { url: parseUrl(env, 'REVOKE_WEBHOOK_URL', ['https:', 'http:'], report) ?? '', secret: webhook.second }
  const stripe = parseTogether(env, 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', report)
  const stripeApi = parseUrl(env, 'STRIPE_API_URL', ['http:'], report)
  if (stripe !== null) settings.stripe = { secretKey: stripe.first, webhookSecret: stripe.second, api: stripeApi }
  const refusals = mode === 'production' ? productionRefusals(env, settings) : demoRefusals(settings)
  const all = [...problems, ...refusals]
  return all.length === 0 ? { ok: true, settings } : { ok: false, problems: all }
}

function demoRefusals({ host, stripe }: Settings): string[] {
  const api = stripe?.api ?? null
  return [
    ...(LOOPBACK.includes(host) ? [] : ['HOST must be a loopback address in the demo, whose sign-in is open to anybody']),
    ...(api === null || LOOPBACK.includes(new URL(api).hostname) ? [] : ['STRIPE_API_URL must be a loopback address: the key goes to nobody but Stripe']),
  ]
}

function productionRefusals(env: Environment, settings: Settings): string[] {
  const missing = ['PUBLIC_URL', 'SMTP_URL', 'MAIL_FROM', 'IDENTITY_PROVIDERS']
    .filter((name) => text(env, name) === null)
    .map((name) => `${name} is required in production`)
  const demoOnly = ['DEMO_USERS', 'DEMO_EVENTS', 'STRIPE_API_URL']
    .filter((name) => text(env, name) !== null)
    .map((name) => `${name} is for the demo only`)
  const plain = settings.publicUrl.startsWith('https:') || text(env, 'PUBLIC_URL') === null ? [] : ['PUBLIC_URL must be on https in production']
  const demoIssuers = settings.identityProviders
    .filter((provider) => isDemoIssuer(provider, settings))
    .map(() => 'IDENTITY_PROVIDERS holds an issuer of the demo: its identities prove nothing')
  return [...missing, ...plain, ...demoOnly, ...demoIssuers]
}

/** The demo's provider lives under /oidc of the server itself, over plain http on loopback. */
function isDemoIssuer(provider: IdentityProvider, settings: Settings): boolean {
  if (!URL.canParse(provider.issuer) || !URL.canParse(provider.jwks)) return false
  const { protocol, origin } = new URL(provider.issuer)
  return protocol !== 'https:' || new URL(provider.jwks).protocol !== 'https:' || origin === settings.publicUrl
}

function text(env: Environment, name: string): string | null {
  const value = env[name]?.trim()
  return value === undefined || value === '' ? null : value
}

function parseChoice<T extends string>(env: Environment, name: string, choices: readonly T[], fallback: T, report: Report): T {
  const value = text(env, name)
  if (value === null) return fallback
  const found = choices.find((choice) => choice === value)
  if (found === undefined) report(`${name} must be one of ${choices.join(', ')}`)
  return found ?? fallback
}

function parseNumber(env: Environment, name: string, max: number, report: Report): number | null {
  const value = text(env, name)
  if (value === null) return null
  if (/^\d+$/.test(value) && Number(value) <= max) return Number(value)
  report(`${name} must be a whole number from 0 to ${max}`)
  return null
}

function parseUrl(env: Environment, name: string, protocols: string[], report: Report): string | null {
  const value = text(env, name)
  if (value === null) return null
  if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value
  report(`${name} must be a URL that starts with ${protocols.join(' or ')}`)
  return null
}

/** Addresses, because a resolver that has to be looked up can't look anything up. */
function parseDnsServers(env: Environment, report: Report): string[] {
  const servers = (text(env, 'DNS_SERVERS') ?? '').split(/[\s,]+/).filter((server) => server !== '')
  const isServer = (server: string): boolean => isIP(server) !== 0 || isIP(/^\[(.+)\](?::\d{1,5})?$/.exec(server)?.[1] ?? '') === 6 || isIP(/^([\d.]+):\d{1,5}$/.exec(server)?.[1] ?? '') === 4
  if (!servers.every(isServer)) report('DNS_SERVERS must be IP addresses, each with a port if need be, separated by commas')
  return servers
}

function parseOrigin(env: Environment, name: string, report: Report): string | null {
  const value = parseUrl(env, name, ['https:', 'http:'], report)
  if (value === null) return null
  const url = new URL(value)
  if (url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '') return url.origin
  report(`${name} must be an origin: a scheme, a host and perhaps a port`)
  return null
}

function parseTogether(env: Environment, first: string, second: string, report: Report): { first: string; second: string } | null {
  const values = { first: text(env, first), second: text(env, second) }
  if (values.first !== null && values.second !== null) return { first: values.first, second: values.second }
  if (values.first !== null) report(`${second} is required beside ${first}`)
  if (values.second !== null) report(`${first} is required beside ${second}`)
  return null
}

function parseProviders(env: Environment, report: Report): IdentityProvider[] {
  const value = text(env, 'IDENTITY_PROVIDERS')
  if (value === null) return []
  const items = parseJson(value)
  if (!Array.isArray(items) || items.length === 0) {
    report('IDENTITY_PROVIDERS must be a JSON list with at least one provider')
    return []
  }
  return items.flatMap((item, index) => {
    const parsed = v.safeParse(providerSchema, item)
    if (parsed.success) return [parsed.output]
    for (const issue of parsed.issues) report(`IDENTITY_PROVIDERS[${index}].${v.getDotPath(issue) ?? ''} is not valid`)
    return []
  })
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
