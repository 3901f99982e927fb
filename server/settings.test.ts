import { parseSettings } from './settings'

const provider = { kind: 'oidc', issuer: 'https://id.example', audience: 'orgdesk', jwks: 'https://id.example/keys' }
const production = {
  MODE: 'production',
  PUBLIC_URL: 'https://desk.example',
  SMTP_URL: 'smtps://user:secret@mail.example',
  MAIL_FROM: 'Desk <desk@example.com>',
  IDENTITY_PROVIDERS: JSON.stringify([provider]),
}

function problemsOf(env: Record<string, string>): string[] {
  const parsed = parseSettings(env)
  return parsed.ok ? [] : parsed.problems
}

test('an empty environment is the demo on loopback, on its own PostgreSQL', () => {
  const parsed = parseSettings({ PORT: '', SMTP_URL: '  ' })
  expect(parsed).toMatchObject({
    ok: true,
    settings: { mode: 'demo', port: 3000, host: '127.0.0.1', publicUrl: 'http://localhost:3000', dataDir: '.data', databaseUrl: null, smtpUrl: null, logLevel: 'info' },
  })
})

test('a complete production environment is accepted', () => {
  const parsed = parseSettings({ ...production, DNS_SERVERS: '127.0.0.1:53, ::1 [::1]:5353', REVOKE_WEBHOOK_URL: 'https://m.example/hook', REVOKE_WEBHOOK_SECRET: 's' })
  expect(parsed).toMatchObject({
    ok: true,
    settings: { identityProviders: [provider], dnsServers: ['127.0.0.1:53', '::1', '[::1]:5353'], revokeWebhook: { url: 'https://m.example/hook', secret: 's' }, publicUrl: 'https://desk.example' },
  })
})

const refused: [string, Record<string, string>, string[]][] = [
  ['a demo that listens to the world', { HOST: '0.0.0.0' }, ['HOST']],
  ['an unknown mode', { MODE: 'test' }, ['MODE']],
  ['a port that is none', { PORT: '70000' }, ['PORT']],
  ['a database that is not PostgreSQL', { DATABASE_URL: 'mysql://x/y' }, ['DATABASE_URL']],
  ['a public address with a path', { PUBLIC_URL: 'https://desk.example/app' }, ['PUBLIC_URL']],
  ['providers that are not JSON', { IDENTITY_PROVIDERS: '[' }, ['IDENTITY_PROVIDERS']],
  ['an empty list of providers', { IDENTITY_PROVIDERS: '[]' }, ['IDENTITY_PROVIDERS']],
  ['a provider with a misspelt key', { IDENTITY_PROVIDERS: JSON.stringify([{ ...provider, scopes: 'x' }]) }, ['IDENTITY_PROVIDERS[0].scopes']],
  ['a webhook without its secret', { REVOKE_WEBHOOK_URL: 'https://m.example' }, ['REVOKE_WEBHOOK_SECRET']],
  ['a Stripe webhook secret alone', { STRIPE_WEBHOOK_SECRET: 'w' }, ['STRIPE_SECRET_KEY']],
  ['production without anything', { MODE: 'production' }, ['PUBLIC_URL', 'SMTP_URL', 'MAIL_FROM', 'IDENTITY_PROVIDERS']],
  ['production on plain http', { ...production, PUBLIC_URL: 'http://desk.example' }, ['PUBLIC_URL']],
  ['production with the demo provider', { ...production, IDENTITY_PROVIDERS: JSON.stringify([{ ...provider, issuer: 'http://localhost:3000/oidc' }]) }, ['IDENTITY_PROVIDERS']],
  ['production with its own origin as issuer', { ...production, IDENTITY_PROVIDERS: JSON.stringify([{ ...provider, issuer: 'https://desk.example/oidc' }]) }, ['IDENTITY_PROVIDERS']],
  ['production with demo sizes', { ...production, DEMO_USERS: '5' }, ['DEMO_USERS']],
  ['an imitation of Stripe in production', { ...production, STRIPE_API_URL: 'http://localhost:12111' }, ['STRIPE_API_URL']],
  ['an imitation of Stripe elsewhere', { STRIPE_SECRET_KEY: 'k', STRIPE_WEBHOOK_SECRET: 'w', STRIPE_API_URL: 'http://stripe.example' }, ['STRIPE_API_URL']],
  ['a resolver named instead of addressed', { DNS_SERVERS: '127.0.0.1, dns.example' }, ['DNS_SERVERS']],
  ['several problems at once', { MODE: 'demo', PORT: 'x', LOG_LEVEL: 'loud', SUPPORT_URL: 'javascript:1', DEMO_EVENTS: '-1' }, ['SUPPORT_URL', 'LOG_LEVEL', 'DEMO_EVENTS', 'PORT']],
]

test.each(refused)('%s is refused, each problem in a line of its own', (_name, env, variables) => {
  const problems = problemsOf(env)
  expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([...variables].sort())
})

test('a problem never repeats the value, which may be a secret', () => {
  expect(problemsOf({ DATABASE_URL: 'mysql://root:hunter2@x/y' }).join()).not.toContain('hunter2')
})
