import type { Abilities } from '../../../shared/access/abilities'
import type { Viewer } from '../../../shared/access/access.policy'
import { localeOf } from '../../../shared/kit/locale'
import { userAbilities, type AdminFacts } from '../../../shared/users/users.policy'
import type { User } from '../../../shared/users/users.model'
import { permissionsOfUser } from '../../identity/viewer'
import { anyId, type Tx } from '../../store/bulk'
import { isUuid } from '../../store/ids'
import { kept, ONE } from '../../store/kept'

/** The users of these ids as they leave the server, in the order asked for; unknown ids are left out. */
export async function readUsers(db: Tx, viewer: Viewer, ids: readonly string[]): Promise<User[]> {
  const known = ids.filter(isUuid)
  if (known.length === 0) return []
  const [facts, rows, members] = await Promise.all([
    readAdminFacts(db, viewer.organizationId),
    selectUsers(db, viewer.organizationId, known),
    kept(db).selectFrom('workspace_members').select(['user_id', 'workspace_id'])
      .where('organization_id', '=', viewer.organizationId).where('user_id', '=', anyId(known)).orderBy('workspace_id').execute(),
  ])
  const workspaceIdsByUserId = new Map<string, string[]>()
  for (const { user_id: userId, workspace_id: workspaceId } of members) workspaceIdsByUserId.set(userId, [...(workspaceIdsByUserId.get(userId) ?? []), workspaceId])
  const userById = new Map(rows.map((row) => [row.id, toUser(row, viewer, facts, workspaceIdsByUserId.get(row.id) ?? [])]))
  return known.flatMap((id) => userById.get(id) ?? [])
}

/** How many active organization administrators there are: what decides whether one can go. */
export async function readAdminFacts(db: Tx, organizationId: string): Promise<AdminFacts> {
  const { admins } = await kept(db).selectFrom('users').select(({ fn }) => fn.countAll<number>().as('admins'))
    .where('organization_id', '=', organizationId).where('role', '=', 'org_admin').where('status', '=', 'active').executeTakeFirstOrThrow()
  return { activeAdmins: Number(admins) }
}

const selectUsers = (db: Tx, organizationId: string, ids: readonly string[]) => kept(db).selectFrom('users')
  .leftJoinLateral((from) => from.selectFrom('licenses').select(['plan', 'state', 'assigned_at', 'licenses.activated_at'])
    .whereRef('licenses.organization_id', '=', 'users.organization_id').whereRef('licenses.user_id', '=', 'users.id').limit(ONE).as('licenses'), (join) => join.onTrue())
  .leftJoin('roles', (join) => join.onRef('roles.organization_id', '=', 'users.organization_id').onRef('roles.id', '=', 'users.custom_role_id'))
  // At most one link of a person is out at a time.
  .leftJoinLateral((from) => from.selectFrom('activation_links').select('expires_at')
    .whereRef('activation_links.organization_id', '=', 'users.organization_id').whereRef('activation_links.user_id', '=', 'users.id')
    .where('used_at', 'is', null).where('replaced_at', 'is', null).limit(ONE).as('link'), (join) => join.onTrue())
  .select([
    'users.id', 'users.version', 'users.email', 'users.first_name', 'users.last_name', 'users.role', 'users.custom_role_id', 'users.status', 'users.language', 'users.language_chosen', 'users.mobile', 'users.sms_country',
    'users.time_zone', 'users.second_factor', 'users.protected_replies', 'users.last_active_at', 'users.created_at', 'users.removed_at',
    'licenses.plan', 'licenses.state', 'licenses.assigned_at', 'licenses.activated_at', 'roles.name as role_name', 'roles.permissions', 'link.expires_at as link_expires_at',
  ])
  .where('users.organization_id', '=', organizationId).where('users.id', '=', anyId(ids)).execute()

type UserRow = Awaited<ReturnType<typeof selectUsers>>[number]

const instant = (date: Date | null): string | null => date?.toISOString() ?? null

function toUser(row: UserRow, viewer: Viewer, facts: AdminFacts, workspaceIds: string[]): User {
  const permissions = permissionsOfUser({ role: row.role, customRoleId: row.custom_role_id, customPermissions: row.permissions })
  const role = row.custom_role_id ?? row.role
  const license = row.plan === null || row.state === null || row.assigned_at === null ? null : { plan: row.plan, state: row.state, assignedAt: row.assigned_at.toISOString(), activatedAt: instant(row.activated_at) }
  return {
    id: row.id,
    version: row.version,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    role,
    roleName: row.role_name,
    status: row.status,
    plan: license?.plan ?? null,
    license,
    workspaceIds,
    language: localeOf(row.language),
    languageChosen: row.language_chosen,
    mobile: row.mobile,
    smsCountry: row.sms_country,
    timeZone: row.time_zone,
    security: { secondFactor: row.second_factor, protectedReplies: row.protected_replies },
    linkExpiresAt: instant(row.link_expires_at),
    lastActiveAt: instant(row.last_active_at),
    createdAt: row.created_at.toISOString(),
    removedAt: instant(row.removed_at),
    abilities: userAbilities({ id: row.id, role, permissions, status: row.status, license: license?.state ?? null }, viewer, facts),
  }
}

/** The abilities that all records share, and the records with only what differs. */
export function shareAbilities<R extends { abilities: Abilities }>(records: readonly R[]): { items: R[]; abilities: Abilities } {
  const entries = Object.entries(records[0]?.abilities ?? {}) as [keyof Abilities, Abilities[keyof Abilities]][]
  const common = entries.filter(([ability, answer]) => records.every((record) => record.abilities[ability] === answer))
  const isCommon = new Set<string>(common.map(([ability]) => ability))
  const items = records.map((record) => ({ ...record, abilities: Object.fromEntries(Object.entries(record.abilities).filter(([ability]) => !isCommon.has(ability))) }))
  return { items, abilities: Object.fromEntries(common) }
}
