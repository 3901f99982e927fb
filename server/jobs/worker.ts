import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { describeError } from '../http/logger'

/** Work that is looked for again and again: `run` answers how much it found. */
export type Loop = { name: string; run: () => Promise<number>; idleMs: number }

/** Loops that run until they are stopped. One that is woken while it runs looks once more. */
export type Worker = { wake(name: string): void; stop(): Promise<void> }

const AFTER_FAILURE_MS = 5_000

/**
 * Runs each loop by itself: at once again after it found work, else after its pause or when it is woken.
 * A failing loop is logged and goes on. `stop` waits for what has begun.
 */
export function startWorker(loops: readonly Loop[], logger: Logger): Worker {
  const stopping = new AbortController()
  const wakers = new Map<string, () => void>()
  const woken = new Set<string>()
  const pause = async (name: string, ms: number): Promise<void> => {
    if (woken.delete(name)) return
    const waking = new AbortController()
    wakers.set(name, () => waking.abort())
    await sleep(ms, undefined, { signal: AbortSignal.any([waking.signal, stopping.signal]) }).catch(() => undefined)
    wakers.delete(name)
  }
  const runLoop = async ({ name, run, idleMs }: Loop): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const found = await run()
        if (found === 0) await pause(name, idleMs)
      } catch (error) {
        logger.error({ loop: name, error: describeError(error) }, 'loop failed')
        await pause(name, AFTER_FAILURE_MS)
      }
    }
  }
  const running = loops.map(runLoop)
  return {
    wake: (name) => {
      const waken = wakers.get(name)
      if (waken === undefined) woken.add(name)
      else waken()
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}
