import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { describeError } from '../http/logger'
import type { ChangeNotice, Streams } from '../http/stream'
import type { Settings } from '../settings'
import type { StoreConnection } from '../store/database'

/** What the thread of the background is started with: plain data, and the count of waiting reads in memory that it shares. */
export type BackgroundStart = { settings: Settings; smtpUrl: string; connection: StoreConnection; waiting: SharedArrayBuffer }

/** What the thread tells: that something changed, for whoever watches. It is told one thing, to stop. */
export type BackgroundTold = ChangeNotice

/** Where the thread runs, and who hears of it; `onLost` that it ended by itself, which it never should. */
type BackgroundOptions = { workerFile: string; start: BackgroundStart; publish: Streams['publish']; onLost: (problem: string) => void; logger: Logger }

/** Work beside the requests, in a thread of its own; `stop` waits for what has begun. */
export type BackgroundThread = { stop: () => Promise<void> }

/**
 * Room for what is soon gone. What lives as long as a chunk of an import or a page of a file must fit in twice: with a third
 * of this room most of it was kept as if it stayed, and clearing that up took a tenth of what both cores did.
 */
const YOUNG_MB = 64

/**
 * Starts what nobody waits for from its built `workerFile`, with connections of its own: an import, a file or a
 * thousand mails must not stand between a request and its answer.
 */
export function startBackgroundThread({ workerFile, start, publish, onLost, logger }: BackgroundOptions): BackgroundThread {
  const thread = new Worker(workerFile, { workerData: start, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } })
  const ended = new Promise<void>((resolve) => { thread.once('exit', () => resolve()) })
  let isStopping = false
  thread.on('message', (notice: BackgroundTold) => publish(notice))
  // One that nothing caught: the thread exits after it, and is lost.
  thread.on('error', (error) => logger.fatal({ error: describeError(error) }, 'the background failed'))
  thread.on('exit', () => { if (!isStopping) onLost('orgdesk: the work in the background ended (server.background_lost)') })
  return {
    stop: async () => {
      isStopping = true
      thread.postMessage('stop', [])
      await ended
    },
  }
}
