import { constants, getPriority, setPriority } from 'node:os'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { createLookUp } from '../domains/dns'
import { publishChanges } from '../http/changes'
import { createLogger } from '../http/logger'
import type { Streams } from '../http/stream'
import { breatheFor } from '../http/traffic'
import { createImportReader } from '../imports/reader'
import { addressIn, createSmtp } from '../mail/smtp'
import { createPayment } from '../payment/create'
import { newId } from '../store/ids'
import { openStore } from '../store/store'
import { startBackground } from './background'
import type { BackgroundAsked, BackgroundStart, BackgroundTold } from './background.thread'

/** Fewer than the requests have: nobody waits for what these do. */
const POOL_SIZE = 5

/** How much less urgent this thread is than those that answer requests; see setpriority(2). */
const NICENESS = 5

/** The composition root of the thread that works beside the requests. */
async function main({ settings, smtpUrl, connection, waiting }: BackgroundStart): Promise<void> {
  // On Linux alone a thread has a priority of its own; elsewhere this would slow down the requests, too.
  if (process.platform === 'linux') setPriority(Math.min(getPriority() + NICENESS, constants.priority.PRIORITY_LOW))
  const clock = (): Date => new Date()
  const logger = createLogger(settings.logLevel)
  const publish: Streams['publish'] = (notice) => { parentPort?.postMessage(notice satisfies BackgroundTold, []) }
  const opened = await openStore({ connection, newId, now: clock(), poolSize: POOL_SIZE, onError: () => logger.warn('a connection to the store was lost') })
  const smtp = createSmtp({ url: smtpUrl, from: settings.mailFrom })
  const background = startBackground({
    store: publishChanges(opened, publish), imports: createImportReader(join(import.meta.dirname, 'import.worker.js')), breathe: breatheFor(waiting),
    payment: await createPayment(settings, logger), lookUp: createLookUp({ servers: settings.dnsServers }), publish, send: smtp.send, settings,
    mailDomain: addressIn(settings.mailFrom).split('@')[1] ?? 'localhost', clock, newId, logger,
  })
  parentPort?.on('message', async (asked: BackgroundAsked) => {
    if (asked !== 'stop') return background.wake(asked)
    await background.stop()
    smtp.close()
    await opened.close()
    process.exit(0)
  })
}

void main(workerData)
