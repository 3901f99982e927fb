import type { BulkOutcome, BulkWish } from '../../../shared/changes/bulk.plan'
import type { OrganizationSnapshot, UserAfter } from '../../../shared/users/snapshot.model'
import type { BulkAction } from '../../../shared/users/users.model'
import { anyId } from '../../store/bulk'
import type { Change } from '../../store/transactions'
import { expireLinks, sendLinks } from '../activation/links'
import { linkOwnerOf } from '../licenses/write'
import { storeLicenses, touchUsers } from '../licenses/write.store'
import type { WriteContext } from '../planned'
import { applyRole } from './write.edit'
import { auditOf } from './write.events'
import { roleColumns, type StoredUser } from './write.snapshot'
import { applyRemove, applyRestore, applySuspend } from './write.status'

type Changed = { user: StoredUser; after: UserAfter }
type Apply = (change: Change, ctx: WriteContext, organization: OrganizationSnapshot, changed: readonly Changed[], wish: BulkWish) => Promise<void>

const usersOf = (changed: readonly Changed[]): StoredUser[] => changed.map(({ user }) => user)
const idsOf = (users: readonly StoredUser[]): string[] => users.map(({ id }) => id)

const senderOf = ({ viewer }: WriteContext) => ({ id: viewer.userId, email: viewer.email, name: viewer.name })

const assign: Apply = async (change, ctx, organization, changed) => {
  await storeLicenses(change, organization, changed.map(({ user, after }) => ({ userId: user.id, before: user.license, after: after.license })), ctx.viewer.userId)
  await touchUsers(change, idsOf(usersOf(changed)))
  for (const { user, after } of changed) change.record(auditOf(ctx.viewer, user, 'license.assigned', { license: { from: null, to: after.license?.plan ?? null } }))
  const mailed = changed.filter(({ user }) => organization.sendActivationOnAssign && user.status !== 'suspended')
  await sendLinks(change, mailed.map(({ user, after }) => linkOwnerOf(user, after.license?.plan ?? null, ctx.viewer)), senderOf(ctx))
}

const removeLicense: Apply = async (change, ctx, organization, changed) => {
  const { db, now } = change
  await storeLicenses(change, organization, changed.map(({ user }) => ({ userId: user.id, before: user.license, after: null })), ctx.viewer.userId)
  await touchUsers(change, idsOf(usersOf(changed)))
  for (const { user } of changed) change.record(auditOf(ctx.viewer, user, 'license.removed', { license: { from: user.license?.plan ?? null, to: null } }))
  const others = usersOf(changed).filter(({ status }) => status !== 'pending')
  // A link of somebody pending still accepts the invitation; any other one leads nowhere without the license.
  if (others.length > 0) await expireLinks(db, change.organization.id, idsOf(others), now)
}

const changeRole: Apply = async (change, { viewer }, _organization, changed, { role }) => {
  if (role === undefined) return
  const moved = usersOf(changed).filter((user) => user.role !== role.role)
  await change.db.updateTable('users').set((eb) => ({ ...roleColumns(role.role), version: eb('version', '+', 1) }))
    .where('organization_id', '=', change.organization.id).where('id', '=', anyId(idsOf(moved))).execute()
  await applyRole(change, viewer, moved, role)
}

/** How each action is stored for many; a forgotten one does not compile. */
const APPLY: Record<BulkAction, Apply> = {
  assign_license: assign,
  remove_license: removeLicense,
  send_activation: async (change, ctx, _organization, changed) => { await sendLinks(change, changed.map(({ user }) => linkOwnerOf(user, user.license?.plan ?? null, ctx.viewer)), senderOf(ctx)) },
  change_role: changeRole,
  suspend: (change, { viewer }, _organization, changed) => applySuspend(change, viewer, usersOf(changed)),
  restore: (change, { viewer }, _organization, changed) => applyRestore(change, viewer, changed.map(({ user, after }) => ({ user, keepsLicense: after.license !== null }))),
  remove: (change, { viewer }, _organization, changed) => applyRemove(change, viewer, usersOf(changed)),
}

/** Stores what was decided for a portion of a batch; `outcomes` are of its users. */
export async function applyBulk(change: Change, ctx: WriteContext, { organization, users }: { organization: OrganizationSnapshot; users: readonly StoredUser[] }, outcomes: readonly BulkOutcome[], wish: BulkWish): Promise<void> {
  const userById = new Map(users.map((user) => [user.id, user]))
  const changed = outcomes.flatMap(({ user, after }): Changed[] => {
    const stored = userById.get(user.id)
    return after === null || stored === undefined ? [] : [{ user: stored, after }]
  })
  if (changed.length > 0) await APPLY[wish.action](change, ctx, organization, changed, wish)
}
