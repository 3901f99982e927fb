import type { Issue, IssueCode } from '../errors'
import { wordOf, builtInRoleOf } from './imports.columns'
import type { PlanRow, RowStatus } from './imports.model'
import { ROW_STATUSES } from './imports.model'
import type { AddressHolder } from '../users/add.policy'
import type { ReadRow } from './imports.rows'

/** What an import must know of the organization: small, and loaded in one go under the lock. */
export type ImportSnapshot = {
  /** By folded address: who has it. */
  people: ReadonlyMap<string, AddressHolder>
  /** Whether the organization may add people of this ASCII domain. */
  admitsDomain(domain: string): boolean
  /** Custom roles by `wordOf` of their name. */
  customRoles: ReadonlyMap<string, string>
  /** Whether the importer may give this role (built-in word or custom role id). */
  mayGrant(role: string): boolean
  /** Whether the importer may assign a license to a new user of this role. */
  mayAssign(role: string): boolean
  /** Plans by `wordOf` of id and of name. */
  plans: ReadonlyMap<string, string>
  /** Licenses left by plan. */
  available: ReadonlyMap<string, number>
  /** Workspace ids by `wordOf` of their name. */
  workspaces: ReadonlyMap<string, string>
  defaultLanguage: string
}

/**
 * `withoutLicense`: rows for which no license is left are added without one, instead of being rejected.
 * `firstRows`, where only a part of a file is planned: the first row of each address in the whole file. Parts are
 * planned in their order, each with what the one before it has `left`.
 */
export type ImportOptions = { withoutLicense: boolean; firstRows?: ReadonlyMap<string, number> }

/** What one row becomes: `plan` is what will be assigned, null where nothing is. */
export type PlannedUser = { key: string; email: string; firstName: string; lastName: string; role: string; plan: string | null; workspaceIds: string[]; language: string; mobile: string }
export type PlannedRow = { row: number; status: RowStatus; issues: Issue[]; shown: PlanRow['user']; user: PlannedUser }
/** `left` are the licenses that these rows leave, by plan: what is `available` to the rows behind them. */
export type ImportPlan = { rows: PlannedRow[]; counts: Record<RowStatus, number>; needed: Map<string, number>; domains: Map<string, number>; left: Map<string, number> }

const ISSUE_OF: Record<Exclude<RowStatus, 'ready' | 'malformed'>, IssueCode> = {
  duplicate_in_file: 'row.duplicate_in_file', already_user: 'row.already_user', already_invited: 'row.already_invited',
  domain_not_approved: 'row.domain_not_approved', unknown_role: 'row.unknown_role', role_not_allowed: 'row.role_not_allowed',
  unknown_license: 'row.unknown_license', unknown_workspace: 'row.unknown_workspace', no_license_left: 'row.no_license_left',
}

/** `code` where the status has more than one reason. */
type Found = { status: Exclude<RowStatus, 'ready' | 'malformed'>; path: string; params?: Issue['params']; code?: IssueCode }

const TAKEN: Record<AddressHolder, Pick<Found, 'status' | 'code'>> = {
  user: { status: 'already_user' },
  invited: { status: 'already_invited' },
  // Somebody with a history here: restoring them keeps it, so a file never puts a stranger in their place.
  removed: { status: 'already_user', code: 'row.restorable' },
}

const roleOf = (word: string, snapshot: ImportSnapshot): string | null =>
  word === '' ? 'member' : (builtInRoleOf(word) ?? snapshot.customRoles.get(wordOf(word)) ?? null)

const placeProblems = (read: ReadRow, firstRow: number | undefined, snapshot: ImportSnapshot): Found[] => {
  if (read.key === '') return []
  const there = snapshot.people.get(read.key)
  return [
    ...(firstRow !== undefined && firstRow !== read.row ? [{ status: 'duplicate_in_file' as const, path: 'email', params: { row: firstRow } }] : []),
    ...(there === undefined ? [] : [{ ...TAKEN[there], path: 'email' }]),
    ...(snapshot.admitsDomain(read.domain) ? [] : [{ status: 'domain_not_approved' as const, path: 'email', params: { domain: read.domain } }]),
  ]
}

const roleProblems = (read: ReadRow, role: string | null, snapshot: ImportSnapshot): Found[] => {
  if (role === null) return [{ status: 'unknown_role', path: 'role', params: { value: read.roleWord.slice(0, 60) } }]
  return snapshot.mayGrant(role) ? [] : [{ status: 'role_not_allowed', path: 'role', params: { value: read.roleWord.slice(0, 60) } }]
}

