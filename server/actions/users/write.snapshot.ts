import { holds, managesSome, type Viewer } from '../../../shared/access/access.policy'
import type { Permission } from '../../../shared/access/permissions'
import { isBuiltInRole, permissionsOf } from '../../../shared/access/roles'
import type { FormerSnapshot, NewRole, OrganizationSnapshot, UserSnapshot } from '../../../shared/users/snapshot.model'
import { nameOf, permissionsOfUser } from '../../identity/viewer'
import { anyId, anyText, type Tx } from '../../store/bulk'
import { isUuid } from '../../store/ids'
import { kept, ONE } from '../../store/kept'
import type { Row } from '../../store/tables'
import type { UserRole } from '../../store/tables/columns'
import { countBelongings, type Belongings, type RemovedState } from '../../store/users'
import { admissionsOf } from '../mail-context/domains'
import type { Refusal } from '../planned'
import { settingsOf } from '../settings'
import { readAdminFacts } from './record'

/** A user as plans see them, and as the log names them. */
export type StoredUser = UserSnapshot & { email: string; firstName: string; lastName: string; language: string; version: number; removedState: RemovedState | null }

/** The organization around its users, as plans see it. */
export async function loadOrganization(db: Tx, organizationId: string): Promise<OrganizationSnapshot> {
  const [{ activeAdmins }, pools, { settings }] = await Promise.all([
    readAdminFacts(db, organizationId),
    kept(db).selectFrom('license_pools').select(['plan', 'quantity', 'assigned']).where('organization_id', '=', organizationId).orderBy('plan').execute(),
    kept(db).selectFrom('organizations').select('settings').where('id', '=', organizationId).executeTakeFirstOrThrow(),
  ])
  return { activeAdmins, pools, sendActivationOnAssign: settingsOf(settings).sendActivationOnAssign }
}

/** The users of these ids, in the order asked for, counted at this moment; ids of nobody here are left out. */
export async function loadUsers(db: Tx, organizationId: string, ids: readonly string[], now: Date): Promise<StoredUser[]> {
  const known = [...new Set(ids.filter(isUuid))]
  if (known.length === 0) return []
  const [rows, counts] = await Promise.all([selectUsers(db, organizationId, known), countBelongings(db, organizationId, known, now)])
  const former = await loadFormer(db, organizationId, rows)
  const userById = new Map(rows.map((row) => [row.id, toStored(row, counts, former.get(row.id) ?? null)]))
  return known.flatMap((id) => userById.get(id) ?? [])
}

const selectUsers = (db: Tx, organizationId: string, ids: readonly string[]) => kept(db).selectFrom('users')
  .leftJoinLateral((from) => from.selectFrom('licenses').select(['plan', 'state'])
    .whereRef('licenses.organization_id', '=', 'users.organization_id').whereRef('licenses.user_id', '=', 'users.id').limit(ONE).as('licenses'), (join) => join.onTrue())
  .leftJoin('roles', (join) => join.onRef('roles.organization_id', '=', 'users.organization_id').onRef('roles.id', '=', 'users.custom_role_id'))
  .select([
    'users.id', 'users.email', 'users.email_key', 'users.domain', 'users.first_name', 'users.last_name', 'users.role', 'users.custom_role_id', 'users.status', 'users.previous_status', 'users.language', 'users.version',
    'users.removed_at', 'users.removed_state', 'roles.name as role_name', 'roles.permissions', 'licenses.plan', 'licenses.state',
  ])
  .where('users.organization_id', '=', organizationId).where('users.id', '=', anyId(ids)).execute()

