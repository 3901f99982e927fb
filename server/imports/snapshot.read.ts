import { PERMISSIONS } from '../../shared/access/permissions'
import type { Viewer } from '../../shared/access/access.policy'
import { readAdmissionRules } from '../domains/claims'
import { settingsOf } from '../actions/settings'
import { restorableSince } from '../actions/users/add.store'
import type { Tx } from '../store/bulk'
import { readPeopleByKeys } from '../store/imports'
import type { SnapshotData } from './snapshot'

/** Reads all that planning an import must know, as of this transaction. `keys` and `except` as in `readPeopleByKeys`. */
export async function readSnapshot(db: Tx, viewer: Viewer, keys: string, now: Date, except?: { importId: string; rows: readonly number[] }): Promise<SnapshotData> {
  const { organizationId } = viewer
  const [settings, people, roles, pools, workspaces] = await Promise.all([
    db.selectFrom('organizations').select('settings').where('id', '=', organizationId).executeTakeFirstOrThrow().then((organization) => settingsOf(organization.settings)),
    readPeopleByKeys(db, organizationId, keys, restorableSince(now), except),
    db.selectFrom('roles').select(['id', 'name', 'permissions']).where('organization_id', '=', organizationId).execute(),
    db.selectFrom('license_pools').innerJoin('plans', 'plans.id', 'license_pools.plan').select(['plans.id', 'plans.name', 'license_pools.quantity', 'license_pools.assigned'])
      .where('license_pools.organization_id', '=', organizationId).orderBy('plans.rank').execute(),
    db.selectFrom('workspaces').select(['id', 'name']).where('organization_id', '=', organizationId).execute(),
  ])
  return {
    people,
    viewer: { userId: viewer.userId, role: viewer.role, permissions: viewer.permissions, organizationId },
    admission: await readAdmissionRules(db, organizationId, settings),
    customRoles: roles.map(({ id, name, permissions }) => ({ id, name, permissions: PERMISSIONS.filter((permission) => permissions.includes(permission)) })),
    pools: pools.map(({ id, name, quantity, assigned }) => ({ plan: id, name, available: quantity - assigned })),
    workspaces,
    settings: { defaultLanguage: settings.defaultLanguage },
  }
}
