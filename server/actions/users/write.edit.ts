import { firstNo } from '../../../shared/changes/decision'
import type { Issue } from '../../../shared/errors'
import type { Ability } from '../../../shared/access/abilities'
import type { NewRole } from '../../../shared/users/snapshot.model'
import { licensedOf } from '../../../shared/users/snapshot.model'
import type { UserEdit } from '../../../shared/users/users.model'
import { editIssues } from '../../../shared/users/users.parse'
import { planRoleChange } from '../../../shared/users/users.plan'
import { securityIssues, userAbilities } from '../../../shared/users/users.policy'
import type { User } from '../../../shared/users/users.model'
import type { Handler } from '../../http/handler'
import { anyId, type Tx } from '../../store/bulk'
import type { EventChanges } from '../../store/events.model'
import { isUuid } from '../../store/ids'
import type { Change, Outcome as StoreOutcome } from '../../store/transactions'
import { joinWorkspaces, leaveWorkspaces, workspaceNames } from '../../store/users'
import type { ActionDeps } from '../deps'
import { answerOf, changeScopeOf, type Refusal, type WriteContext } from '../planned'
import { readUsers } from './record'
import { auditOf, readChanged, tellOfNewAdmins } from './write.events'
import { loadOne, type OneUser } from './write.status'
import { findRole, roleColumns } from './write.snapshot'

/** What a part of the edit is: the record before, the wish, and the role that it names. */
type Editing = OneUser & { edit: UserEdit; now: User; role: NewRole | null; workspaceIds: string[] | null }

/** `PATCH /v1/users/{userId}`: whoever saw an older version gets the current one back instead of overwriting it. */
export const usersEdit = ({ store }: ActionDeps): Handler<'users.edit'> => async ({ params, body }, ctx) => {
  const ask = (db: Tx) => Promise.all([loadOne(db, ctx, params.userId), readUsers(db, ctx.viewer, [params.userId])])
  return answerOf(await store.change(changeScopeOf(ctx), async (change, [loaded, [now]]: Awaited<ReturnType<typeof ask>>): Promise<StoreOutcome<User>> => {
    if (!loaded.ok) return loaded
    if (now === undefined) return { ok: false, code: 'not_found' }
    const editing = await prepare(change.db, ctx, loaded.value, body, now)
    const refusal = refusalOf(editing, ctx)
    if (refusal !== null) return refusal
    await applyEdit(change, ctx, editing)
    return { ok: true, value: await readChanged(change.db, ctx.viewer, editing.user.id) }
  }, ask))
}

async function prepare(db: Tx, { viewer }: WriteContext, one: OneUser, edit: UserEdit, now: User): Promise<Editing> {
  return {
    ...one, edit, now,
    role: edit.role === undefined ? null : await findRole(db, viewer.organizationId, edit.role),
    workspaceIds: edit.workspaceIds === undefined ? null : await knownWorkspaces(db, viewer.organizationId, edit.workspaceIds),
  }
}

/** Those of the ids that are workspaces here. */
export async function knownWorkspaces(db: Tx, organizationId: string, ids: readonly string[]): Promise<string[]> {
  const possible = ids.filter(isUuid)
  if (possible.length === 0) return []
  const rows = await db.selectFrom('workspaces').select('id').where('organization_id', '=', organizationId).where('id', '=', anyId(possible)).execute()
  return rows.map(({ id }) => id)
}

/** One issue for each workspace that is none here. */
export const workspaceIssues = (asked: readonly string[], known: readonly string[]): Issue[] =>
  asked.flatMap((id, index) => (known.includes(id) ? [] : [{ code: 'workspace.unknown' as const, path: `workspaceIds.${index}` }]))

const PROFILE = ['firstName', 'lastName', 'mobile', 'smsCountry', 'timeZone', 'language'] as const satisfies readonly (keyof UserEdit)[]

/** Who may comes before what is wrong; then every wrong field is told at once. */
function refusalOf(editing: Editing, { viewer }: WriteContext): Refusal | null {
  const { edit, user, organization, now, role } = editing
  const abilities = userAbilities(licensedOf(user), viewer, organization)
  const touches = (names: readonly (keyof UserEdit)[]): boolean => names.some((name) => edit[name] !== undefined)
  const allowed: Ability = firstNo(
    touches(PROFILE) || Object.keys(edit).length === 0 ? abilities['user.edit'] : true,
    touches(['security']) ? abilities['user.edit_security'] : true,
    touches(['workspaceIds']) ? abilities['user.assign_workspaces'] : true,
    isRoleTouched(editing) ? abilities['user.change_role'] : true,
  )
  if (allowed !== true) return { ok: false, code: allowed }
  const issues: Issue[] = [
    ...editIssues(edit, isTimeZone),
    ...securityIssues(now.security, edit.security ?? {}, user.id === viewer.userId),
    ...(edit.role !== undefined && role === null ? [{ code: 'role.unknown' as const, path: 'role' }] : []),
    ...(edit.workspaceIds === undefined ? [] : workspaceIssues(edit.workspaceIds, editing.workspaceIds ?? [])),
  ]
  if (issues.length > 0) return { ok: false, code: 'request.invalid', issues }
  return roleRefusal(editing, viewer)
}

