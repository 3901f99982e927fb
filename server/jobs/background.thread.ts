import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { describeError } from '../http/logger'
import type { ChangeNotice, Streams } from '../http/stream'
import type { Settings } from '../settings'
import type { StoreConnection } from '../store/database'
import type { Waking } from './waking'

/** What the thread of the background is started with: plain data, and the count of waiting reads in memory that it shares. */
export type BackgroundStart = { settings: Settings; smtpUrl: string; connection: StoreConnection; waiting: SharedArrayBuffer }

/** What the thread tells: that something changed, for whoever watches. */
export type BackgroundTold = ChangeNotice

/** What the thread is told: to look for work that has just come, or to stop. */
export type BackgroundAsked = Waking | 'stop'

/** Where the thread runs, and who hears of it; `onLost` that it ended by itself, which it never should. */
type BackgroundOptions = { workerFile: string; start: BackgroundStart; publish: Streams['publish']; onLost: (problem: string) => void; logger: Logger }

/** Work beside the requests, in a thread of its own; `stop` waits for what has begun. */
export type BackgroundThread = { wake: (waking: Waking) => void; stop: () => Promise<void> }

/** Room for what is soon gone; as much as V8 takes by itself is touched again and again, and so stays in memory. */
const YOUNG_MB = 24

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
  const ask = (asked: BackgroundAsked): void => thread.postMessage(asked, [])
  return {
    wake: ask,
    stop: async () => {
      isStopping = true
      ask('stop')
      await ended
    },
  }
}
