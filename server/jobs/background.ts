import type { Logger } from 'pino'
import { REMIND_JOB, remindOfLinks } from '../actions/activation/remind'
import { EXPORT_JOB } from '../actions/downloads/mailed'
import { PURGE_JOB } from '../actions/events/retention'
import { createOrderJobs } from '../actions/orders/jobs'
import { RENEWAL_JOB, renewLicenses } from '../actions/orders/renewals'
import { REVOKE_JOB } from '../actions/messages/messages'
import { createRevokeJob } from '../actions/messages/revoke'
import type { LookUp } from '../domains/dns'
import { createDomainJobs, DOMAIN_SCHEDULES } from '../domains/jobs'
import type { Streams } from '../http/stream'
import type { Breathe } from '../http/traffic'
import type { ImportReader } from '../imports/reader'
import type { SendMail } from '../mail/mail'
import { drainOutbox } from '../mail/outbox'
import { createRender } from '../mail/render'
import type { Payment } from '../payment/payment'
import type { Settings } from '../settings'
import { cleanUp } from '../store/cleanup'
import { ensurePartitions } from '../store/database'
import { headsFolder, signHeads } from '../store/log.heads'
import type { Store } from '../store/store'
import { mergeSearchLists } from '../store/words'
import { createExportJob } from './export.job'
import { createImportJob } from './import.job'
import { createPurgeJob } from './purge.job'
import { IMPORT_JOB } from './import.kind'
import { queueSchedules, runJobs, type JobHandler, type JobHandlers, type Schedule } from './jobs'
import { startWorker, type Loop, type Worker } from './worker'

/** What runs beside the requests. */
export type BackgroundDeps = { store: Store; imports: ImportReader; breathe: Breathe; payment: Payment; lookUp: LookUp; publish: Streams['publish']; send: SendMail; settings: Pick<Settings, 'publicUrl' | 'supportUrl' | 'mode' | 'revokeWebhook' | 'dataDir'>; mailDomain: string; clock: () => Date; newId: () => string; logger: Logger }

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const POLL_MS = 500

const SCHEDULES: readonly Schedule[] = [
  { kind: 'server.clean_up', everyMs: HOUR_MS },
  { kind: 'server.ensure_partitions', everyMs: 24 * HOUR_MS },
  { kind: 'log.sign_heads', everyMs: HOUR_MS },
  { kind: REMIND_JOB, everyMs: HOUR_MS },
  { kind: RENEWAL_JOB, everyMs: HOUR_MS },
  ...DOMAIN_SCHEDULES,
]

const createJobHandlers = ({ store, imports, breathe, payment, lookUp, publish, clock, newId, settings }: BackgroundDeps): JobHandlers => ({
  ...createDomainJobs({ store, lookUp, clock, newId }),
  'server.clean_up': async () => {
    await store.system((db) => cleanUp(db, clock()))
    return 'done'
  },
  'server.ensure_partitions': async () => {
    await store.system((db) => ensurePartitions(db, clock()))
    return 'done'
  },
  'log.sign_heads': async () => {
    await signHeads(store, headsFolder(settings.dataDir), clock())
    return 'done'
  },
  [REMIND_JOB]: async () => {
    await remindOfLinks({ store, clock, newId })
    return 'done'
  },
  [RENEWAL_JOB]: async () => {
    await renewLicenses({ store, paysFirst: payment.provider !== 'manual', clock, newId })
    return 'done'
  },
  [EXPORT_JOB]: createExportJob({ store, clock }),
  [PURGE_JOB]: createPurgeJob({ store, headsFolder: headsFolder(settings.dataDir), clock }),
  [IMPORT_JOB]: createImportJob({ store, reader: imports, clock, publish, breathe }),
  ...(payment.provider === 'manual' ? {} : createOrderJobs({ store, payment, clock, newId })),
  // Without a webhook nobody can confirm: revocations wait until there is one. The demo's messages are nowhere else.
  ...(settings.revokeWebhook === null && settings.mode === 'production' ? {} : { [REVOKE_JOB]: createRevokeJob({ store, clock, webhook: settings.revokeWebhook }) }),
})

/** The same handlers, and whether any of them is at work. */
function countWork(handlers: JobHandlers): { handlers: JobHandlers; isBusy: () => boolean } {
  let atWork = 0
  const counted = Object.entries(handlers).map(([kind, handle]): [string, JobHandler] => [kind, async (job) => {
    atWork += 1
    try {
      return await handle(job)
    } finally {
      atWork -= 1
    }
  }])
  return { handlers: Object.fromEntries(counted), isBusy: () => atWork > 0 }
}

/** Sorts new words into the indexes of searches, so that no write has to. */
export const searchLoop = (store: Store): Loop => ({
  name: 'search',
  idleMs: POLL_MS,
  run: async () => {
    await store.system(mergeSearchLists)
    return 0
  },
})

/** Starts sending mails, doing jobs and queueing what is due by the clock. */
export function startBackground(deps: BackgroundDeps): Worker {
  const { store, send, settings, mailDomain, clock, newId, logger } = deps
  const render = createRender(settings)
  const { handlers, isBusy } = countWork(createJobHandlers(deps))
  const lastRun = new Map<string, number>()
  return startWorker([
    { name: 'outbox', idleMs: POLL_MS, run: () => drainOutbox({ store, send, render, domain: mailDomain, isBusy, clock, newId, logger }) },
    { name: 'jobs', idleMs: POLL_MS, run: () => runJobs({ store, handlers, clock, newId, logger }) },
    searchLoop(store),
    {
      name: 'schedules',
      idleMs: MINUTE_MS,
      run: async () => {
        await queueSchedules({ store, clock, newId }, SCHEDULES, lastRun)
        return 0
      },
    },
  ], logger)
}
