import { judgeRecords, type DnsLook } from '../../shared/domains/domains.check'
import type { DomainCheck } from '../../shared/domains/domains.model'
import { settleCheck, type DomainState } from '../../shared/domains/domains.settle'
import { toJson, type Tx } from '../store/bulk'
import { holdName } from '../store/domains'
import { isUuid } from '../store/ids'
import type { Change } from '../store/transactions'
import { closeNotices, recordDomain, tellNews, type DomainRow } from './news'

/** One domain of the organization; undefined for none. */
export async function findDomain(db: Tx, organizationId: string, domainId: string): Promise<DomainRow | undefined> {
  if (!isUuid(domainId)) return undefined
  return db.selectFrom('domains').selectAll().where('organization_id', '=', organizationId).where('id', '=', domainId).executeTakeFirst()
}

const ms = (date: Date | null): number | null => date?.getTime() ?? null
const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at))

const stateOf = (row: DomainRow): DomainState => ({
  status: row.status, nextCheckMs: ms(row.next_check_at), expiresMs: ms(row.expires_at), missed: row.missed, missingSinceMs: ms(row.missing_since), warning: row.warning, contestedMs: ms(row.contested_at),
})

const lastCheckOf = (row: DomainRow, look: DnsLook, now: Date): DomainCheck => ({
  at: now.toISOString(),
  outcome: judgeRecords(row.record_value, look.atHost, look.elsewhere.map(({ value }) => value), look.outcome),
  found: [...look.atHost.map((value) => ({ host: row.record_host, value })), ...look.elsewhere],
})

/**
 * Stores what one look at DNS came to, in the change of who asked for it: `byHand` a person, else the
 * schedule. `row` was read in this change. A proof takes the name here or finds it held, never both.
 */
export async function storeCheck(change: Change, row: DomainRow, look: DnsLook, byHand: boolean): Promise<DomainRow> {
  const { db, organization, now } = change
  const check = lastCheckOf(row, look, now)
  const wantsName = check.outcome === 'verified' && row.status !== 'approved' && row.status !== 'refused'
  const isFree = wantsName && (await holdName(db, { name: row.name, organizationId: organization.id, domainId: row.id }, now))
  const { state, news } = settleCheck(stateOf(row), { outcome: check.outcome, isFree, byHand, nowMs: now.getTime() })
  const after = await db.updateTable('domains').set({
    status: state.status, next_check_at: dateOf(state.nextCheckMs), expires_at: dateOf(state.expiresMs), missed: state.missed, missing_since: dateOf(state.missingSinceMs), warning: state.warning,
    contested_at: dateOf(state.contestedMs), approved_at: news === 'approved' ? now : row.approved_at, last_check: toJson(check), checks: row.checks + 1, version: row.version + 1,
  }).where('organization_id', '=', organization.id).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  if (byHand) recordDomain(change, after, 'domain.checked', { outcome: { from: row.last_check?.outcome ?? null, to: check.outcome } }, true)
  if (row.status === 'failed' && after.status === 'pending') await closeNotices(change, row.id, ['domain_failed'])
  if (news !== null) await tellNews(change, row, after, news)
  return after
}
