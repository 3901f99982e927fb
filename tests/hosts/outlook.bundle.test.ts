import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { en } from '../../shared/i18n/en'
import { es } from '../../shared/i18n/es'
import { fr } from '../../shared/i18n/fr'
import { startChromium, type Chromium } from '../doubles/chromium'

const DIST = join(__dirname, '../../dist')
const PANE = join(DIST, 'outlook')
const OFFICE = 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js'
const KB = 1000
const NONCE = 'bm9uY2U'
const POLICY = [`default-src 'none'`, `script-src 'self' https://appsforoffice.microsoft.com`, `style-src 'self' 'nonce-${NONCE}'`, `connect-src 'self'`, `img-src 'self' data:`].join('; ')
const CONFIG = JSON.stringify({ supportUrl: null, messageOrigin: null, identity: { kind: 'oidc', authority: 'https://identity.example', clientId: 'orgdesk', scope: 'orgdesk', metadata: {} } })

const scripts = readdirSync(PANE).filter((file) => file.endsWith('.js'))
const pages = ['taskpane.html', 'activate.html', 'auth/redirect.html', 'auth/dialog.html', 'auth/blank.html']
const textOf = (file: string): string => readFileSync(join(PANE, file), 'utf8')
const weightOf = (file: string): number => gzipSync(readFileSync(join(PANE, file)), { level: 9 }).length

/** Every text of a catalog that a script would hold as it is: long, and without anything that is escaped. */
const phrasesOf = (catalog: object): string[] => Object.values(catalog).flatMap((phrase: unknown) =>
  (typeof phrase === 'string' ? [phrase] : typeof phrase === 'object' && phrase !== null ? phrasesOf(phrase) : [])).filter((text) => text.length >= 25 && /^[\w ,.:{}]+$/.test(text))

const servePane = (): Promise<Server> => {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]?.replace(/^\/outlook\//, '') ?? ''
    if (scripts.includes(path)) return response.setHeader('content-type', 'text/javascript').end(readFileSync(join(PANE, path)))
    if (path !== 'taskpane.html') return response.writeHead(404).end()
    const html = textOf(path).replaceAll('__CSP_NONCE__', NONCE).replace('</head>', `<script type="application/json" id="config">${CONFIG}</script></head>`)
    return response.setHeader('content-type', 'text/html').setHeader('content-security-policy', POLICY).end(html)
  })
  return new Promise((resolve) => { server.listen(0, () => resolve(server)) })
}

