import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import chromium from '@sparticuz/chromium'
import { chromium as driver } from 'playwright-core'
import type { Browser, BrowserContext } from 'playwright-core'

export type Chromium = { browser: Browser; context: BrowserContext; close(): Promise<void> }

const LISTENING = /DevTools listening on (ws:\S+)/

/**
 * A real browser with its own storage partitioning: Playwright switches that off in browsers that it
 * starts, so this one is started by hand and only driven by it.
 */
export const startChromium = async (): Promise<Chromium> => {
  const profile = await mkdtemp(join(tmpdir(), 'orgdesk-chromium-'))
  const child = spawn(await chromium.executablePath(), [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--remote-debugging-port=0', '--test-third-party-cookie-phaseout', `--user-data-dir=${profile}`, 'about:blank',
  ], { stdio: ['ignore', 'ignore', 'pipe'] })
  const address = await new Promise<string>((resolve, reject) => {
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
    const ended = new Promise((resolve) => { child.once('exit', resolve) })
    child.kill('SIGKILL')
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
  return { browser, context, close }
}
