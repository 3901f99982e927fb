import type { Viewer } from '../../../shared/access/access.policy'
import type { Decision } from '../../../shared/changes/decision'
import type { OrganizationSnapshot } from '../../../shared/users/snapshot.model'
import type { User } from '../../../shared/users/users.model'
import { planRemove, planRestore, planSuspend, type Lost } from '../../../shared/users/users.plan'
import type { Handler } from '../../http/handler'
import type { Tx } from '../../store/bulk'
import type { EventChanges } from '../../store/events.model'
import type { Change } from '../../store/transactions'
import { removeUsers, suspendUsers, unremoveUsers, unsuspendUsers } from '../../store/users'
import type { ActionDeps } from '../deps'
import { runPlanned, type Refusal, type WriteContext } from '../planned'
import { warnOfPools } from '../licenses/write.warn'
import { auditOf, readChanged, tellOfNewAdmins } from './write.events'
import { loadOrganization, loadUser, type StoredUser } from './write.snapshot'

/** One user in their organization, loaded for a single action. */
export type OneUser = { organization: OrganizationSnapshot; user: StoredUser }

/** Loads one user, unless the caller has seen another version of them. */
export async function loadOne(db: Tx, ctx: WriteContext, userId: string): Promise<{ ok: true; value: OneUser } | Refusal> {
  const [loaded, organization] = await Promise.all([loadUser(db, ctx.viewer, userId, ctx.now), loadOrganization(db, ctx.viewer.organizationId)])
  if (!loaded.ok) return loaded
  const user = loaded.value
  if (ctx.version !== null && ctx.version !== user.version) return { ok: false, code: 'version.conflict', extra: await readChanged(db, ctx.viewer, user.id) }
  return { ok: true, value: { organization, user } }
}

/** `POST /v1/users/{userId}/suspend`: no request of theirs passes from now on. */
export const usersSuspend = ({ store }: ActionDeps): Handler<'users.suspend'> => async ({ params }, ctx) => runPlanned<OneUser, Decision, User>(store, ctx, {
  load: (db) => loadOne(db, ctx, params.userId),
  decide: (one) => planSuspend(one, ctx.viewer),
  apply: async (change, { user }) => {
    await applySuspend(change, ctx.viewer, [user])
    return readChanged(change.db, ctx.viewer, user.id)
  },
})

/** `DELETE /v1/users/{userId}`: they lose license and workspaces, and can be restored for 30 days. */
export const usersRemove = ({ store }: ActionDeps): Handler<'users.remove'> => async ({ params }, ctx) => runPlanned<OneUser, Decision, User>(store, ctx, {
  load: (db) => loadOne(db, ctx, params.userId),
  decide: (one) => planRemove(one, ctx.viewer),
  apply: async (change, { user }) => {
    await applyRemove(change, ctx.viewer, [user])
    return readChanged(change.db, ctx.viewer, user.id)
  },
})

/** `POST /v1/users/{userId}/restore`: a suspended or removed user comes back as they were, or as far as that is possible. */
export const usersRestore = ({ store }: ActionDeps): Handler<'users.restore'> => async ({ params }, ctx) =>
  runPlanned<OneUser, Decision & { lost: Lost[] }, User & { lost: Lost[] }>(store, ctx, {
    load: (db) => loadOne(db, ctx, params.userId),
    decide: (one) => planRestore(one, ctx.viewer, ctx.now.toISOString()),
    apply: async (change, { user }, { after, lost }) => {
      await applyRestore(change, ctx.viewer, [{ user, keepsLicense: after?.license != null }])
      return { ...(await readChanged(change.db, ctx.viewer, user.id)), lost }
    },
  })

const idsOf = (users: readonly StoredUser[]): string[] => users.map(({ id }) => id)

/** Suspends users as decided, with a line of the log for each. */
export async function applySuspend(change: Change, viewer: Viewer, users: readonly StoredUser[]): Promise<void> {
  await suspendUsers(change.db, change.organization.id, idsOf(users))
  for (const user of users) change.record(auditOf(viewer, user, 'user.suspended', { status: { from: user.status, to: 'suspended' } }))
}

/** Removes users as decided, with a line of the log for each that says what they had. */
export async function applyRemove(change: Change, viewer: Viewer, users: readonly StoredUser[], kind: 'user.removed' | 'user.left' = 'user.removed'): Promise<void> {
  await removeUsers(change.db, change.organization.id, idsOf(users), change.now)
  for (const user of users) {
    change.record(auditOf(viewer, user, kind, {
      status: { from: user.status, to: 'removed' },
      ...(user.license === null ? {} : { license: { from: user.license.plan, to: null } }),
      ...(user.workspaces === 0 ? {} : { workspaces: { from: user.workspaces, to: 0 } }),
      ...(user.contacts === 0 ? {} : { contacts: { from: user.contacts, to: 0 } }),
    }))
  }
  if (users.some(({ license }) => license !== null)) await warnOfPools(change)
}

/** Brings users back as decided: `keepsLicense` says whether the license of a removed one comes back too. */
export async function applyRestore(change: Change, viewer: WriteContext['viewer'], back: readonly { user: StoredUser; keepsLicense: boolean }[]): Promise<void> {
  const { db, organization, now } = change
  const removed = back.filter(({ user }) => user.status === 'removed')
  await unsuspendUsers(db, organization.id, idsOf(back.filter(({ user }) => user.status === 'suspended').map(({ user }) => user)))
  await unremoveUsers(db, organization.id, removed.map(({ user, keepsLicense }) => ({
    id: user.id, license: keepsLicense ? user.removedState?.license ?? null : null, workspaceIds: user.removedState?.workspaceIds ?? [],
  })), now)
  for (const { user, keepsLicense } of back) {
    change.record(auditOf(viewer, user, user.status === 'removed' ? 'user.unremoved' : 'user.restored', { status: { from: user.status, to: statusBefore(user) }, ...whatReturns(user, keepsLicense) }))
  }
  await tellOfNewAdmins(change, viewer, removed.map(({ user }) => user).filter((user) => user.role === 'org_admin' && statusBefore(user) === 'active'))
  if (removed.some(({ keepsLicense }) => keepsLicense)) await warnOfPools(change)
}

const statusBefore = (user: StoredUser): string => user.former?.status ?? 'active'

/** What of a removed user comes back with them. */
function whatReturns({ former, removedState }: StoredUser, keepsLicense: boolean): EventChanges {
  const workspaces = removedState === null ? 0 : former?.workspaces ?? 0
  return {
    ...(removedState?.license && keepsLicense ? { license: { from: null, to: removedState.license.plan } } : {}),
    ...(workspaces > 0 ? { workspaces: { from: 0, to: workspaces } } : {}),
  }
}
