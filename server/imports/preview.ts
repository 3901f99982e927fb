import { createHash } from 'node:crypto'
import { ROW_STATUSES, type ImportPreview, type PlanRow, type RowStatus } from '../../shared/imports/imports.model'
import type { ImportOptions, ImportPlan, PlannedRow } from '../../shared/imports/imports.plan'
import type { SnapshotData } from './snapshot'

/** A preview as far as the file and the plan know it; what can be done about its domains is added outside of the thread. */
export type FilePreview = Omit<ImportPreview, 'domains'> & { domains: { name: string; count: number }[] }

/** Which rows of a plan are shown, and at most how many. */
export type PreviewView = { status: RowStatus | null; limit: number }

const SHOWN_LENGTH = 320
const MAX_DOMAINS = 100

/** A plan as the importer sees it before anything happens. */
export function toPreview(plan: ImportPlan, pools: SnapshotData['pools'], options: ImportOptions, view: PreviewView): FilePreview {
  const counted = [...plan.domains].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
  return {
    digest: digestOf(plan, options),
    total: plan.rows.length,
    counts: plan.counts,
    licenses: pools.map(({ plan: name, available }) => ({ plan: name, needed: plan.needed.get(name) ?? 0, available })),
    groups: ROW_STATUSES.map((status) => ({ status, count: plan.counts[status] })).filter(({ count }) => count > 0),
    domains: counted.slice(0, MAX_DOMAINS),
    rows: chooseRows(plan, view).map(toShown),
  }
}

/** Stands for what will happen to every row: the same file on the same state has the same digest. */
function digestOf(plan: ImportPlan, { withoutLicense }: ImportOptions): string {
  const hash = createHash('sha256').update(JSON.stringify([withoutLicense, plan.rows.length]))
  for (const { row, status, issues, user } of plan.rows) {
    const { key, email, firstName, lastName, role, plan: license, workspaceIds, language, mobile } = user
    hash.update(JSON.stringify([row, status, issues.map(({ code, path, params }) => [code, path, params ?? null]), key, email, firstName, lastName, role, license, workspaceIds, language, mobile]))
  }
  return hash.digest('base64url')
}

/** Without a status, every group gets its share, so that ten thousand good rows hide no bad one. */
function chooseRows({ rows, counts }: ImportPlan, { status, limit }: PreviewView): PlannedRow[] {
  if (status !== null) return rows.filter((row) => row.status === status).slice(0, limit)
  if (rows.length <= limit) return rows.slice()
  const groups = ROW_STATUSES.filter((name) => counts[name] > 0)
  const left = new Map(groups.map((name) => [name, Math.floor(limit / groups.length)]))
  const chosen = new Set(rows.filter((row) => takeOne(left, row.status)))
  for (const row of rows) {
    if (chosen.size >= limit) break
    chosen.add(row)
  }
  return [...chosen].sort((a, b) => a.row - b.row)
}

function takeOne(left: Map<RowStatus, number>, status: RowStatus): boolean {
  const count = left.get(status) ?? 0
  left.set(status, count - 1)
  return count > 0
}

const cut = (text: string): string => text.slice(0, SHOWN_LENGTH)

function toShown({ row, status, issues, shown }: PlannedRow): PlanRow {
  const { email, firstName, lastName, role, plan, workspaces, language, mobile } = shown
  return {
    row, status, issues,
    user: { email: cut(email), firstName: cut(firstName), lastName: cut(lastName), role: cut(role), plan: plan === null ? null : cut(plan), workspaces: workspaces.slice(0, 20).map(cut), language, mobile: cut(mobile) },
  }
}