describe('the files that are built for Outlook', () => {
  test('are named in hashes.json, each with its own hash', () => {
    const hashes: Record<string, string> = JSON.parse(readFileSync(join(DIST, 'hashes.json'), 'utf8')).outlook
    for (const file of [...scripts, ...pages]) expect([file, hashes[`dist/outlook/${file}`]]).toEqual([file, createHash('sha256').update(readFileSync(join(PANE, file))).digest('hex')])
  })

  test('make no code out of text', () => {
    for (const file of scripts) expect([file, /\beval\(|\bnew Function\b|\bFunction\(["'`]|document\.write\(/.test(textOf(file))]).toEqual([file, false])
  })

  test('keep each language in its own chunk', () => {
    const catalogs = { en, es, fr }
    for (const [locale, catalog] of Object.entries(catalogs)) {
      const others = Object.entries(catalogs).filter(([other]) => other !== locale).flatMap(([, each]) => phrasesOf(each))
      const own = phrasesOf(catalog).filter((text) => !others.includes(text))
      const [home] = scripts.filter((file) => file.startsWith(`language-${locale}.`))
      expect(own.filter((text) => textOf(home ?? '').includes(text)).length).toBeGreaterThan(50)
      for (const file of scripts.filter((each) => each !== home)) expect([file, own.filter((text) => textOf(file).includes(text))]).toEqual([file, []])
    }
  })

  test('hold nothing that only the server reads of the contract', () => {
    for (const file of scripts) expect([file, textOf(file).includes('Read one user')]).toEqual([file, false])
    // Parsers of requests: that of a code to activate with, which the page behind its link checks by itself.
    const parsers = scripts.filter((file) => textOf(file).includes('^\\d{6}$'))
    expect(parsers.map((file) => file.split('.')[0])).not.toContain('first')
  })
})

describe.each(pages)('the page %s', (file) => {
  const html = textOf(file)
  test('runs scripts of files only, office.js from Microsoft alone', () => {
    const tags = [...html.matchAll(/<script\b([^>]*)>([^<]*)<\/script>/g)]
    for (const [, attributes = '', body = ''] of tags) {
      expect(body.trim()).toBe('')
      const src = /src="([^"]+)"/.exec(attributes)?.[1] ?? ''
      expect(src === OFFICE || /^\/outlook\/[\w.-]+\.js$/.test(src)).toBe(true)
    }
    expect(html).not.toMatch(/\son\w+=|javascript:/i)
  })

  test('gives every style the nonce of the answer', () => {
    expect(html).not.toMatch(/<style(?![^>]*nonce="__CSP_NONCE__")|\sstyle=/)
  })
})

test('the outline of the pane stands before any script', () => {
  const html = textOf('taskpane.html')
  expect(html.indexOf('class="skeleton"')).toBeGreaterThan(0)
  expect(html.indexOf('class="skeleton"')).toBeLessThan(html.indexOf('<script'))
  expect(html.match(/<script(?![^>]*defer)/g)).toBeNull()
})

describe('the pane in a browser, under a policy without any exception', () => {
  let chromium: Chromium
  let server: Server
  const asked: string[] = []
  const refused: string[] = []
  let askedFirst: string[] = []
  let edge: object = {}

  beforeAll(async () => {
    server = await servePane()
    chromium = await startChromium()
    const page = await chromium.context.newPage()
    await page.route(OFFICE, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
    page.on('console', (message) => { if (message.text().includes('Content Security Policy')) refused.push(message.text()) })
    page.on('request', (request) => { if (request.resourceType() === 'script') asked.push(request.url().split('/').at(-1) ?? '') })
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/outlook/taskpane.html`)
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    askedFirst = [...asked]
    // Forced colours are drawn over a border that is there, be it transparent; over none nothing is.
    await page.emulateMedia({ forcedColors: 'active' })
    edge = await page.getByRole('button', { name: 'Sign in' }).evaluate((button) => {
      const { borderTopStyle, borderTopWidth, forcedColorAdjust } = getComputedStyle(button)
      return { borderTopStyle, borderTopWidth, forcedColorAdjust }
    })
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('lazy-later')))
    await page.close()
  }, 60_000)

  afterAll(async () => {
    await chromium.close()
    server.closeAllConnections()
    await new Promise((resolve) => { server.close(resolve) })
  })

  test('draws its first screen with nothing refused', () => {
    expect(refused).toEqual([])
  })

  test('waits for no lazy part before its first screen, and for at most 120 KB', () => {
    const isBeside = (file: string): boolean => /^(http|msal|language-\w+)\./.test(file) || /^\d+\./.test(file) || file === 'office.js'
    const first = askedFirst.filter((file) => !isBeside(file) && !file.startsWith('lazy-later.'))
    expect(first.map((file) => file.split('.')[0]).sort()).toEqual(['first', 'taskpane', 'theme-light'])
    expect(first.reduce((sum, file) => sum + weightOf(file), 0)).toBeLessThanOrEqual(120 * KB)
    for (const file of askedFirst.filter((each) => /^\d+\./.test(each))) expect(textOf(file)).toMatch(/axios|msal/i)
  })

  test('keeps the edges of its buttons where the person\'s own colours are forced', () => {
    expect(edge).toMatchObject({ borderTopStyle: 'solid', borderTopWidth: '1px', forcedColorAdjust: 'auto' })
  })

  test('loads the rest behind it', () => {
    expect(asked.some((file) => file.startsWith('lazy-later.'))).toBe(true)
  })
})
