import type { NewRole, OrganizationSnapshot } from '../../../shared/users/snapshot.model'
import { RESTORE_DAYS } from '../../../shared/users/snapshot.model'
import { fullName } from '../../../shared/kit/text'
import type { Viewer } from '../../identity/viewer'
import { insertMany } from '../../store/bulk'
import type { Change } from '../../store/transactions'
import { joinWorkspaces, unlinkRemoved, workspaceNames } from '../../store/users'
import { sendLinks } from '../activation/links'
import { linkOwnerOf } from '../licenses/write'
import { storeLicenses } from '../licenses/write.store'
import { settingsOf } from '../settings'
import { auditOf, tellOfNewAdmins } from './write.events'
import { roleColumns, type StoredUser } from './write.snapshot'

const DAY_MS = 24 * 60 * 60 * 1000

/** Somebody who was removed at this time or later can be restored; their address is not given away until then. */
export const restorableSince = (now: Date): Date => new Date(now.getTime() - RESTORE_DAYS * DAY_MS)

/** Somebody to add, decided: `plan` is that of the license to assign, null for none; without `language`, that of the organization. */
export type UserToAdd = {
  id: string; email: string; key: string; domain: string; firstName: string; lastName: string; role: NewRole
  plan: string | null; workspaceIds: readonly string[]; language?: string; mobile?: string
}

/** What was known of the organization when it was decided; workspaces where they had to be known. */
type AddSnapshot = Pick<OrganizationSnapshot, 'pools'> & { workspaces?: readonly { id: string; name: string }[] }

/** People whose lines are recorded in one go. */
const PORTION = 50

/**
 * Adds people with all that belongs to it: user, license and seat, workspaces, events, and with `invite` the
 * activation link and its mail. One, several and files of them come this way. Decides nothing: the caller has
 * decided under the organization's lock, over the same `snapshot`.
 */
export async function addUsers(change: Change, viewer: Viewer, snapshot: AddSnapshot, users: readonly UserToAdd[], invite: boolean): Promise<void> {
  await equipUsers(change, viewer, snapshot, sendUsers(change, viewer, users), invite)
}

/** Somebody who is being stored: all that belongs to them follows. */
export type UserAdded = { user: StoredUser; workspaceIds: readonly string[] }

/** The first half of `addUsers`, for callers who decide bit by bit: while the database is at these, the next are decided. */
export function sendUsers(change: Change, viewer: Viewer, users: readonly UserToAdd[]): UserAdded[] {
  if (users.length === 0) return []
  const { db, organization, now, send } = change
  const { defaultLanguage } = settingsOf(organization.settings)
  const added = users.map((user) => ({ user: toStored(user, user.language ?? defaultLanguage), workspaceIds: user.workspaceIds }))
  send(unlinkRemoved(db, organization.id, users.map(({ key }) => key)))
  send(insertUsers(change, viewer, users, added))
  send(joinWorkspaces(db, organization.id, users.flatMap(({ id, workspaceIds }) => workspaceIds.map((workspaceId) => ({ userId: id, workspaceId }))), now))
  return added
}

/** The other half, for all of them at once: licenses, events, links and mails are prepared while the database is at the users. */
export async function equipUsers(change: Change, viewer: Viewer, snapshot: AddSnapshot, added: readonly UserAdded[], invite: boolean): Promise<void> {
  if (added.length === 0) return
  const { db, organization } = change
  const users = added.map(({ user }) => user)
  const licensed = users.flatMap(({ id, license }) => (license === null ? [] : [{ userId: id, before: null, after: license }]))
  const names = snapshot.workspaces === undefined
    ? await workspaceNames(db, organization.id, added.flatMap(({ workspaceIds }) => workspaceIds))
    : new Map(snapshot.workspaces.map(({ id, name }) => [id, name]))
  await Promise.all([
    licensed.length > 0 ? storeLicenses(change, snapshot, licensed, viewer.userId) : null,
    tellOfNewAdmins(change, viewer, users.filter(({ role }) => role === 'org_admin')),
    recordAll(change, viewer, added, names)
      .then(() => (invite ? sendLinks(change, users.map((user) => linkOwnerOf(user, user.license?.plan ?? null, viewer)), { id: viewer.userId, email: viewer.email, name: viewer.name }, { isFirst: true }) : null)),
  ])
}

const toStored = ({ id, email, firstName, lastName, role, plan }: UserToAdd, language: string): StoredUser => ({
  id, role: role.role, permissions: role.permissions, roleName: role.name, label: fullName({ firstName, lastName, email }), status: 'pending',
  license: plan === null ? null : { plan, state: 'assigned' },
  workspaces: 0, contacts: 0, liveMessages: 0, openLinks: 0, former: null, email, firstName, lastName, language, version: 1, removedState: null,
})

async function insertUsers({ db, organization, now }: Change, viewer: Viewer, users: readonly UserToAdd[], added: readonly UserAdded[]): Promise<void> {
  const { requireSecondFactor, protectedReplies } = settingsOf(organization.settings)
  await insertMany(db, 'users', users.map((user, index) => {
    const { role, custom_role_id } = roleColumns(user.role.role)
    return {
      organization_id: organization.id, id: user.id, email: user.email, email_key: user.key, domain: user.domain, first_name: user.firstName, last_name: user.lastName,
      role, custom_role_id, status: 'pending', previous_status: null, language: added[index]?.user.language, mobile: user.mobile ?? '',
      second_factor: requireSecondFactor, protected_replies: protectedReplies, invited_by: viewer.userId,
      created_at: now, activated_at: null, last_active_at: null, removed_at: null, removed_state: null,
    }
  }))
}

/** The lines of all of them; `names` are those of workspaces, by id. */
async function recordAll(change: Change, viewer: Viewer, added: readonly UserAdded[], names: ReadonlyMap<string, string>): Promise<void> {
  for (const [index, { user, workspaceIds }] of added.entries()) {
    recordAdd(change, viewer, user, workspaceIds.flatMap((id) => names.get(id) ?? []))
    if ((index + 1) % PORTION === 0) await change.breathe()
  }
}

function recordAdd({ record }: Change, viewer: Viewer, user: StoredUser, workspaces: readonly string[]): void {
  record(auditOf(viewer, user, 'user.added', { email: { from: null, to: user.email }, role: { from: null, to: user.roleName ?? user.role } }))
  if (user.license !== null) record(auditOf(viewer, user, 'license.assigned', { license: { from: null, to: user.license.plan } }))
  if (workspaces.length > 0) record(auditOf(viewer, user, 'user.workspaces_changed', { workspaces: { from: [], to: workspaces } }))
}
