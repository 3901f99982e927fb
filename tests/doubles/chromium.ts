import { spawn, spawnSync } from 'node:child_process'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import chromium from '@sparticuz/chromium'
import { chromium as driver } from 'playwright-core'
import type { Browser, BrowserContext } from 'playwright-core'
import { startGuard } from './guard'

export type Chromium = { browser: Browser; context: BrowserContext; close(): Promise<void> }

const LISTENING = /DevTools listening on (ws:\S+)/
const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome']
const ELSEWHERE = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']
const ARGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--hide-scrollbars', '--remote-debugging-port=0', '--test-third-party-cookie-phaseout',
]

const installed = (): string | undefined =>
  [...(process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))), ...ELSEWHERE].find((path) => existsSync(path))

const runs = (path: string, env: NodeJS.ProcessEnv): boolean => spawnSync(path, ['--version'], { env, stdio: 'ignore' }).status === 0

/** The libraries that come with the packed browser, for machines that have none of them. */
const unpackLibraries = async (): Promise<string> => {
  const folder = join(tmpdir(), 'orgdesk-chromium-libraries')
  if (existsSync(folder)) return join(folder, 'lib')
  const archive = join(dirname(require.resolve('@sparticuz/chromium')), '../../bin/al2023.tar.br')
  const fresh = await mkdtemp(`${folder}-`)
  await mkdir(fresh, { recursive: true })
  const tar = spawn('tar', ['-x', '-C', fresh], { stdio: ['pipe', 'ignore', 'inherit'] })
  const unpacked = new Promise((resolve) => { tar.once('exit', resolve) })
  await pipeline(createReadStream(archive), createBrotliDecompress(), tar.stdin)
  await unpacked
  // Another run may have been quicker.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }))
  return join(folder, 'lib')
}

/** An installed Chrome or Chromium, or the packed one, which is unpacked at the first call. */
export const findBrowser = async (): Promise<{ path: string; env: NodeJS.ProcessEnv }> => {
  const own = installed()
  if (own !== undefined && runs(own, process.env)) return { path: own, env: process.env }
  const path = await chromium.executablePath()
  const env = existsSync('/etc/fonts/fonts.conf') ? process.env : { FONTCONFIG_PATH: join(tmpdir(), 'fonts'), ...process.env }
  if (runs(path, env)) return { path, env }
  const libraries = await unpackLibraries()
  return { path, env: { ...env, LD_LIBRARY_PATH: [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':') } }
}

/**
 * A real browser with its own storage partitioning: Playwright switches that off in browsers that it
 * starts, so this one is started by hand and only driven by it. An installed Chrome or Chromium is
 * preferred to the packed one. It ends with the test, even with one that is killed.
 */
export const startChromium = async (): Promise<Chromium> => {
  const guard = startGuard()
  const profile = await mkdtemp(join(tmpdir(), 'orgdesk-chromium-'))
  guard.keep('folder', profile)
  const { path, env } = await findBrowser()
  const child = spawn(path, [...ARGS, `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'], detached: true, env })
  if (child.pid !== undefined) guard.keep('group', child.pid)
  const address = await new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error('the browser ended before it listened')))
    createInterface(child.stderr).on('line', (line) => {
      const found = LISTENING.exec(line)?.[1]
      if (found) resolve(found)
    })
  })
  const browser = await driver.connectOverCDP(address)
  const context = browser.contexts()[0] ?? (await browser.newContext())
  const close = async () => {
    await browser.close()
    await guard.end()
  }
  return { browser, context, close }
}
