import type { DomainNews } from '../../shared/domains/domains.settle'
import { CONTEST_NOTICE_MS } from '../../shared/domains/domains.schedule'
import type { EventKind } from '../../shared/logs/kinds.model'
import { toJson } from '../store/bulk'
import type { NewEvent } from '../store/events.model'
import type { Row } from '../store/tables'
import type { Change } from '../store/transactions'
import { findKeepers } from './keepers'

/** A stored domain. */
export type DomainRow = Row<'domains'>

/** Kinds of mail about a domain; the last one is an operator's. */
export type DomainMail = 'approved' | 'still_pending' | 'failed' | 'record_missing' | 'contested' | 'refused'

/** Kinds of notice that stay on home until what they warn of is over. */
export type DomainNotice = 'domain_record_missing' | 'domain_failed' | 'domain_contested'

/** Named in the log by what people read. */
export const targetOf = (row: Pick<DomainRow, 'id' | 'unicode_name'>): NonNullable<NewEvent['target']> => ({ type: 'domain', id: row.id, label: row.unicode_name })

/** Records what happened to a domain; `ofAdmin` where a person did it. */
export function recordDomain(change: Change, row: DomainRow, kind: EventKind, changes: NewEvent['changes'] = {}, ofAdmin = false): void {
  change.record({ category: 'audit', kind, ofAdmin, target: targetOf(row), changes })
}

/** Writes to everybody who looks after domains here; the same news about the same claim goes out once. */
export async function mailKeepers(change: Change, row: DomainRow, kind: DomainMail, more: { until?: Date | null; reason?: string } = {}): Promise<void> {
  const since = row.missing_since ?? row.contested_at ?? row.expires_at ?? change.now
  for (const keeper of await findKeepers(change.db, change.organization.id)) {
    change.mail({
      kind: `domain_${kind}`, to: { email: keeper.email, name: keeper.name }, language: keeper.language,
      params: { organization: change.organization.name, domain: row.unicode_name, host: row.record_host, value: row.record_value, until: more.until?.toISOString() ?? null, reason: more.reason ?? null },
      dedupeKey: `domain_${kind} ${row.id} ${since.toISOString()} ${keeper.email}`,
    })
  }
}

/** Opens a notice; false when it is open already. */
export async function openNotice({ db, organization, now, newId }: Change, row: DomainRow, kind: DomainNotice): Promise<boolean> {
  const opened = await db.insertInto('notices').values({
    organization_id: organization.id, id: newId(), kind, subject: row.id, tone: kind === 'domain_failed' ? 'danger' : 'warning', params: toJson({ domain: row.unicode_name }), created_at: now, resolved_at: null,
  }).onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
  return opened.numInsertedOrUpdatedRows === 1n
}

/** Closes notices about a domain: those of the kinds given, or all. */
export async function closeNotices({ db, organization, now }: Change, domainId: string, kinds: readonly DomainNotice[] = ['domain_record_missing', 'domain_failed', 'domain_contested']): Promise<void> {
  await db.updateTable('notices').set({ resolved_at: now }).where('organization_id', '=', organization.id).where('subject', '=', domainId).where('kind', 'in', kinds).where('resolved_at', 'is', null).execute()
}

/** The job that brings the holder of a contested name up to date. */
export const REVIEW_CONTEST = 'domain.review_contest'

/** Lets the holder of a name know that it is contested, or is no longer. It is another organization's change, so a job. */
export function reviewContest(change: Change, name: string): void {
  change.job({ kind: REVIEW_CONTEST, payload: { name }, dedupeKey: `${REVIEW_CONTEST} ${name} ${change.organization.id}` })
}

/** Until when the owners of a contested domain can answer. */
export const noticeEnd = (contestedAt: Date): Date => new Date(contestedAt.getTime() + CONTEST_NOTICE_MS)

type Teller = (change: Change, row: DomainRow) => Promise<void>

/** What each piece of news sets off, beside the row itself. `row` is the domain as it is now. */
const TELLERS: Record<DomainNews, Teller> = {
  approved: async (change, row) => {
    await closeNotices(change, row.id)
    await mailKeepers(change, row, 'approved')
  },
  contested: async (change, row) => {
    await closeNotices(change, row.id)
    reviewContest(change, row.name)
  },
  still_pending: (change, row) => mailKeepers(change, row, 'still_pending', { until: row.expires_at }),
  failed: async (change, row) => {
    await openNotice(change, row, 'domain_failed')
    await mailKeepers(change, row, 'failed')
  },
  record_missing: async (change, row) => {
    await openNotice(change, row, 'domain_record_missing')
    await mailKeepers(change, row, 'record_missing')
  },
  record_found: (change, row) => closeNotices(change, row.id, ['domain_record_missing']),
}

const EVENTS: Record<DomainNews, EventKind | null> = { approved: 'domain.approved', contested: 'domain.contested', still_pending: null, failed: 'domain.failed', record_missing: 'domain.record_missing', record_found: 'domain.checked' }

/** Tells what a check has changed: the log, the people who look after domains, home, and the holder of a contested name. */
export async function tellNews(change: Change, before: DomainRow, row: DomainRow, news: DomainNews): Promise<void> {
  const kind = EVENTS[news]
  if (kind !== null) recordDomain(change, row, kind, { status: { from: before.status, to: row.status }, warning: { from: before.warning, to: row.warning } })
  await TELLERS[news](change, row)
}