type UserRow = Awaited<ReturnType<typeof selectUsers>>[number]
/** What suspended and removed users were, and what of it could come back now. */
async function loadFormer(db: Tx, organizationId: string, rows: readonly UserRow[]): Promise<Map<string, FormerSnapshot>> {
  const away = rows.filter(({ status }) => status === 'suspended' || status === 'removed')
  const removed = away.filter(({ status }) => status === 'removed')
  const admits = removed.length === 0 ? () => true : await admissionsOf(db, organizationId)
  const taken = await takenAddresses(db, organizationId, removed.map(({ email_key: key }) => key))
  const existing = await existingWorkspaces(db, organizationId, removed.flatMap((row) => stateOf(row)?.workspaceIds ?? []))
  return new Map(away.map((row) => {
    const state = stateOf(row)
    const workspaceIds = state?.workspaceIds ?? []
    const workspaces = workspaceIds.filter((id) => existing.has(id)).length
    return [row.id, {
      status: row.previous_status ?? 'active',
      removedAt: row.removed_at?.toISOString() ?? null,
      license: state?.license ? { plan: state.license.plan, state: state.license.state } : null,
      workspaces,
      workspacesGone: workspaceIds.length - workspaces,
      contactsUnassigned: state?.contacts ?? 0,
      domainAdmitted: admits(row.domain),
      addressTaken: taken.has(row.email_key),
    }]
  }))
}

// The column is written by `removeUsers` alone, in this shape.
const stateOf = (row: { status: string; removed_state: unknown }): RemovedState | null => (row.status === 'removed' ? (row.removed_state as RemovedState | null) : null)

async function takenAddresses(db: Tx, organizationId: string, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const rows = await db.selectFrom('users').select('email_key').where('organization_id', '=', organizationId).where('status', '<>', 'removed')
    .where('email_key', '=', anyText(keys)).execute()
  return new Set(rows.map((row) => row.email_key))
}

async function existingWorkspaces(db: Tx, organizationId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.selectFrom('workspaces').select('id').where('organization_id', '=', organizationId).where('id', '=', anyId([...new Set(ids)])).execute()
  return new Set(rows.map(({ id }) => id))
}

function toStored(row: UserRow, counts: Belongings, former: FormerSnapshot | null): StoredUser {
  const name = nameOf({ firstName: row.first_name, lastName: row.last_name })
  return {
    id: row.id,
    role: row.custom_role_id ?? row.role,
    permissions: permissionsOfUser({ role: row.role, customRoleId: row.custom_role_id, customPermissions: row.permissions }),
    roleName: row.role_name,
    label: name || row.email,
    status: row.status,
    license: row.plan === null || row.state === null ? null : { plan: row.plan, state: row.state },
    workspaces: counts.workspaces.get(row.id) ?? 0,
    contacts: counts.contacts.get(row.id) ?? 0,
    liveMessages: counts.liveMessages.get(row.id) ?? 0,
    openLinks: counts.openLinks.get(row.id) ?? 0,
    former,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    language: row.language,
    version: row.version,
    removedState: stateOf(row),
  }
}

/** A role word as the role it names in this organization; null for none. */
export async function findRole(db: Tx, organizationId: string, role: string): Promise<NewRole | null> {
  if (isBuiltInRole(role)) return { role, name: null, permissions: permissionsOf(role, []) }
  if (!isUuid(role)) return null
  const row: Pick<Row<'roles'>, 'name' | 'permissions'> | undefined = await db.selectFrom('roles').select(['name', 'permissions'])
    .where('organization_id', '=', organizationId).where('id', '=', role).executeTakeFirst()
  if (row === undefined) return null
  const permissions: readonly Permission[] = permissionsOfUser({ role: 'custom', customRoleId: role, customPermissions: row.permissions })
  return { role, name: row.name, permissions }
}

/** How a role stands in the table of users. */
export const roleColumns = (role: string): { role: UserRole; custom_role_id: string | null } =>
  isBuiltInRole(role) ? { role, custom_role_id: null } : { role: 'custom', custom_role_id: role }

/** One user for a single action. Who may not see users is refused whatever the id, and so can't tell which ids exist. */
export async function loadUser(db: Tx, viewer: Viewer, userId: string, now: Date): Promise<{ ok: true; value: StoredUser } | Refusal> {
  if (userId !== viewer.userId && !holds(viewer, 'users.view') && !managesSome(viewer)) return { ok: false, code: 'access.denied' }
  const [user] = await loadUsers(db, viewer.organizationId, [userId], now)
  return user === undefined ? { ok: false, code: 'not_found' } : { ok: true, value: user }
}
