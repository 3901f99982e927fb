import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BrowserContext } from 'playwright-core'
import webpack from 'webpack'
import type { Series } from '../doubles/bench'
import { startChromium } from '../doubles/chromium'
import { user, viewer } from '../doubles/samples/records'

const ROOT = process.cwd()
const PANE = join(ROOT, 'dist/outlook')
const ROUNDS = 7
/** A middling connection and a computer a quarter as fast as this one. */
const NETWORK = { offline: false, latency: 40, downloadThroughput: 9_000_000 / 8, uploadThroughput: 9_000_000 / 8 }
const CPU_SLOWDOWN = 4
const FIRST_ROW = 'Zora Row'
const CONFIG = { supportUrl: null, messageOrigin: null, identity: { kind: 'microsoft', authority: 'https://login.microsoftonline.com/common', clientId: 'orgdesk', scope: 'api://orgdesk/use', metadata: null } }

const people = Array.from({ length: 50 }, (_, i) => user({ id: `u-${i}`, firstName: i === 0 ? 'Zora' : `Ana ${i}`, lastName: 'Row' }))
const REPLIES: Record<string, unknown> = {
  '/v1/me': viewer(),
  '/v1/users': { items: people, next: null, total: people.length, abilities: {} },
}

/** Compiles the page that React alone makes, as the pane is compiled. */
const bundleBarePage = async (folder: string): Promise<void> => {
  const compiler = webpack({
    mode: 'production', devtool: false, context: ROOT, target: ['web', 'es2022'], performance: false,
    entry: { bare: './tests/doubles/bare-page.ts' },
    resolve: { extensions: ['.ts', '.mjs', '.js'] },
    module: { rules: [{ test: /\.ts$/, use: { loader: 'swc-loader', options: { swcrc: false, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } } } }] },
    output: { path: folder, filename: '[name].js' },
  })
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => { compiler.run((error, result) => (error ? reject(error) : resolve(result))) })
  await new Promise((resolve) => { compiler.close(resolve) })
  if (stats?.hasErrors()) throw new Error(stats.toString('errors-only'))
}

const send = (response: ServerResponse, type: string, body: string | Buffer): void => {
  response.setHeader('content-type', type).setHeader('content-encoding', 'gzip').end(gzipSync(body))
}

/** Serves both pages, compressed, and answers of the contract's shape at once: the server's own time is measured elsewhere. */
const serve = (bare: string): Promise<Server> => {
  const config = `<script type="application/json" id="config">${JSON.stringify(CONFIG)}</script></head>`
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (path === '/bare.html') return send(response, 'text/html', '<!doctype html><title>Bare</title><body><script defer src="/bare.js"></script>')
    if (path === '/bare.js') return send(response, 'text/javascript', readFileSync(join(bare, 'bare.js')))
    if (path === '/outlook/taskpane.html') return send(response, 'text/html', readFileSync(join(PANE, 'taskpane.html'), 'utf8').replace('</head>', config))
    if (/^\/outlook\/[\w.-]+\.js$/.test(path)) return send(response, 'text/javascript', readFileSync(join(PANE, path.slice('/outlook/'.length))))
    if (path.startsWith('/v1/')) return send(response, 'application/json', JSON.stringify(REPLIES[path] ?? { items: [], next: null }))
    return response.writeHead(404).end()
  })
  return new Promise((resolve) => { server.listen(0, () => resolve(server)) })
}

/** Runs in the page: stands for a mail client that signs in silently, and notes when the first row stands there. */
const prepare = (row: string): void => {
  const encode = (value: object) => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  const [tenant, object, username] = ['11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222', 'ana@acme.example']
  const contentOf = (method: string, scope: string) => (method === 'GetInitContext' ? { success: true, initContext: { sdkName: 'bench', sdkVersion: '1', capabilities: {} } } : {
    success: true,
    token: { access_token: 'token', id_token: `${encode({ alg: 'none' })}.${encode({ sub: object, oid: object, tid: tenant, preferred_username: username })}.x`, expires_in: 3600, scope, authority: 'https://login.microsoftonline.com/common' },
    account: { homeAccountId: `${object}.${tenant}`, environment: 'login.microsoftonline.com', tenantId: tenant, localAccountId: object, username, name: username },
  })
  const listeners: ((message: string) => void)[] = []
  const bridge = {
    addEventListener: (_: string, listener: (message: string) => void) => { listeners.push(listener) },
    postMessage: (text: string) => {
      const request: { requestId: string; method: string; tokenParams?: { scope: string } } = JSON.parse(text)
      const reply = JSON.stringify({ messageType: 'NestedAppAuthResponse', requestId: request.requestId, ...contentOf(request.method, request.tokenParams?.scope ?? '') })
      void Promise.resolve().then(() => { for (const listener of listeners) listener(reply) })
    },
  }
  const look = new MutationObserver(() => {
    if (document.querySelector('#root, div')?.textContent?.includes(row) !== true) return
    look.disconnect()
    performance.mark('row')
  })
  look.observe(document, { childList: true, subtree: true, characterData: true })
  Object.assign(window, { nestedAppAuthBridge: bridge, look })
}

const timesOf = async (context: BrowserContext, url: string, row: string): Promise<{ paint: number; row: number }> => {
  const page = await context.newPage()
  await page.route('https://appsforoffice.microsoft.com/**', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
  await page.addInitScript(prepare, row)
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  await cdp.send('Network.emulateNetworkConditions', NETWORK)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
  await page.goto(url)
  await page.waitForFunction(() => ['first-contentful-paint', 'row'].every((name) => performance.getEntriesByName(name).length > 0))
  const [paint, rowAt] = await page.evaluate(() => ['first-contentful-paint', 'row'].map((name) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN))
  await page.close()
  return { paint: paint ?? Number.NaN, row: rowAt ?? Number.NaN }
}

/**
 * How soon the built pane shows something and then its rows, on a slow computer and line, beside the
 * least that a page with React takes in the same run. office.js is answered empty: it is Microsoft's.
 */
export async function run(): Promise<Series[]> {
  const folder = mkdtempSync(join(tmpdir(), 'orgdesk-bare-'))
  await bundleBarePage(folder)
  const server = await serve(folder)
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const chromium = await startChromium()
  const pages = [
    { name: 'bare React page', url: `${origin}/bare.html`, row: FIRST_ROW },
    { name: 'pane, home', url: `${origin}/outlook/taskpane.html`, row: viewer().user?.email ?? '' },
    { name: 'pane, list of users', url: `${origin}/outlook/taskpane.html?screen=users`, row: FIRST_ROW },
  ]
  const series: Series[] = pages.flatMap(({ name }) => [{ name: `${name}: first paint`, unit: 'ms', samples: [] }, { name: `${name}: first rows`, unit: 'ms', samples: [] }])
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [i, { url, row }] of pages.entries()) {
      const times = await timesOf(chromium.context, url, row)
      series[i * 2]?.samples.push(times.paint)
      series[i * 2 + 1]?.samples.push(times.row)
    }
  }
  await chromium.close()
  server.close()
  rmSync(folder, { recursive: true, force: true })
  return series
}
