import { roleAbilities } from '../../../shared/access/roles.policy'
import type { RoleRecord } from '../../../shared/access/organization.model'
import type { Viewer } from '../../../shared/access/access.policy'
import { PERMISSIONS, type Permission } from '../../../shared/access/permissions'
import { BUILT_IN_ROLES, isBuiltInRole, permissionsOf } from '../../../shared/access/roles'
import type { Tx } from '../../store/bulk'
import { isUuid } from '../../store/ids'
import type { Row } from '../../store/tables'

type RoleRow = Pick<Row<'roles'>, 'id' | 'name' | 'permissions' | 'version'>

/** Permissions by their words, in the order of the list; unknown words are left out. */
export const permissionsNamed = (words: readonly string[]): Permission[] => PERMISSIONS.filter((permission) => words.includes(permission))

/** The built-in roles and those of the organization, by name. */
export async function readRoles(db: Tx, viewer: Viewer): Promise<RoleRecord[]> {
  const counts = await countHolders(db, viewer.organizationId)
  const rows = await db.selectFrom('roles').select(['id', 'name', 'permissions', 'version']).where('organization_id', '=', viewer.organizationId).orderBy('name_key').execute()
  return [...BUILT_IN_ROLES.map((role) => builtInRecord(role, viewer, counts)), ...rows.map((row) => customRecord(row, viewer, counts))]
}

/** One role, built-in or custom; null for any other word. */
export async function readRole(db: Tx, viewer: Viewer, role: string): Promise<RoleRecord | null> {
  if (isBuiltInRole(role)) return builtInRecord(role, viewer, await countHolders(db, viewer.organizationId))
  if (!isUuid(role)) return null
  const row = await db.selectFrom('roles').select(['id', 'name', 'permissions', 'version']).where('organization_id', '=', viewer.organizationId).where('id', '=', role).executeTakeFirst()
  return row === undefined ? null : customRecord(row, viewer, await countHolders(db, viewer.organizationId))
}

/** How many users who are not removed have each role. */
async function countHolders(db: Tx, organizationId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db.selectFrom('users').select(({ fn }) => ['role', 'custom_role_id', fn.countAll<number>().as('users')])
    .where('organization_id', '=', organizationId).where('status', '<>', 'removed').groupBy(['role', 'custom_role_id']).execute()
  return new Map(rows.map(({ role, custom_role_id: customRoleId, users }) => [customRoleId ?? role, Number(users)]))
}

function builtInRecord(role: (typeof BUILT_IN_ROLES)[number], viewer: Viewer, counts: ReadonlyMap<string, number>): RoleRecord {
  const permissions = permissionsOf(role, [])
  const users = counts.get(role) ?? 0
  return { id: role, name: role, builtIn: true, permissions: [...permissions], users, version: 1, abilities: roleAbilities({ builtIn: true, permissions, users }, viewer) }
}

function customRecord(row: RoleRow, viewer: Viewer, counts: ReadonlyMap<string, number>): RoleRecord {
  const permissions = permissionsNamed(row.permissions)
  const users = counts.get(row.id) ?? 0
  return { id: row.id, name: row.name, builtIn: false, permissions, users, version: row.version, abilities: roleAbilities({ builtIn: false, permissions, users }, viewer) }
}
