import type { Viewer } from '../../../shared/access/access.policy'
import { coverOf, isBelow, longestClaim } from '../../../shared/domains/domains.cover'
import type { Domain } from '../../../shared/domains/domains.model'
import { domainAbilities } from '../../../shared/domains/domains.policy'
import { mixesScripts } from '../../../shared/domains/domains.scripts'
import { readClaims, type Claims } from '../../domains/claims'
import { noticeEnd, type DomainRow } from '../../domains/news'
import { toUnicode } from '../../domains/lists'
import type { Tx } from '../../store/bulk'

/** How many users hold addresses that each claim speaks for, by the claim's name. */
export async function countUsers(db: Tx, organizationId: string, claims: Claims): Promise<Map<string, number>> {
  const rows = await db.selectFrom('users').select(({ fn }) => ['domain', fn.countAll<number>().as('count')])
    .where('organization_id', '=', organizationId).where('status', '<>', 'removed').groupBy('domain').execute()
  const counts = new Map<string, number>()
  for (const { domain, count } of rows) {
    const claim = longestClaim(domain, claims.byName)
    if (claim !== null) counts.set(claim.name, (counts.get(claim.name) ?? 0) + Number(count))
  }
  return counts
}

/** The approved domain above this one that covers it; null for none. */
export const parentOf = (name: string, { byName, elsewhere }: Claims): string | null =>
  coverOf(name, new Map([...byName].filter(([other]) => other !== name)), elsewhere)?.name ?? null

/** Domains as they leave the server, in the order of the rows. */
export async function toDomains(db: Tx, viewer: Viewer, rows: readonly DomainRow[]): Promise<Domain[]> {
  if (rows.length === 0) return []
  const claims = await readClaims(db, viewer.organizationId)
  const users = await countUsers(db, viewer.organizationId, claims)
  return rows.map((row) => toDomain(row, viewer, claims, users.get(row.name) ?? 0))
}

/** One domain as it leaves the server. */
export async function readDomain(db: Tx, viewer: Viewer, row: DomainRow): Promise<Domain> {
  const [domain] = await toDomains(db, viewer, [row])
  if (domain === undefined) throw new Error('one row makes one domain')
  return domain
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null

function toDomain(row: DomainRow, viewer: Viewer, claims: Claims, users: number): Domain {
  const parent = parentOf(row.name, claims)
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    unicodeName: row.unicode_name,
    status: row.status,
    record: { host: row.record_host, type: 'TXT', value: row.record_value },
    lastCheck: row.last_check,
    nextCheckAt: instant(row.next_check_at),
    expiresAt: row.status === 'pending' ? instant(row.expires_at) : null,
    reason: row.reason,
    warning: row.warning,
    mixedScripts: mixesScripts(row.unicode_name),
    coveredBy: parent === null ? null : toUnicode(parent),
    children: [...claims.byName.keys()].filter((name) => isBelow(name, row.name)).sort().map(toUnicode),
    noticeEndsAt: row.contested_at === null ? null : noticeEnd(row.contested_at).toISOString(),
    users,
    createdAt: row.created_at.toISOString(),
    approvedAt: instant(row.approved_at),
    abilities: domainAbilities(row, viewer),
  }
}