const licenseProblems = (read: ReadRow, plan: string | null, role: string | null, snapshot: ImportSnapshot): Found[] => {
  if (read.planWord === '' || (plan !== null && snapshot.mayAssign(role ?? 'member'))) return []
  return [{ status: 'unknown_license', path: 'license', params: { value: read.planWord.slice(0, 60) } }]
}

const workspaceProblems = (read: ReadRow, snapshot: ImportSnapshot): Found[] =>
  read.workspaceWords.filter((word) => !snapshot.workspaces.has(wordOf(word))).map((word) => ({ status: 'unknown_workspace', path: 'workspaces', params: { value: word.slice(0, 60) } }))

const statusOf = (malformed: boolean, found: readonly Found[]): RowStatus => {
  if (malformed) return 'malformed'
  return ROW_STATUSES.find((status) => found.some((problem) => problem.status === status)) ?? 'ready'
}

const toIssues = (found: readonly Found[]): Issue[] => found.map(({ status, path, params, code }) => ({ code: code ?? ISSUE_OF[status], path, ...(params ? { params } : {}) }))

/** Seats are handed out in file order, to rows that nothing else stops. */
const takeSeat = (plan: string | null, left: Map<string, number>): boolean => {
  if (plan === null) return true
  const available = left.get(plan) ?? 0
  if (available <= 0) return false
  left.set(plan, available - 1)
  return true
}

const bump = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1)

const planRow = (read: ReadRow, firstRow: number | undefined, snapshot: ImportSnapshot, left: Map<string, number>, options: ImportOptions): PlannedRow => {
  const role = roleOf(read.roleWord, snapshot)
  const wanted = read.planWord === '' ? null : (snapshot.plans.get(wordOf(read.planWord)) ?? null)
  const found = [
    ...placeProblems(read, firstRow, snapshot), ...roleProblems(read, role, snapshot),
    ...licenseProblems(read, wanted, role, snapshot), ...workspaceProblems(read, snapshot),
  ]
  const stopped = statusOf(read.issues.length > 0, found)
  const seated = stopped !== 'ready' || takeSeat(wanted, left)
  const refusedSeat: Found[] = seated ? [] : [{ status: 'no_license_left', path: 'license', params: { plan: wanted ?? '' } }]
  const status = seated || options.withoutLicense ? stopped : 'no_license_left'
  const workspaceIds = [...new Set(read.workspaceWords.flatMap((word) => snapshot.workspaces.get(wordOf(word)) ?? []))]
  const language = read.language === '' ? snapshot.defaultLanguage : read.language
  const { email, firstName, lastName, mobile } = read
  return {
    row: read.row,
    status,
    issues: [...read.issues, ...toIssues(found), ...toIssues(refusedSeat)],
    shown: { email, firstName, lastName, role: role ?? read.roleWord, plan: wanted ?? (read.planWord || null), workspaces: read.workspaceWords, language, mobile },
    user: { key: read.key, email, firstName, lastName, role: role ?? 'member', plan: seated ? wanted : null, workspaceIds, language, mobile },
  }
}

/** The first row of each address. */
export const firstRowsOf = (rows: readonly ReadRow[]): Map<string, number> => {
  const firstRows = new Map<string, number>()
  for (const { key, row } of rows) if (key !== '' && !firstRows.has(key)) firstRows.set(key, row)
  return firstRows
}

/**
 * What an import will do: one status a row by the order of `ROW_STATUSES`, all of its issues, seats
 * in file order, the first of duplicates stays. The preview shows it and the job applies the same
 * function's answer on the locked snapshot.
 */
export const planUserImport = (rows: readonly ReadRow[], snapshot: ImportSnapshot, options: ImportOptions): ImportPlan => {
  const firstRows = options.firstRows ?? firstRowsOf(rows)
  const left = new Map(snapshot.available)
  const counts = Object.fromEntries(ROW_STATUSES.map((status) => [status, 0])) as Record<RowStatus, number>
  const needed = new Map<string, number>()
  const domains = new Map<string, number>()
  const planned = rows.map((read) => {
    const row = planRow(read, firstRows.get(read.key), snapshot, left, options)
    counts[row.status] += 1
    if ((row.status === 'ready' || row.status === 'no_license_left') && row.shown.plan !== null) bump(needed, row.shown.plan)
    if (row.status === 'domain_not_approved') bump(domains, read.domain)
    return row
  })
  return { rows: planned, counts, needed, domains, left }
}
