import { holds, isAdministrator } from '../../../shared/access/access.policy'
import type { User } from '../../../shared/users/users.model'
import type { Workspace } from '../../../shared/workspaces/workspaces.model'
import { refused, type Handler, type Outcome } from '../../http/handler'
import { nameOf, permissionsOfUser } from '../../identity/viewer'
import { isUuid } from '../../store/ids'
import { joinWorkspaces, leaveWorkspaces, touchUsers, workspaceNames } from '../../store/users'
import type { Change } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import { answerOf, changeScopeOf, type WriteContext } from '../planned'
import { readUsers } from '../users/record'
import { readWorkspace } from './record'

type Membership = { workspaceId: string; userId: string }

/** `PUT /v1/workspaces/{workspaceId}/members/{userId}`: everybody of the organization may be one; who is in already stays. */
export const workspacesAddMember = (deps: ActionDeps): Handler<'workspaces.add_member'> => async ({ params }, ctx) => setMembership(deps, ctx, params, true)

/** `DELETE /v1/workspaces/{workspaceId}/members/{userId}`: contacts there that were theirs are nobody's. */
export const workspacesRemoveMember = (deps: ActionDeps): Handler<'workspaces.remove_member'> => async ({ params }, ctx) => setMembership(deps, ctx, params, false)

async function setMembership({ store }: ActionDeps, ctx: WriteContext, { workspaceId, userId }: Membership, isMember: boolean): Promise<Outcome<Workspace>> {
  const { viewer } = ctx
  if (!holds(viewer, 'workspaces.manage')) return refused('access.denied')
  return answerOf(await store.change<Workspace>(changeScopeOf(ctx), async (change) => {
    const workspace = await readWorkspace(change.db, viewer, workspaceId)
    const [user] = isUuid(userId) ? await readUsers(change.db, viewer, [userId]) : []
    if (workspace === null || user === undefined) return { ok: false, code: 'not_found' }
    const allowed = user.abilities['user.assign_workspaces'] ?? 'access.denied'
    if (allowed !== true) return { ok: false, code: allowed }
    if (user.workspaceIds.includes(workspace.id) === isMember) return { ok: true, value: workspace }
    const before = await namesOf(change, user.workspaceIds)
    const after = isMember ? [...user.workspaceIds, workspace.id] : user.workspaceIds.filter((id) => id !== workspace.id)
    if (isMember) await joinWorkspaces(change.db, change.organization.id, [{ userId: user.id, workspaceId: workspace.id }], change.now)
    else await leaveWorkspaces(change.db, change.organization.id, user.id, [workspace.id])
    await touchUsers(change.db, change.organization.id, [user.id])
    await recordMembership(change, ctx, user, before, await namesOf(change, after))
    return { ok: true, value: await readWorkspace(change.db, viewer, workspace.id) ?? workspace }
  }))
}

const namesOf = async ({ db, organization }: Change, workspaceIds: readonly string[]): Promise<string[]> => [...(await workspaceNames(db, organization.id, workspaceIds)).values()]

async function recordMembership(change: Change, { viewer }: WriteContext, user: User, from: string[], to: string[]): Promise<void> {
  const name = nameOf(user)
  change.record({
    category: 'audit', kind: 'user.workspaces_changed', ofAdmin: isAdministrator(viewer) || await isAdmin(change, user.id),
    subjects: [{ id: user.id, email: user.email, name }], target: { type: 'user', id: user.id, label: name || user.email }, changes: { workspaces: { from, to } },
  })
}

async function isAdmin(change: Change, userId: string): Promise<boolean> {
  const row = await change.db.selectFrom('users')
    .leftJoin('roles', (join) => join.onRef('roles.organization_id', '=', 'users.organization_id').onRef('roles.id', '=', 'users.custom_role_id'))
    .select(['users.role', 'users.custom_role_id', 'roles.permissions']).where('users.organization_id', '=', change.organization.id).where('users.id', '=', userId).executeTakeFirstOrThrow()
  return permissionsOfUser({ role: row.role, customRoleId: row.custom_role_id, customPermissions: row.permissions }).length > 0
}
