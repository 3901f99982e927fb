import { holds, isAdministrator } from '../../../shared/access/access.policy'
import { refused, type Handler } from '../../http/handler'
import { nameOf } from '../../identity/viewer'
import { isUuid } from '../../store/ids'
import type { Change } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import { answerOf, changeScopeOf } from '../planned'

type Named = { id: string; email: string; name: string }

/**
 * `POST /v1/contacts/reassign`: the contacts of one user to another, or to nobody; all of them, or
 * those of one workspace. Nothing moves unless the other is a member wherever there is one to take.
 */
export const contactsReassign = ({ store }: ActionDeps): Handler<'contacts.reassign'> => async ({ body }, ctx) => {
  if (!holds(ctx.viewer, 'workspaces.manage')) return refused('access.denied')
  return answerOf(await store.change<{ moved: number }>(changeScopeOf(ctx), async (change) => {
    const from = await findPerson(change, body.fromUserId)
    const to = body.toUserId === null ? null : await findPerson(change, body.toUserId)
    const workspace = body.workspaceId === undefined || await hasWorkspace(change, body.workspaceId)
    if (from === null || (to === null && body.toUserId !== null) || !workspace) return { ok: false, code: 'not_found' }
    if (to !== null && await lacksMembership(change, from.id, to.id, body.workspaceId)) return { ok: false, code: 'request.invalid', issues: [{ code: 'field.not_an_option', path: 'toUserId' }] }
    const moved = from.id === to?.id ? 0 : await move(change, from.id, to?.id ?? null, body.workspaceId)
    if (moved === 0) return { ok: true, value: { moved } }
    change.record({
      category: 'audit', kind: 'contacts.reassigned', ofAdmin: isAdministrator(ctx.viewer), subjects: to === null ? [from] : [from, to], target: { type: 'user', id: from.id, label: from.name || from.email },
      changes: { assignedTo: { from: from.email, to: to?.email ?? null }, contacts: { from: null, to: moved } },
    })
    return { ok: true, value: { moved } }
  }))
}

async function findPerson(change: Change, id: string): Promise<Named | null> {
  if (!isUuid(id)) return null
  const row = await change.db.selectFrom('users').select(['id', 'email', 'first_name', 'last_name'])
    .where('organization_id', '=', change.organization.id).where('id', '=', id).where('status', '<>', 'removed').executeTakeFirst()
  return row === undefined ? null : { id: row.id, email: row.email, name: nameOf({ firstName: row.first_name, lastName: row.last_name }) }
}

async function hasWorkspace(change: Change, id: string): Promise<boolean> {
  if (!isUuid(id)) return false
  const row = await change.db.selectFrom('workspaces').select('id').where('organization_id', '=', change.organization.id).where('id', '=', id).executeTakeFirst()
  return row !== undefined
}

async function lacksMembership(change: Change, fromId: string, toId: string, workspaceId: string | undefined): Promise<boolean> {
  let select = change.db.selectFrom('contacts').select('contacts.id').where('contacts.organization_id', '=', change.organization.id).where('contacts.assigned_to', '=', fromId)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('workspace_members as m').select('m.user_id')
      .whereRef('m.organization_id', '=', 'contacts.organization_id').whereRef('m.workspace_id', '=', 'contacts.workspace_id').where('m.user_id', '=', toId))))
  if (workspaceId !== undefined) select = select.where('contacts.workspace_id', '=', workspaceId)
  return (await select.limit(1).executeTakeFirst()) !== undefined
}

async function move(change: Change, fromId: string, toId: string | null, workspaceId: string | undefined): Promise<number> {
  let update = change.db.updateTable('contacts').set(({ eb }) => ({ assigned_to: toId, version: eb('version', '+', 1) })).where('organization_id', '=', change.organization.id).where('assigned_to', '=', fromId)
  if (workspaceId !== undefined) update = update.where('workspace_id', '=', workspaceId)
  return Number((await update.executeTakeFirst()).numUpdatedRows)
}
