import type { ErrorCode } from '../../shared/errors'
import { CONTEST_LOST } from '../../shared/domains/domains.model'
import { holdName, releaseName } from '../store/domains'
import type { Store } from '../store/store'
import type { Change, ChangeScope } from '../store/transactions'
import { findDomain } from './check'
import { closeNotices, mailKeepers, noticeEnd, recordDomain, reviewContest, type DomainRow } from './news'

/** A domain as an operator finds it, with the organization that claims it. */
export type OperatorDomain = DomainRow & { organization: string }

/** The change of an operator in one organization, at this moment. */
export type OperatorScope = (organizationId: string) => ChangeScope

/** Why an operator's decision was not carried out; `until` where it has to wait. */
export type Decided = { ok: true } | { ok: false; code: ErrorCode | 'domain.held' | 'domain.notice_runs'; until?: Date }

/** All claims, or those of one name, one status; in the order of their names. Deleted organizations are left out. */
export function findClaims(store: Store, filter: { name?: string | undefined; status?: DomainRow['status'] | undefined; organizationId?: string | undefined } = {}): Promise<OperatorDomain[]> {
  return store.system((db) => {
    let select = db.selectFrom('domains').innerJoin('organizations', 'organizations.id', 'domains.organization_id').selectAll('domains').select('organizations.name as organization').where('organizations.deleted_at', 'is', null)
    if (filter.name !== undefined) select = select.where('domains.name', '=', filter.name)
    if (filter.status !== undefined) select = select.where('domains.status', '=', filter.status)
    if (filter.organizationId !== undefined) select = select.where('domains.organization_id', '=', filter.organizationId)
    return select.orderBy('domains.name').orderBy('domains.created_at').execute()
  })
}

type Decision = (change: Change, row: DomainRow) => Promise<Decided>

async function decide(store: Store, scope: ChangeScope, domainId: string, decision: Decision): Promise<Decided> {
  let decided: Decided = { ok: true }
  const outcome = await store.change<null>(scope, async (change) => {
    const row = await findDomain(change.db, scope.organizationId, domainId)
    decided = row === undefined ? { ok: false, code: 'not_found' } : await decision(change, row)
    return decided.ok ? { ok: true, value: null } : { ok: false, code: 'server.busy' }
  })
  return outcome.ok || !decided.ok ? decided : { ok: false, code: outcome.code }
}

/**
 * Approves a claim without DNS. A name that somebody else holds goes over only where it is contested and
 * the owners' 72 hours are over; they keep their record of it, refused, and are written to.
 */
export async function approveClaim(store: Store, scopeOf: OperatorScope, claim: DomainRow): Promise<Decided> {
  const held = await store.system((db) => db.selectFrom('approved_domains').select(['organization_id', 'domain_id']).where('name', '=', claim.name).executeTakeFirst())
  if (held !== undefined && held.domain_id !== claim.id) {
    if (claim.status !== 'contested') return { ok: false, code: 'domain.held' }
    const scope = scopeOf(held.organization_id)
    const until = noticeEnd(claim.contested_at ?? scope.now)
    if (until > scope.now) return { ok: false, code: 'domain.notice_runs', until }
    const released = await decide(store, scope, held.domain_id, (change, row) => refuse(change, row, CONTEST_LOST))
    if (!released.ok) return released
  }
  return decide(store, scopeOf(claim.organization_id), claim.id, approve)
}

/** Refuses a claim, or takes an approval back, with a reason that its administrators read. */
export const refuseClaim = (store: Store, scopeOf: OperatorScope, claim: DomainRow, reason: string): Promise<Decided> =>
  decide(store, scopeOf(claim.organization_id), claim.id, (change, row) => refuse(change, row, reason))

async function approve(change: Change, row: DomainRow): Promise<Decided> {
  if (row.status === 'approved') return { ok: true }
  if (!(await holdName(change.db, { name: row.name, organizationId: row.organization_id, domainId: row.id }, change.now))) return { ok: false, code: 'domain.held' }
  // Who can't edit DNS has no record to be watched; one that is seen by hand later starts the watch.
  const after = await storeDecision(change, row, { status: 'approved', approved_at: change.now, reason: null, next_check_at: null })
  recordDomain(change, after, 'domain.approved', { status: { from: row.status, to: 'approved' } }, true)
  await mailKeepers(change, after, 'approved')
  return { ok: true }
}

async function refuse(change: Change, row: DomainRow, reason: string): Promise<Decided> {
  await releaseName(change.db, row.organization_id, row.id)
  const after = await storeDecision(change, row, { status: 'refused', reason, next_check_at: null })
  recordDomain(change, after, 'domain.refused', { status: { from: row.status, to: 'refused' }, reason: { from: row.reason, to: reason } }, true)
  await mailKeepers(change, after, 'refused', { reason })
  if (row.status === 'contested') reviewContest(change, row.name)
  return { ok: true }
}

async function storeDecision(change: Change, row: DomainRow, decided: Partial<Pick<DomainRow, 'status' | 'approved_at' | 'reason' | 'next_check_at'>>): Promise<DomainRow> {
  await closeNotices(change, row.id)
  return change.db.updateTable('domains').set({ expires_at: null, missed: 0, missing_since: null, warning: null, contested_at: null, version: row.version + 1, ...decided })
    .where('organization_id', '=', row.organization_id).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
}
