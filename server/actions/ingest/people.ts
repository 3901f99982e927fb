import { readAddress } from '../../identity/address'
import { nameOf, permissionsOfUser } from '../../identity/viewer'
import type { Tx } from '../../store/bulk'
import type { EventPerson } from '../../store/events.model'

/** Somebody of the organization whom events of the messaging service name. */
export type KnownPerson = { person: EventPerson; isAdmin: boolean }

/** Known people by the key of their address. */
export type People = ReadonlyMap<string, KnownPerson>

/** How an address is compared; what is no address stands for itself. */
export type KeyOf = (email: string) => string

/** Remembers what it was asked: a batch names the same few people again and again, and folding an address takes its time. */
export function createKeyOf(): KeyOf {
  const known = new Map<string, string>()
  return (email) => {
    const key = known.get(email) ?? readAddress(email)?.key ?? email.trim().toLowerCase()
    known.set(email, key)
    return key
  }
}

/** The users who hold these addresses; a removed one where nobody holds it now. */
export async function findPeople(db: Tx, organizationId: string, keys: readonly string[]): Promise<People> {
  const wanted = [...new Set(keys)].filter((key) => key !== '')
  if (wanted.length === 0) return new Map()
  const rows = await db.selectFrom('users')
    .leftJoin('roles', (join) => join.onRef('roles.organization_id', '=', 'users.organization_id').onRef('roles.id', '=', 'users.custom_role_id'))
    .select(['users.id', 'users.email', 'users.email_key', 'users.first_name', 'users.last_name', 'users.role', 'users.custom_role_id', 'users.status', 'roles.permissions'])
    .where('users.organization_id', '=', organizationId).where(({ eb, val }) => eb('users.email_key', '=', eb.fn.any(val(wanted)))).execute()
  const ordered = [...rows].sort((a, b) => Number(a.status !== 'removed') - Number(b.status !== 'removed'))
  return new Map(ordered.map((row) => [row.email_key, {
    person: { id: row.id, email: row.email, name: nameOf({ firstName: row.first_name, lastName: row.last_name }) },
    isAdmin: permissionsOfUser({ role: row.role, customRoleId: row.custom_role_id, customPermissions: row.permissions }).length > 0,
  }]))
}
