import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const ROOT = join(__dirname, '..')
const PUBLIC_URL = 'https://desk.customer.test'
const HANDLERS = ['onHomepage', 'onMailOpen', 'onComposeOpen', 'onOpenScreen', 'onAction', 'onSuggest']
const gmailEntry = (names) => `declare const __PUBLIC_URL__: string
const answer = (event: unknown) => [__PUBLIC_URL__, event]
${names.map((name) => `export const ${name} = answer`).join('\n')}
`

let project = ''

const write = (path, text) => {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), text)
}

async function runBuild(...args) {
  const child = spawn(process.execPath, ['tooling/build.mjs', ...args], { cwd: project, env: { ...process.env, PUBLIC_URL } })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { text += chunk })
  const [code] = await once(child, 'close')
  return { code, text }
}

const built = (text) => text.match(/^(built .*|nothing changed)$/m)?.[0]

/** A project with the real tooling and the smallest sources that make a Gmail and a server bundle. */
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'orgdesk-build-'))
  for (const path of ['tooling', 'webpack.config.js', 'appsscript.json', 'manifest.xml', 'package.json', 'package-lock.json'])
    cpSync(join(ROOT, path), join(project, path), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'))
  write('gmail-addon/index.ts', gmailEntry(HANDLERS))
  write('server/main.ts', `import { sep } from 'node:path'\nif (sep === '') await import('./demo')\n`)
  write('server/demo.ts', `export const people = ['owner@acme.example']\n`)
  write('server/jobs/import.worker.ts', `export const ready = true\n`)
  await runBuild('gmail', 'server')
}, 60_000)

afterAll(() => rmSync(project, { recursive: true, force: true }))

test('a build leaves the code, the completed manifest and a module for each program and worker', () => {
  for (const path of ['gmail/code.js', 'gmail/appsscript.json', 'server/main.js', 'server/import.worker.js'])
    expect([path, existsSync(join(project, 'dist', path))]).toEqual([path, true])
  expect(readFileSync(join(project, 'dist/gmail/appsscript.json'), 'utf8')).toContain(`${PUBLIC_URL}/`)
})

test('what only the demo needs is not in the program that customers run', () => {
  expect(readFileSync(join(project, 'dist/server/main.js'), 'utf8')).not.toContain('owner@acme.example')
})

test('the Gmail code answers through global functions and calls the public address', () => {
  const code = readFileSync(join(project, 'dist/gmail/code.js'), 'utf8')
  for (const name of HANDLERS) expect(new Function(`${code}; return ${name}(7)`)()).toEqual([PUBLIC_URL, 7])
})

test('the recorded hashes are those of the files', () => {
  const hashes = JSON.parse(readFileSync(join(project, 'dist/hashes.json'), 'utf8'))
  const code = readFileSync(join(project, 'dist/gmail/code.js'))
  expect(hashes.gmail['dist/gmail/code.js']).toBe(createHash('sha256').update(code).digest('hex'))
})

test('with nothing changed, nothing is built', async () => {
  expect(built((await runBuild('gmail', 'server')).text)).toBe('nothing changed')
})

test('a changed source builds its own bundle only, and a changed test none', async () => {
  write('server/demo.ts', `export const people = ['billing@acme.example']\n`)
  expect(built((await runBuild('gmail', 'server')).text)).toBe('built server')
  write('server/demo.test.ts', 'test')
  expect(built((await runBuild('gmail', 'server')).text)).toBe('nothing changed')
}, 30_000)

test('a file that went missing is built again', async () => {
  rmSync(join(project, 'dist/gmail/code.js'))
  expect(built((await runBuild('gmail', 'server')).text)).toBe('built gmail')
}, 30_000)

test('of two builds at once, one builds and the other finds it done', async () => {
  write('gmail-addon/index.ts', `${gmailEntry(HANDLERS)}\nexport const onMore = answer\n`)
  const both = await Promise.all([runBuild('gmail'), runBuild('gmail')])
  expect(both.map(({ text }) => built(text)).sort()).toEqual(['built gmail', 'nothing changed'])
}, 30_000)

test('a function that the manifest calls and nobody exports fails the build, and the next build tries again', async () => {
  write('gmail-addon/index.ts', gmailEntry(HANDLERS.slice(1)))
  const first = await runBuild('gmail')
  expect(first.code).toBe(1)
  expect(first.text).toContain('appsscript.json calls onHomepage, which gmail-addon/index.ts does not export')
  write('gmail-addon/index.ts', gmailEntry(HANDLERS))
  expect(built((await runBuild('gmail')).text)).toBe('built gmail')
}, 30_000)

test('Gmail code that Apps Script could not run fails the build', async () => {
  write('gmail-addon/index.ts', `${gmailEntry(HANDLERS)}\nexport const onLate = () => setTimeout(answer, 1)\n`)
  const { code, text } = await runBuild('gmail')
  expect(code).toBe(1)
  expect(text).toContain('code.js uses setTimeout')
}, 30_000)
