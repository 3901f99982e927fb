import { isAdministrator } from '../../shared/access/access.policy'
import type { Permission } from '../../shared/access/permissions'
import type { Settings } from '../../shared/access/organization.model'
import type { PlannedUser } from '../../shared/imports/imports.plan'
import type { OrganizationSnapshot } from '../../shared/users/snapshot.model'
import { sendLinks, type LinkOwner } from '../actions/activation/links'
import { storeLicenses } from '../actions/licenses/write.store'
import { roleColumns } from '../actions/users/write.snapshot'
import { nameOf, type Viewer } from '../identity/viewer'
import { insertMany } from '../store/bulk'
import type { EventPerson, NewEvent } from '../store/events.model'
import type { Change } from '../store/transactions'

/** Somebody to add, decided: `permissions` are those of their role. */
export type UserToAdd = Omit<PlannedUser, 'key'> & { id: string; key: string; domain: string; permissions: readonly Permission[] }

/** What adding needs of the organization around the new users. */
export type AddedTo = { organization: OrganizationSnapshot; settings: Pick<Settings, 'requireSecondFactor' | 'protectedReplies'> }

/**
 * Adds people with all that belongs to it: user, license and seat, workspaces, events, activation link and
 * invitation. Decides nothing: the caller has decided under the organization's lock.
 */
export async function addUsers(change: Change, viewer: Viewer, { organization, settings }: AddedTo, users: readonly UserToAdd[]): Promise<void> {
  if (users.length === 0) return
  const { db, now, record } = change
  await insertMany(db, 'users', users.map((user) => ({
    organization_id: change.organization.id, id: user.id, email: user.email, email_key: user.key, domain: user.domain, first_name: user.firstName, last_name: user.lastName,
    ...roleColumns(user.role), status: 'pending', previous_status: null, language: user.language, time_zone: '', mobile: user.mobile, sms_country: '',
    second_factor: settings.requireSecondFactor, protected_replies: settings.protectedReplies, version: 1, invited_by: viewer.userId,
    created_at: now, activated_at: null, last_active_at: null, removed_at: null, removed_state: null,
  })))
  for (const user of users) {
    const about = aboutUser(viewer, user)
    record({ ...about, kind: 'user.added', changes: { role: { from: null, to: user.role } } })
    if (user.plan !== null) record({ ...about, kind: 'license.assigned', changes: { plan: { from: null, to: user.plan } } })
  }
  const licensed = users.flatMap(({ id, plan }) => (plan === null ? [] : [{ userId: id, before: null, after: { plan, state: 'assigned' as const } }]))
  if (licensed.length > 0) await storeLicenses(change, organization, licensed, viewer.userId)
  await insertMany(db, 'workspace_members', users.flatMap(({ id, workspaceIds }) => workspaceIds.map((workspaceId) => ({ organization_id: change.organization.id, workspace_id: workspaceId, user_id: id, added_at: now }))))
  await sendLinks(change, users.map((user) => ownerOf(viewer, user)), { id: viewer.userId, email: viewer.email, name: viewer.name }, { isFirst: true })
}

const personOf = (user: UserToAdd): EventPerson => ({ id: user.id, email: user.email, name: nameOf(user) })

function aboutUser(viewer: Viewer, user: UserToAdd): Omit<NewEvent, 'kind'> {
  const person = personOf(user)
  return { category: 'audit', ofAdmin: isAdministrator(viewer) || isAdministrator(user), subjects: [person], target: { type: 'user', id: user.id, label: person.name || user.email } }
}

const ownerOf = (viewer: Viewer, user: UserToAdd): LinkOwner =>
  ({ id: user.id, email: user.email, name: nameOf(user), language: user.language, plan: user.plan, ofAdmin: isAdministrator(viewer) || isAdministrator(user) })
