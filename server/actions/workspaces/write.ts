import { holds, isAdministrator } from '../../../shared/access/access.policy'
import type { Plan } from '../../../shared/change-plan'
import type { EventKind } from '../../../shared/logs/kinds.model'
import type { Workspace } from '../../../shared/workspaces/workspaces.model'
import { planWorkspaceRemove } from '../../../shared/workspaces/workspaces.plan'
import { refused, type Handler } from '../../http/handler'
import type { Tx } from '../../store/bulk'
import type { EventChanges } from '../../store/events.model'
import type { Change } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import { answerOf, changeScopeOf, runPlanned, type Refusal, type WriteContext } from '../planned'
import { readWorkspace } from './record'

const mayManage = ({ viewer }: WriteContext): boolean => holds(viewer, 'workspaces.manage')

/** `POST /v1/workspaces`. */
export const workspacesAdd = ({ store }: ActionDeps): Handler<'workspaces.add'> => async ({ body }, ctx) => {
  if (!mayManage(ctx)) return refused('access.denied')
  return answerOf(await store.change<Workspace>(changeScopeOf(ctx), async (change) => {
    if (await isNameTaken(change.db, change.organization.id, body.name, null)) return { ok: false, code: 'workspace.exists' }
    const id = change.newId()
    await change.db.insertInto('workspaces').values({ organization_id: change.organization.id, id, name: body.name, created_at: change.now }).execute()
    record(change, ctx, 'workspace.added', { id, name: body.name }, { name: { from: null, to: body.name } })
    return { ok: true, value: await mustRead(change.db, ctx, id), status: 201 }
  }))
}

/** `PATCH /v1/workspaces/{workspaceId}`: a new name. */
export const workspacesEdit = ({ store }: ActionDeps): Handler<'workspaces.edit'> => async ({ params, body }, ctx) => {
  if (!mayManage(ctx)) return refused('access.denied')
  return answerOf(await store.change<Workspace>(changeScopeOf(ctx), async (change) => {
    const loaded = await loadCurrent(change.db, ctx, params.workspaceId)
    if (!loaded.ok) return loaded
    const { id, name: from } = loaded.value
    const to = body.name ?? from
    if (to === from) return loaded
    if (await isNameTaken(change.db, change.organization.id, to, id)) return { ok: false, code: 'workspace.exists' }
    await change.db.updateTable('workspaces').set(({ eb }) => ({ name: to, version: eb('version', '+', 1) })).where('organization_id', '=', change.organization.id).where('id', '=', id).execute()
    record(change, ctx, 'workspace.edited', { id, name: to }, { name: { from, to } })
    return { ok: true, value: await mustRead(change.db, ctx, id) }
  }))
}

/** `DELETE /v1/workspaces/{workspaceId}`: its members leave, its contacts are gone. */
export const workspacesRemove = ({ store }: ActionDeps): Handler<'workspaces.remove'> => async ({ params }, ctx) => {
  if (!mayManage(ctx)) return refused('access.denied')
  return runPlanned<Workspace, { plan: Plan }, undefined>(store, ctx, {
    load: (db) => loadCurrent(db, ctx, params.workspaceId),
    decide: (workspace) => planWorkspaceRemove({ ...workspace, label: workspace.name }, ctx.viewer),
    apply: async (change, workspace) => {
      const members = await membersOf(change.db, change.organization.id, workspace.id)
      await change.db.deleteFrom('workspaces').where('organization_id', '=', change.organization.id).where('id', '=', workspace.id).execute()
      record(change, ctx, 'workspace.removed', workspace, {
        name: { from: workspace.name, to: null }, members: { from: members, to: [] }, contacts: { from: workspace.contacts, to: 0 },
      })
      return undefined
    },
  })
}

/** The workspace as the viewer may know it and, if they named a version, as they have seen it. */
async function loadCurrent(db: Tx, ctx: WriteContext, workspaceId: string): Promise<{ ok: true; value: Workspace } | Refusal> {
  const workspace = await readWorkspace(db, ctx.viewer, workspaceId)
  if (workspace === null) return { ok: false, code: 'not_found' }
  return ctx.version === null || ctx.version === workspace.version ? { ok: true, value: workspace } : { ok: false, code: 'version.conflict', extra: workspace }
}

async function mustRead(db: Tx, { viewer }: WriteContext, id: string): Promise<Workspace> {
  const workspace = await readWorkspace(db, viewer, id)
  if (workspace === null) throw new Error('a workspace that was just written is not there')
  return workspace
}

async function isNameTaken(db: Tx, organizationId: string, name: string, exceptId: string | null): Promise<boolean> {
  const rows = await db.selectFrom('workspaces').select('id').where('organization_id', '=', organizationId)
    .where(({ eb, fn, val }) => eb('name_key', '=', fn<string>('fold', [val(name)]))).execute()
  return rows.some(({ id }) => id !== exceptId)
}

/** Addresses of the members, for the log: at most so many that an event stays readable. */
async function membersOf(db: Tx, organizationId: string, workspaceId: string): Promise<string[]> {
  const rows = await db.selectFrom('workspace_members as m').innerJoin('users', (join) => join.onRef('users.organization_id', '=', 'm.organization_id').onRef('users.id', '=', 'm.user_id'))
    .select('users.email').where('m.organization_id', '=', organizationId).where('m.workspace_id', '=', workspaceId).orderBy('users.email_key').limit(200).execute()
  return rows.map(({ email }) => email)
}

function record(change: Change, { viewer }: WriteContext, kind: EventKind, { id, name }: { id: string; name: string }, changes: EventChanges): void {
  change.record({ category: 'audit', kind, ofAdmin: isAdministrator(viewer), target: { type: 'workspace', id, label: name }, changes })
}
