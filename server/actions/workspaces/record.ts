import type { Viewer } from '../../../shared/access/access.policy'
import type { Contact, Workspace } from '../../../shared/workspaces/workspaces.model'
import { contactAbilities, seesAllWorkspaces, workspaceAbilities } from '../../../shared/workspaces/workspaces.policy'
import { nameOf } from '../../identity/viewer'
import { anyId, type Tx } from '../../store/bulk'
import { kept } from '../../store/kept'
import { isUuid } from '../../store/ids'

/** The workspaces that the viewer may know of: all, or those that they are a member of. */
export function visibleWorkspaces(db: Tx, viewer: Viewer) {
  const select = db.selectFrom('workspaces').where('workspaces.organization_id', '=', viewer.organizationId)
  if (seesAllWorkspaces(viewer)) return select
  return select.where(({ exists, selectFrom }) => exists(selectFrom('workspace_members as own').select('own.user_id')
    .whereRef('own.organization_id', '=', 'workspaces.organization_id').whereRef('own.workspace_id', '=', 'workspaces.id').where('own.user_id', '=', viewer.userId)))
}

/** The workspaces of these ids that the viewer may know of, in the order asked for. */
export async function readWorkspaces(db: Tx, viewer: Viewer, ids: readonly string[]): Promise<Workspace[]> {
  if (ids.length === 0) return []
  const rows = await visibleWorkspaces(kept(db), viewer).select(({ selectFrom }) => [
    'workspaces.id', 'workspaces.version', 'workspaces.name', 'workspaces.created_at',
    selectFrom('workspace_members as m').select(({ fn }) => fn.countAll<number>().as('n'))
      .whereRef('m.organization_id', '=', 'workspaces.organization_id').whereRef('m.workspace_id', '=', 'workspaces.id').as('members'),
    selectFrom('contacts as c').select(({ fn }) => fn.countAll<number>().as('n'))
      .whereRef('c.organization_id', '=', 'workspaces.organization_id').whereRef('c.workspace_id', '=', 'workspaces.id').as('contacts'),
  ]).where('workspaces.id', '=', anyId(ids)).execute()
  const abilities = workspaceAbilities(viewer)
  const byId = new Map(rows.map((row): [string, Workspace] => [row.id, {
    id: row.id, version: row.version, name: row.name, members: Number(row.members ?? 0), contacts: Number(row.contacts ?? 0), createdAt: row.created_at.toISOString(), abilities,
  }]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** One workspace that the viewer may know of; null for any other id. */
export async function readWorkspace(db: Tx, viewer: Viewer, id: string): Promise<Workspace | null> {
  if (!isUuid(id)) return null
  const [workspace] = await readWorkspaces(db, viewer, [id])
  return workspace ?? null
}

/** The contacts of the workspaces that the viewer may know of. */
export function visibleContacts(db: Tx, viewer: Viewer) {
  const select = db.selectFrom('contacts')
    .innerJoin('workspaces', (join) => join.onRef('workspaces.organization_id', '=', 'contacts.organization_id').onRef('workspaces.id', '=', 'contacts.workspace_id'))
    .where('contacts.organization_id', '=', viewer.organizationId)
  if (seesAllWorkspaces(viewer)) return select
  return select.where(({ exists, selectFrom }) => exists(selectFrom('workspace_members as own').select('own.user_id')
    .whereRef('own.organization_id', '=', 'contacts.organization_id').whereRef('own.workspace_id', '=', 'contacts.workspace_id').where('own.user_id', '=', viewer.userId)))
}

/** The contacts of these ids that the viewer may know of, in the order asked for. */
export async function readContacts(db: Tx, viewer: Viewer, ids: readonly string[]): Promise<Contact[]> {
  if (ids.length === 0) return []
  const rows = await visibleContacts(db, viewer)
    .leftJoin('users', (join) => join.onRef('users.organization_id', '=', 'contacts.organization_id').onRef('users.id', '=', 'contacts.assigned_to'))
    .select([
      'contacts.id', 'contacts.version', 'contacts.email', 'contacts.name', 'contacts.workspace_id', 'contacts.created_at', 'workspaces.name as workspace_name',
      'users.id as user_id', 'users.email as user_email', 'users.first_name', 'users.last_name',
    ])
    .where('contacts.id', 'in', ids).execute()
  const abilities = contactAbilities(viewer)
  const byId = new Map(rows.map((row): [string, Contact] => [row.id, {
    id: row.id, version: row.version, email: row.email, name: row.name, workspaceId: row.workspace_id, workspaceName: row.workspace_name, createdAt: row.created_at.toISOString(), abilities,
    assignedTo: row.user_id === null || row.user_email === null ? null : { id: row.user_id, email: row.user_email, name: nameOf({ firstName: row.first_name ?? '', lastName: row.last_name ?? '' }) },
  }]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** One contact that the viewer may know of; null for any other id. */
export async function readContact(db: Tx, viewer: Viewer, id: string): Promise<Contact | null> {
  if (!isUuid(id)) return null
  const [contact] = await readContacts(db, viewer, [id])
  return contact ?? null
}
