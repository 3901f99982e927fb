import * as v from 'valibot'
import type { JobHandlers, Schedule } from '../jobs/jobs'
import type { Tx } from '../store/bulk'
import { completeJob, queueJobs, type Job } from '../store/jobs'
import type { Store } from '../store/store'
import type { Change, ChangeScope } from '../store/transactions'
import { findDomain, storeCheck } from './check'
import type { LookUp } from './dns'
import { closeNotices, mailKeepers, noticeEnd, openNotice, recordDomain, REVIEW_CONTEST, type DomainRow } from './news'

/** What the jobs of domains need. */
export type DomainJobsDeps = { store: Store; lookUp: LookUp; clock: () => Date; newId: () => string }

const MINUTE_MS = 60_000
const QUEUE_DUE = 'domains.queue_due'
const CHECK = 'domain.check'
/** How many due domains one round queues; the next round goes on. */
const ROUND = 1_000

/** Looks for due domains again and again; a domain knows by itself when it is due, so a restart loses nothing. */
export const DOMAIN_SCHEDULES: readonly Schedule[] = [{ kind: QUEUE_DUE, everyMs: MINUTE_MS }]

const checkPayload = v.object({ domainId: v.string() })
const reviewPayload = v.object({ name: v.string() })

/** The system as the log names it. */
export const systemScope = (organizationId: string, requestId: string, now: Date): ChangeScope => ({ organizationId, actor: { id: null, email: '', name: 'Orgdesk' }, requestId, ip: null, client: 'system', now })

/** What the server does for domains without being asked. */
export const createDomainJobs = (deps: DomainJobsDeps): JobHandlers => ({
  [QUEUE_DUE]: async () => {
    await deps.store.system((db) => queueDue(db, deps.clock(), deps.newId))
    return 'done'
  },
  [CHECK]: (job) => runCheck(deps, job),
  [REVIEW_CONTEST]: async (job) => {
    await runReview(deps, job)
    return 'done'
  },
})

/** Queues a job for each domain that is due; a domain whose job still waits gets no second one. */
export async function queueDue(db: Tx, now: Date, newId: () => string): Promise<number> {
  const due = await db.selectFrom('domains').innerJoin('organizations', 'organizations.id', 'domains.organization_id').select(['domains.id', 'domains.organization_id'])
    .where('domains.next_check_at', '<=', now).where('organizations.deleted_at', 'is', null).orderBy('domains.next_check_at').limit(ROUND).execute()
  for (const { id, organization_id: organizationId } of due) await queueJobs(db, organizationId, [{ kind: CHECK, payload: { domainId: id }, dedupeKey: `${CHECK} ${id}` }], now, newId)
  return due.length
}

/** Checks one domain. DNS is asked outside of any transaction; the answer counts only if the domain is still due as it was. */
async function runCheck({ store, lookUp, clock }: DomainJobsDeps, job: Job): Promise<'done' | 'completed'> {
  const { domainId } = v.parse(checkPayload, job.payload)
  const organizationId = job.organization_id
  if (organizationId === null) return 'done'
  const row = await store.read(organizationId, (db) => findDomain(db, organizationId, domainId))
  const dueAt = row?.next_check_at ?? null
  if (row === undefined || dueAt === null || dueAt > clock()) return 'done'
  const look = await lookUp({ name: row.name, host: row.record_host })
  const outcome = await store.change<null>(systemScope(organizationId, job.id, clock()), async (change) => {
    if (!(await completeJob(change.db, job, change.now))) return { ok: false, code: 'server.busy' }
    const fresh = await findDomain(change.db, organizationId, domainId)
    if (fresh?.next_check_at?.getTime() === dueAt.getTime()) await storeCheck(change, fresh, look, false)
    return { ok: true, value: null }
  })
  return outcome.ok || outcome.code === 'server.busy' ? 'completed' : 'done'
}

/** Brings the holder of a name up to date with whether others have proved it, too. Doing it again changes nothing. */
async function runReview({ store, clock }: DomainJobsDeps, job: Job): Promise<void> {
  const { name } = v.parse(reviewPayload, job.payload)
  const holder = await store.system((db) => db.selectFrom('approved_domains').select(['organization_id', 'domain_id']).where('name', '=', name).executeTakeFirst())
  if (holder === undefined) return
  const claim = await store.system((db) => db.selectFrom('domains').innerJoin('organizations', 'organizations.id', 'domains.organization_id').select('domains.contested_at')
    .where('domains.name', '=', name).where('domains.status', '=', 'contested').where('organizations.deleted_at', 'is', null).orderBy('domains.contested_at').executeTakeFirst())
  await store.change<null>(systemScope(holder.organization_id, job.id, clock()), async (change) => {
    const row = await findDomain(change.db, holder.organization_id, holder.domain_id)
    if (row?.status === 'approved') await (claim === undefined ? endContest(change, row) : tellContest(change, row, claim.contested_at ?? change.now))
    return { ok: true, value: null }
  })
}

const setContest = (change: Change, row: DomainRow, contestedAt: Date | null, warning: DomainRow['warning']): Promise<DomainRow> => change.db.updateTable('domains')
  .set({ contested_at: contestedAt, warning, version: row.version + 1 }).where('organization_id', '=', row.organization_id).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()

/** The owners keep the domain, are told once, and have 72 hours from now. */
async function tellContest(change: Change, row: DomainRow, contestedAt: Date): Promise<void> {
  if (!(await openNotice(change, row, 'domain_contested'))) return
  const after = await setContest(change, row, contestedAt, row.warning ?? 'contested')
  recordDomain(change, after, 'domain.contested', { warning: { from: row.warning, to: after.warning } })
  await mailKeepers(change, after, 'contested', { until: noticeEnd(contestedAt) })
}

async function endContest(change: Change, row: DomainRow): Promise<void> {
  if (row.contested_at === null) return
  await closeNotices(change, row.id, ['domain_contested'])
  await setContest(change, row, null, row.warning === 'contested' ? null : row.warning)
}