const isRoleTouched = ({ edit, user }: Editing): boolean => edit.role !== undefined && edit.role !== user.role

function roleRefusal(editing: Editing, viewer: WriteContext['viewer']): Refusal | null {
  if (!isRoleTouched(editing) || editing.role === null) return null
  const { plan, after } = planRoleChange({ ...editing, to: editing.role }, viewer)
  // A single target is refused with one of the refusal codes.
  return after === null ? { ok: false, code: (plan.refused[0]?.code ?? 'access.denied') as Exclude<Ability, true> } : null
}

/** Whether a name is one of the IANA time zones. */
export const isTimeZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const differs = (from: unknown, to: unknown): boolean => to !== undefined && JSON.stringify(from) !== JSON.stringify(to)

/** The fields of the record itself that become something else. */
function changedFields({ edit, now }: Editing): EventChanges {
  const wanted = { ...Object.fromEntries(PROFILE.map((name) => [name, edit[name]])), secondFactor: edit.security?.secondFactor, protectedReplies: edit.security?.protectedReplies }
  // A language that nobody chose yet is chosen by naming it, even if it is the stored one.
  const is: Record<string, unknown> = { ...now, ...now.security, language: now.languageChosen ? now.language : null }
  return Object.fromEntries(Object.entries(wanted).filter(([name, to]) => differs(is[name], to)).map(([name, to]) => [name, { from: is[name], to }]))
}

const COLUMNS = {
  firstName: 'first_name', lastName: 'last_name', mobile: 'mobile', smsCountry: 'sms_country', timeZone: 'time_zone', language: 'language', secondFactor: 'second_factor', protectedReplies: 'protected_replies',
} as const

/** Stores what differs, as one new version; an edit that changes nothing makes none. */
async function applyEdit(change: Change, { viewer }: WriteContext, editing: Editing): Promise<void> {
  const { db, organization, record, send } = change
  const { user, edit, now } = editing
  const fields = changedFields(editing)
  const joins = (editing.workspaceIds ?? []).filter((id) => !now.workspaceIds.includes(id))
  const leaves = editing.workspaceIds === null ? [] : now.workspaceIds.filter((id) => editing.workspaceIds?.includes(id) !== true)
  const role = isRoleTouched(editing) ? editing.role : null
  if (Object.keys(fields).length === 0 && joins.length + leaves.length === 0 && role === null) return
  send(db.updateTable('users')
    .set((eb) => ({ ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [COLUMNS[name as keyof typeof COLUMNS], field.to])), ...('language' in fields ? { language_chosen: true } : {}), ...(role === null ? {} : roleColumns(role.role)), version: eb('version', '+', 1) }))
    .where('organization_id', '=', organization.id).where('id', '=', user.id).execute())
  await joinWorkspaces(db, organization.id, joins.map((workspaceId) => ({ userId: user.id, workspaceId })), change.now)
  if (leaves.length > 0) await leaveWorkspaces(db, organization.id, user.id, leaves)
  const renamed = { ...user, firstName: edit.firstName ?? user.firstName, lastName: edit.lastName ?? user.lastName }
  if (Object.keys(fields).length > 0) record(auditOf(viewer, renamed, 'user.edited', fields))
  if (joins.length + leaves.length > 0) {
    const names = await workspaceNames(db, organization.id, [...now.workspaceIds, ...joins])
    const named = (ids: readonly string[]): string[] => [...names].flatMap(([id, name]) => (ids.includes(id) ? [name] : []))
    record(auditOf(viewer, renamed, 'user.workspaces_changed', { workspaces: { from: named(now.workspaceIds), to: named(editing.workspaceIds ?? []) } }))
  }
  if (role !== null) await applyRole(change, viewer, [user], role)
}

/** Tells of users who got a role: a line of the log for each, and a notice where an administrator is made. */
export async function applyRole(change: Change, viewer: WriteContext['viewer'], users: readonly OneUser['user'][], role: NewRole): Promise<void> {
  for (const user of users) {
    const ranking = role.permissions.length > 0 ? { ...user, permissions: role.permissions } : user
    change.record(auditOf(viewer, ranking, 'user.role_changed', { role: { from: user.roleName ?? user.role, to: role.name ?? role.role } }))
  }
  if (role.role === 'org_admin') await tellOfNewAdmins(change, viewer, users)
}
