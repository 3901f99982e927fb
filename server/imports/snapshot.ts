import { viewerAbilities, type Viewer } from '../../shared/access/access.policy'
import { BUILT_IN_ROLES, permissionsOf, type CustomRole } from '../../shared/access/roles'
import type { Settings } from '../../shared/access/organization.model'
import { wordOf } from '../../shared/imports/imports.columns'
import type { ImportSnapshot } from '../../shared/imports/imports.plan'
import { mayAdd, type AddressHolder } from '../../shared/users/add.policy'
import { admitsOf, type AdmissionRules } from '../domains/admission'

/** What planning knows of the organization, as plain data that a thread can be handed. */
export type SnapshotData = {
  /** JSON text of an object: folded address → who has it, of those addresses alone that the file names. */
  people: string
  viewer: Viewer
  admission: AdmissionRules
  customRoles: CustomRole[]
  /** Plans of which the organization has a pool, cheapest first. */
  pools: { plan: string; name: string; available: number }[]
  workspaces: { id: string; name: string }[]
  settings: Pick<Settings, 'defaultLanguage'>
}

/** Whether this viewer may import people at all. */
export const mayImport = (viewer: Viewer): boolean => viewerAbilities(viewer)['users.import'] === true

/** The snapshot as the plan asks for it. */
export function toSnapshot(data: SnapshotData): ImportSnapshot {
  const { viewer, customRoles } = data
  const mayByRole = new Map([...BUILT_IN_ROLES, ...customRoles.map(({ id }) => id)].map((role) => [role, mayAdd(viewer, { role, permissions: permissionsOf(role, customRoles) })]))
  return {
    people: new Map(Object.entries(JSON.parse(data.people) as Record<string, AddressHolder>)),
    admitsDomain: admitsOf(data.admission),
    customRoles: new Map(customRoles.map(({ id, name }) => [wordOf(name), id])),
    mayGrant: (role) => mayByRole.get(role)?.invite === true,
    mayAssign: (role) => mayByRole.get(role)?.license === true,
    plans: new Map(data.pools.flatMap(({ plan, name }) => [[wordOf(name), plan], [wordOf(plan), plan]])),
    available: new Map(data.pools.map(({ plan, available }) => [plan, available])),
    // Who may not manage workspaces puts nobody into one.
    workspaces: new Map(mayByRole.get('member')?.workspaces === true ? data.workspaces.map(({ id, name }) => [wordOf(name), id]) : []),
    defaultLanguage: data.settings.defaultLanguage,
  }
}
