import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** Who waits for an answer just now, and the pause for work that can wait better. */
export type Traffic = {
  /** Counts the reads of this server, but those that stay open. Writes may wait for that very work, which must get on then. */
  watch: (app: FastifyInstance) => void
  /** Lets in whoever has come, and those who are being answered finish; not for long, so that work gets on under any load. */
  breathe: () => Promise<void>
}

const MOST_MS = 3
const UNCOUNTED: ReadonlySet<string> = new Set(['/v1/stream', '/v1/events/export'])

/** The traffic of one server; work waits for `mostMs` at a time. */
export function createTraffic(mostMs: number = MOST_MS): Traffic {
  const reads = { waiting: 0 }
  const watch = (app: FastifyInstance): void => {
    app.addHook('onRequest', async (request, reply) => {
      if (request.method !== 'GET' || UNCOUNTED.has(request.routeOptions.config.pattern ?? '')) return
      reads.waiting += 1
      let isOver = false
      const leave = (): void => {
        if (!isOver) reads.waiting -= 1
        isOver = true
      }
      // Whichever comes first: an answer that is sent, or a caller who went away.
      reply.raw.once('finish', leave).once('close', leave)
    })
  }
  const breathe = async (): Promise<void> => {
    await turn()
    const until = performance.now() + mostMs
    while (reads.waiting > 0 && performance.now() < until) await sleep(1)
  }
  return { watch, breathe }
}
