import { holds, type Viewer } from '../../../shared/access/access.policy'
import type { Contact } from '../../../shared/workspaces/workspaces.model'
import { nameOf } from '../../identity/viewer'
import type { Tx } from '../../store/bulk'

/** One contact for each address key, of workspaces that the viewer may see; the first where there are several. */
export async function contactsByKey(db: Tx, viewer: Viewer, keys: readonly string[]): Promise<Map<string, Contact>> {
  if (keys.length === 0) return new Map()
  const rows = (await selectContacts(db, viewer, keys)).toReversed()
  const ability = holds(viewer, 'workspaces.manage') ? true : 'access.denied'
  return new Map(rows.map((row) => [row.email_key, {
    id: row.id,
    version: row.version,
    email: row.email,
    name: row.name,
    workspaceId: row.workspace_id,
    workspaceName: row.workspace_name,
    assignedTo: row.user_id === null || row.user_email === null ? null : { id: row.user_id, email: row.user_email, name: nameOf({ firstName: row.first_name ?? '', lastName: row.last_name ?? '' }) },
    createdAt: row.created_at.toISOString(),
    abilities: { 'contact.edit': ability, 'contact.remove': ability },
  }]))
}

function selectContacts(db: Tx, viewer: Viewer, keys: readonly string[]) {
  const select = db.selectFrom('contacts')
    .innerJoin('workspaces', (join) => join.onRef('workspaces.organization_id', '=', 'contacts.organization_id').onRef('workspaces.id', '=', 'contacts.workspace_id'))
    .leftJoin('users', (join) => join.onRef('users.organization_id', '=', 'contacts.organization_id').onRef('users.id', '=', 'contacts.assigned_to'))
    .select([
      'contacts.id', 'contacts.version', 'contacts.email', 'contacts.email_key', 'contacts.name', 'contacts.workspace_id', 'workspaces.name as workspace_name', 'contacts.created_at',
      'users.id as user_id', 'users.email as user_email', 'users.first_name', 'users.last_name',
    ])
    .where('contacts.organization_id', '=', viewer.organizationId).where('contacts.email_key', 'in', keys).orderBy('contacts.created_at')
  if (holds(viewer, 'workspaces.view')) return select.execute()
  return select.where(({ exists, selectFrom }) => exists(selectFrom('workspace_members').select('workspace_members.user_id')
    .whereRef('workspace_members.organization_id', '=', 'contacts.organization_id').whereRef('workspace_members.workspace_id', '=', 'contacts.workspace_id')
    .where('workspace_members.user_id', '=', viewer.userId))).execute()
}
