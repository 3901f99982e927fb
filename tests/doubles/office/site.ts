import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Provider } from 'oidc-provider'
import webpack from 'webpack'

const ROOT = join(__dirname, '../../..')
const MOUNT = '/oidc'
const CLIENT = 'orgdesk'
const SCOPE = 'orgdesk'
const RESOURCE = 'urn:orgdesk'

type Answer = (request: IncomingMessage, response: ServerResponse) => void
type Listening = { origin: string; server: Server; answer(next: Answer): void }

/** A server on a port of its own, which learns afterwards what to say: providers must know their address first. */
const listen = async (): Promise<Listening> => {
  let current: Answer = (_, response) => { response.writeHead(503).end() }
  const server = createServer((request, response) => current(request, response))
  await new Promise<void>((resolve) => { server.listen(0, resolve) })
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, server, answer: (next) => { current = next } }
}

const bundlePane = async (folder: string): Promise<void> => {
  const compiler = webpack({
    mode: 'development', devtool: false, context: ROOT, target: ['web', 'es2022'],
    entry: { pane: './tests/doubles/office/pane.page.ts' },
    resolve: { extensions: ['.ts', '.mjs', '.js'] },
    module: { rules: [{ test: /\.ts$/, use: { loader: 'swc-loader', options: { swcrc: false, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } } } }] },
    output: { path: folder, filename: '[name].js', chunkFilename: '[name].js', publicPath: '/pane/' },
  })
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => { compiler.run((error, result) => (error ? reject(error) : resolve(result))) })
  await new Promise((resolve) => { compiler.close(resolve) })
  if (stats?.hasErrors()) throw new Error(stats.toString('errors-only'))
}

const createProvider = (issuer: string, site: string): Answer => {
  const provider = new Provider(issuer, {
    clients: [{
      client_id: CLIENT, token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
      redirect_uris: ['redirect', 'blank', 'dialog'].map((page) => `${site}/outlook/auth/${page}.html`),
    }],
    scopes: ['openid', 'profile', SCOPE],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true, defaultResource: () => RESOURCE, useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: SCOPE, audience: RESOURCE, accessTokenFormat: 'jwt' }),
      },
    },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id, name: id }) }),
    issueRefreshToken: () => Promise.resolve(true),
    clientBasedCORS: () => true,
  })
  const answer = provider.callback()
  return (request, response) => {
    const mounted = Object.assign(request, { originalUrl: request.url })
    mounted.url = (request.url ?? '').slice(MOUNT.length) || '/'
    void answer(mounted, response)
  }
}

const configBlock = (issuer: string): string => {
  const metadata = { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` }
  const config = { supportUrl: null, messageOrigin: null, identity: { kind: 'oidc', authority: issuer, clientId: CLIENT, scope: SCOPE, metadata } }
  return `<script id="config" type="application/json">${JSON.stringify(config)}</script>`
}

/** Stands in for office.js in the client's own window: keeps what the page says. */
const DIALOG_OFFICE = '<script>window.Office = { onReady: async () => ({ host: "Outlook" }), context: { ui: { messageParent: (text) => { window.told = text } } } }</script>'
const MICROSOFT_SCRIPT = /<script[^>]*appsforoffice[^>]*><\/script>/

const page = (response: ServerResponse, html: string) => { response.setHeader('content-type', 'text/html').end(html) }

const script = (response: ServerResponse, path: string) => { response.setHeader('content-type', 'text/javascript').end(readFileSync(path)) }

const siteAnswer = (panes: string, issuer: string, provider: Answer | null, origin: () => string): Answer => (request, response) => {
  const path = (request.url ?? '').split('?')[0] ?? ''
  if (provider && path.startsWith(MOUNT)) return provider(request, response)
  if (path === '/pane.html') return page(response, `<!doctype html><body>${configBlock(issuer)}<script src="/pane/pane.js"></script>`)
  if (path === '/frame.html') return page(response, `<!doctype html><iframe src="${origin()}/pane.html"></iframe>`)
  if (/^\/pane\/[\w.-]+\.js$/.test(path)) return script(response, join(panes, path.slice('/pane/'.length)))
  if (/^\/outlook\/[\w.-]+\.js$/.test(path)) return script(response, join(ROOT, 'dist', path))
  if (path === '/outlook/auth/dialog.html') return page(response, readFileSync(join(ROOT, 'dist', path), 'utf8').replace(MICROSOFT_SCRIPT, configBlock(issuer) + DIALOG_OFFICE))
  if (/^\/outlook\/auth\/\w+\.html$/.test(path)) return page(response, readFileSync(join(ROOT, 'dist', path), 'utf8'))
  response.writeHead(404).end()
}

export type Site = { origin: string; /** Another site that frames the pane: not the same to a browser, though the same machine. */ foreignOrigin: string; close(): Promise<void> }

/**
 * Serves a pane that can sign in, the built pages that sign-in comes back to, and a real identity
 * provider: below the pane's own origin, or (`apart`) on another.
 */
export const startSite = async (provider: 'same origin' | 'apart'): Promise<Site> => {
  const panes = await mkdtemp(join(tmpdir(), 'orgdesk-pane-'))
  await bundlePane(panes)
  const site = await listen()
  const other = provider === 'apart' ? await listen() : null
  const issuer = `${(other ?? site).origin}${MOUNT}`
  const identity = createProvider(issuer, site.origin)
  other?.answer(identity)
  site.answer(siteAnswer(panes, issuer, other ? null : identity, () => site.origin))
  const close = async () => {
    for (const { server } of other ? [site, other] : [site]) {
      server.closeAllConnections()
      await new Promise((resolve) => { server.close(resolve) })
    }
    await rm(panes, { recursive: true, force: true })
  }
  return { origin: site.origin, foreignOrigin: site.origin.replace('localhost', '127.0.0.1'), close }
}
