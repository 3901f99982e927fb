import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { completeAppsScript } from './appsscript.mjs'
import { ABSENT_GLOBALS, footerOf, functionsOf, unsupportedIn } from './gmail.mjs'

const ROOT = join(__dirname, '..')
const manifest = JSON.parse(readFileSync(join(ROOT, 'appsscript.json'), 'utf8'))

test('the manifest calls the functions that the add-on exports', () => {
  expect(functionsOf(manifest)).toEqual(['onHomepage', 'onOpenScreen', 'onMailOpen', 'onComposeOpen'])
})

test('each function becomes a global that hands on to the bundle', () => {
  expect(footerOf(['onHomepage', 'onAction'])).toBe(
    'function onHomepage(e){return App.onHomepage(e)}\nfunction onAction(e){return App.onAction(e)}',
  )
})

test.each(ABSENT_GLOBALS)('code that needs %s does not run in Apps Script', (name) => {
  expect(unsupportedIn(`(function () { return ${name} })()`)).toEqual([`code.js uses ${name}, which Apps Script does not have`])
})

test.each([
  ['asks whether a global exists', 'var has = typeof URL !== "undefined"'],
  ['has a variable of that name', 'function open(URL) { return URL.href }'],
  ['has a property of that name', 'var api = { fetch: 1 }; api.fetch'],
])('code that %s is accepted', (_what, code) => {
  expect(unsupportedIn(code)).toEqual([])
})

test.each([
  ['private fields', 'class A { #x = 1 }'],
  ['static fields', 'class A { static x = 1 }'],
  ['modules', 'export const x = 1'],
])('code with %s is refused', (_what, code) => {
  expect(unsupportedIn(code)).toEqual([expect.stringContaining('is not ES2020')])
})

test('code beyond 400 KB is refused', () => {
  expect(unsupportedIn(`var text = "${'x'.repeat(400_000)}"`)).toEqual([expect.stringContaining('more than 400000')])
})

test('the completed manifest names the public address only', () => {
  const completed = JSON.stringify(completeAppsScript(manifest, 'https://desk.customer.test'))
  expect(completed).toContain('"urlFetchWhitelist":["https://desk.customer.test/"]')
  expect(completed).not.toContain('orgdesk.example')
})

test('no scope of the manifest is a restricted one', () => {
  const RESTRICTED = /auth\/(gmail\.(readonly|modify|compose|insert|metadata|settings)|drive)|mail\.google\.com/
  expect(manifest.oauthScopes.filter((scope) => RESTRICTED.test(scope))).toEqual([])
})

test('clasp pushes exactly the code and its manifest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'orgdesk-clasp-'))
  for (const file of ['.clasp.json', '.claspignore']) cpSync(join(ROOT, file), join(folder, file))
  mkdirSync(join(folder, 'dist/gmail/lib'), { recursive: true })
  for (const file of ['code.js', 'appsscript.json', 'other.js', 'page.html', 'lib/code.js'])
    writeFileSync(join(folder, 'dist/gmail', file), '{}')
  const clasp = join(ROOT, 'node_modules/.bin/clasp')
  const status = JSON.parse(execFileSync(clasp, ['show-file-status', '--json'], { cwd: folder, encoding: 'utf8' }))
  rmSync(folder, { recursive: true })
  expect(status.filesToPush.sort()).toEqual(['dist/gmail/appsscript.json', 'dist/gmail/code.js'])
}, 30_000)
