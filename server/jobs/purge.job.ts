import * as v from 'valibot'
import type { NewEvent } from '../store/events.model'
import { holdsJob, type Job } from '../store/jobs'
import { readHeads } from '../store/log.heads'
import { findSealable, keptSince, purgeSealed, sealKey, sealMonths } from '../store/log.seals'
import { verifyLog } from '../store/log.verify'
import type { Store } from '../store/store'
import type { Change } from '../store/transactions'
import { settingsOf } from '../actions/settings'
import type { JobHandler } from './jobs'

/** What a purge needs; `headsFolder` is where heads are kept outside. */
export type PurgeDeps = { store: Store; headsFolder: string; clock: () => Date }

const payloadSchema = v.object({ through: v.number(), requestedBy: v.object({ id: v.nullable(v.string()), email: v.string(), name: v.string() }) })

/**
 * Takes the months that were asked for out of the log: verified first, then sealed, then removed. A log that does
 * not verify is left as it is, and says so. Killed at any point, it goes on where it was.
 */
export const createPurgeJob = ({ store, headsFolder, clock }: PurgeDeps): JobHandler => async (job) => {
  const { through, requestedBy } = v.parse(payloadSchema, job.payload)
  const organizationId = job.organization_id
  if (organizationId === null) throw new Error('a purge is of one organization')
  const scope = { organizationId, actor: requestedBy, requestId: job.id, ip: null, client: 'system', now: clock() }
  const { heads } = await readHeads(store, headsFolder)
  const verdict = await verifyLog(store, organizationId, (heads.get(organizationId) ?? []).map(({ head }) => head), { until: through })
  const key = await sealKey(store)
  await store.change(scope, async (change) => {
    if (verdict.ok) await sealThrough(change, key, through)
    else change.record(refusal(verdict.sequence, verdict.problem))
    return { ok: true, value: null }
  })
  if (verdict.ok) await purgeSealed(store, organizationId, () => expectHeld(store, job))
  return 'done'
}

/** Seals what is still beyond the retention: who lengthened it meanwhile keeps their lines. */
async function sealThrough(change: Change, key: Buffer, through: number): Promise<void> {
  const { retentionMonths } = settingsOf(change.organization.settings)
  if (retentionMonths === null) return
  const months = await findSealable(change.db, change.organization.id, keptSince(change.now, retentionMonths))
  await sealMonths(change, key, months.filter(({ lastSequence }) => lastSequence <= through))
}

const refusal = (sequence: number, problem: string): NewEvent => ({
  category: 'audit', kind: 'log.purge_refused', ofAdmin: true, target: { type: 'log', id: String(sequence), label: String(sequence) }, changes: { problem: { from: null, to: problem } },
})

async function expectHeld(store: Store, job: Job): Promise<void> {
  const isOurs = await store.system((db) => holdsJob(db, job))
  if (!isOurs) throw new Error('the purge went on elsewhere')
}
