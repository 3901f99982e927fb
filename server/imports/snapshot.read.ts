import { PERMISSIONS } from '../../shared/access/permissions'
import type { Viewer } from '../../shared/access/access.policy'
import { settingsOf } from '../actions/settings'
import { admissionRules, readClaims } from '../domains/claims'
import { restorableSince } from '../actions/users/add.store'
import type { Tx } from '../store/bulk'
import { readPeopleByKeys } from '../store/imports'
import { kept } from '../store/kept'
import type { SnapshotData } from './snapshot'

/** Whose addresses are asked for; see `readPeopleByKeys`. */
type AskedPeople = { keys: string; except?: { importId: string; rows: readonly number[] } }

/** Reads all that planning an import must know, as of this transaction, in one go. */
export async function readSnapshot(db: Tx, viewer: Viewer, now: Date, { keys, except }: AskedPeople): Promise<SnapshotData> {
  const { organizationId } = viewer
  const [{ settings: stored }, claims, people, roles, pools, workspaces] = await Promise.all([
    kept(db).selectFrom('organizations').select('settings').where('id', '=', organizationId).executeTakeFirstOrThrow(),
    readClaims(db, organizationId),
    readPeopleByKeys(db, organizationId, keys, restorableSince(now), except),
    kept(db).selectFrom('roles').select(['id', 'name', 'permissions']).where('organization_id', '=', organizationId).execute(),
    kept(db).selectFrom('license_pools').innerJoin('plans', 'plans.id', 'license_pools.plan').select(['plans.id', 'plans.name', 'license_pools.quantity', 'license_pools.assigned'])
      .where('license_pools.organization_id', '=', organizationId).orderBy('plans.rank').execute(),
    kept(db).selectFrom('workspaces').select(['id', 'name']).where('organization_id', '=', organizationId).execute(),
  ])
  const settings = settingsOf(stored)
  return {
    people,
    viewer: { userId: viewer.userId, role: viewer.role, permissions: viewer.permissions, organizationId },
    admission: admissionRules(claims, settings),
    customRoles: roles.map(({ id, name, permissions }) => ({ id, name, permissions: PERMISSIONS.filter((permission) => permissions.includes(permission)) })),
    pools: pools.map(({ id, name, quantity, assigned }) => ({ plan: id, name, available: quantity - assigned })),
    workspaces,
    settings: { defaultLanguage: settings.defaultLanguage },
  }
}
