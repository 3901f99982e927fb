import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGuard } from '../doubles/guard'

const ROOT = join(__dirname, '../..')
const READY_WITHIN_MS = 90_000
const LOOK_EVERY_MS = 50

/** The built server with the small demo on data of its own. */
export type DemoServer = {
  origin: string
  /** Where its data is. */
  dataDir: string
  /** Ends it at once, as a power cut does; its data stays. */
  kill(): Promise<void>
  /** Ends it as an operator does; its data stays. */
  stop(): Promise<void>
  /** Starts it again on the same data and port. */
  start(): Promise<void>
  /** Ends it for good and removes its data. */
  close(): Promise<void>
}

/** Ports that no system gives to outgoing connections: one of those could take the port while its server is down. */
const PORTS = { from: 20_000, count: 10_000 } as const

const freePort = async (): Promise<number> => {
  const port = PORTS.from + Math.floor(Math.random() * PORTS.count)
  const probe = createServer().listen(port, '127.0.0.1')
  const isFree = await Promise.race([once(probe, 'listening').then(() => true), once(probe, 'error').then(() => false)]).catch(() => false)
  if (!isFree) return freePort()
  probe.close()
  await once(probe, 'close')
  return port
}

const pause = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms) })

const untilReady = async (origin: string, child: ChildProcess): Promise<void> => {
  const until = Date.now() + READY_WITHIN_MS
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} before it was ready`)
    const ready = await fetch(`${origin}/readyz`).then((answer) => answer.ok, () => false)
    if (ready) return
    await pause(LOOK_EVERY_MS)
  }
  throw new Error('the server did not become ready')
}

/** Starts `dist/server` as `npm start` does, on a free port; `env` adds settings, `hear` is told all that it prints. */
export const startDemoServer = async (env: Record<string, string> = {}, hear?: (text: string) => void): Promise<DemoServer> => {
  const guard = startGuard()
  const dataDir = await mkdtemp(join(tmpdir(), 'orgdesk-e2e-'))
  guard.keep('folder', dataDir)
  guard.keep('pid-file', join(dataDir, 'postgres', 'cluster', 'postmaster.pid'))
  const port = await freePort()
  const origin = `http://localhost:${port}`
  let child: ChildProcess | null = null

  const start = async (): Promise<void> => {
    const pipe = hear === undefined ? 'ignore' : 'pipe'
    child = spawn(process.execPath, [join(ROOT, 'dist/server/main.js')], {
      cwd: ROOT, detached: true, stdio: ['ignore', pipe, pipe], env: { ...process.env, MODE: 'demo', LOG_LEVEL: 'error', PORT: String(port), DATA_DIR: dataDir, ...env },
    })
    if (child.pid !== undefined) guard.keep('group', child.pid)
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => hear?.(String(bytes)))
    await untilReady(origin, child)
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    // All that it printed has been heard by then.
    const ended = once(child, 'close')
    child.kill(signal)
    await ended
  }
  const close = async (): Promise<void> => {
    await end('SIGTERM')
    await guard.end()
  }
  await start().catch(async (reason: unknown) => {
    await close()
    throw reason
  })
  return { origin, dataDir, start, close, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}
