import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** Lets in whoever has come, and those who are being answered finish; not for long, so that work gets on under any load. */
export type Breathe = () => Promise<void>

/** Who waits for an answer just now, and the pause for work that can wait better. */
export type Traffic = {
  /** Counts the reads of this server, but those that stay open. Writes may wait for that very work, which must get on then. */
  watch: (app: FastifyInstance) => void
  breathe: Breathe
  /** How many reads wait: one 32-bit number, which other threads may look at. */
  waiting: SharedArrayBuffer
}

const MOST_MS = 3
const UNCOUNTED: ReadonlySet<string> = new Set(['/v1/stream', '/v1/events/export'])

/** The traffic of one server; work waits for `mostMs` at a time. */
export function createTraffic(mostMs: number = MOST_MS): Traffic {
  const waiting = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const reads = new Int32Array(waiting)
  const watch = (app: FastifyInstance): void => {
    app.addHook('onRequest', async (request, reply) => {
      if (request.method !== 'GET' || UNCOUNTED.has(request.routeOptions.config.pattern ?? '')) return
      Atomics.add(reads, 0, 1)
      let isOver = false
      const leave = (): void => {
        if (!isOver) Atomics.sub(reads, 0, 1)
        isOver = true
      }
      // Whichever comes first: an answer that is sent, or a caller who went away.
      reply.raw.once('finish', leave).once('close', leave)
    })
  }
  return { watch, waiting, breathe: breatheFor(waiting, mostMs) }
}

/** The pause of work in any thread, for the reads that a server counts in `waiting`. */
export function breatheFor(waiting: SharedArrayBuffer, mostMs: number = MOST_MS): Breathe {
  const reads = new Int32Array(waiting)
  return async () => {
    await turn()
    const until = performance.now() + mostMs
    while (Atomics.load(reads, 0) > 0 && performance.now() < until) await sleep(1)
  }
}
