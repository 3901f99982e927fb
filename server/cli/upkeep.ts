import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MIGRATIONS } from '../store/migrations'
import { headsFolder, readHeads } from '../store/log.heads'
import { findRunningPostgres } from '../store/postgres/running'
import type { Settings } from '../settings'
import { EXIT, type Command, type ExitCode } from './command'

/** The schema is brought up to date before any command runs; this one says so. */
export const migrateCommand: Command = {
  usage: 'migrate',
  summary: 'brings the database up to date with this version',
  words: 0,
  options: [],
  run: async ({ print }) => {
    print(`up to date: ${MIGRATIONS.at(-1)?.name ?? ''} (${MIGRATIONS.length} steps)`)
    return EXIT.done
  },
}

/** A page for paying is closed long before, and its end told. */
const UNPAID_MS = 24 * 3_600_000
/** Whoever has not renewed by then is not going to by themselves. */
const OVERDUE_MS = 30 * UNPAID_MS

/** Looks for what an operator should know: queues that stand still, mails that were given up, heads that nobody keeps. */
export const doctor: Command = {
  usage: 'doctor',
  summary: 'looks for work that is stuck, and for what is not set up',
  words: 0,
  options: [],
  run: async ({ store, settings, print, now }) => {
    const late = new Date(now.getTime() - 10 * 60_000)
    const { jobs, mails, failedJobs, failedMails, keys, unpaid, overdue } = await store.system((db) => db.selectNoFrom(({ selectFrom, fn }) => [
      selectFrom('jobs').select(fn.countAll<number>().as('n')).where('state', '=', 'queued').where('run_at', '<', late).as('jobs'),
      selectFrom('outbox').select(fn.countAll<number>().as('n')).where('state', '=', 'queued').where('run_at', '<', late).as('mails'),
      selectFrom('jobs').select(fn.countAll<number>().as('n')).where('state', '=', 'failed').as('failedJobs'),
      selectFrom('outbox').select(fn.countAll<number>().as('n')).where('state', '=', 'failed').as('failedMails'),
      selectFrom('orders').innerJoin('organizations', 'organizations.id', 'orders.organization_id').select(fn.countAll<number>().as('n'))
        .where('organizations.deleted_at', 'is', null).where('orders.status', '=', 'pending_payment').where('orders.created_at', '<', new Date(now.getTime() - UNPAID_MS)).as('unpaid'),
      selectFrom('license_pools').innerJoin('organizations', 'organizations.id', 'license_pools.organization_id').select(fn.countAll<number>().as('n'))
        .where('organizations.deleted_at', 'is', null).where('license_pools.quantity', '>', 0).where('license_pools.renews_on', '<', new Date(now.getTime() - OVERDUE_MS).toISOString().slice(0, 10)).as('overdue'),
      selectFrom('service_keys').select(fn.countAll<number>().as('n')).where('purpose', '=', 'ingest').where('revoked_at', 'is', null).as('keys'),
    ]).executeTakeFirstOrThrow())
    const { heads } = await readHeads(store, headsFolder(settings.dataDir))
    const found = [
      ...counted(jobs, 'jobs have been due for more than 10 minutes: is the server running?'),
      ...counted(mails, 'mails have waited for more than 10 minutes: is SMTP_URL right?'),
      ...counted(failedJobs, 'jobs were given up'),
      ...counted(failedMails, 'mails were given up'),
      ...(heads.size === 0 ? ['no head of the log is kept outside: a cut log would not be found; copy the heads folder elsewhere'] : []),
      ...(Number(keys) === 0 ? ['no organization has an ingest key: no activity can arrive'] : []),
      ...counted(unpaid, settings.stripe === null ? 'orders wait for Stripe, which is not set up: STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET' : 'orders have waited for their payment for more than a day: does Stripe reach /v1/billing/stripe-webhook?'),
      ...counted(overdue, 'pools of licenses should have been renewed more than 30 days ago: nobody has paid, and nobody has lost anything'),
      ...(settings.mode === 'production' && settings.stripe?.secretKey.includes('_test_') === true ? ['STRIPE_SECRET_KEY is one for tests: nobody is charged'] : []),
      ...(settings.revokeWebhook === null && settings.mode === 'production' ? ['REVOKE_WEBHOOK_URL is not set: revocations wait'] : []),
    ]
    for (const line of found) print(line)
    if (found.length === 0) print('nothing found')
    return found.length === 0 ? EXIT.done : EXIT.failed
  },
}

const counted = (count: number | string | null, what: string): string[] => (Number(count) > 0 ? [`${Number(count)} ${what}`] : [])

/** Throws the demo's data away; the next start seeds it anew. Refused in production, and while a server runs on it. */
export async function resetDemo(settings: Settings, print: (line: string) => void): Promise<ExitCode> {
  if (settings.mode !== 'demo' || settings.databaseUrl !== null) {
    print('demo reset is for a demo on its own database')
    return EXIT.failed
  }
  if ((await findRunningPostgres(settings.dataDir)) !== null) {
    print('a server is running on this data: stop it first')
    return EXIT.failed
  }
  for (const name of ['postgres', 'demo', 'heads']) await rm(join(settings.dataDir, name), { recursive: true, force: true })
  print('the next start begins anew')
  return EXIT.done
}
