import { holds, isAdministrator, type Viewer } from '../../../shared/access/access.policy'
import type { Decision } from '../../../shared/changes/decision'
import { planLicenseRemove, planLicenseSet, planLicenseTransfer, type TransferDecision } from '../../../shared/licenses/licenses.plan'
import type { OrganizationSnapshot } from '../../../shared/users/snapshot.model'
import type { User } from '../../../shared/users/users.model'
import { refused, type Handler } from '../../http/handler'
import { nameOf } from '../../identity/viewer'
import type { Tx } from '../../store/bulk'
import type { EventPerson } from '../../store/events.model'
import type { Change } from '../../store/transactions'
import { expireLinks, LINKS_PER_HOUR, linkWaits, sendLinks, type LinkOwner } from '../activation/links'
import type { ActionDeps } from '../deps'
import { storeLicenses, touchUsers } from './write.store'
import { runPlanned, type Refusal, type WriteContext } from '../planned'
import { readUsers } from '../users/record'
import { loadOrganization, loadUser, type StoredUser } from '../users/write.snapshot'

type One = { organization: OrganizationSnapshot; user: StoredUser }
type Two = { organization: OrganizationSnapshot; from: StoredUser; to: StoredUser }
type Loaded<S> = { ok: true; value: S } | Refusal

const mayAssign = (viewer: Viewer): boolean => holds(viewer, 'licenses.assign')

/** `PUT /v1/users/{userId}/license`: assign a license, or change its plan. */
export const licensesAssign = (deps: ActionDeps): Handler<'licenses.assign'> => async ({ params, body }, ctx) => {
  if (!mayAssign(ctx.viewer)) return refused('access.denied')
  return runPlanned<One, Decision, User>(deps.store, ctx, {
    load: async (db) => {
      const known = await db.selectFrom('plans').select('id').where('id', '=', body.plan).executeTakeFirst()
      if (known === undefined) return { ok: false, code: 'request.invalid', issues: [{ code: 'plan.unknown', path: 'plan' }] }
      return checkVersion(db, ctx, await loadOne(deps, db, ctx, params.userId))
    },
    decide: (snapshot) => planLicenseSet({ ...snapshot, plan: body.plan }, ctx.viewer),
    apply: (change, snapshot, decision) => applyToOne(change, ctx, snapshot, decision),
  })
}

/** `DELETE /v1/users/{userId}/license`: free the seat. */
export const licensesRemove = (deps: ActionDeps): Handler<'licenses.remove'> => async ({ params }, ctx) => {
  if (!mayAssign(ctx.viewer)) return refused('access.denied')
  return runPlanned<One, Decision, User>(deps.store, ctx, {
    load: async (db) => checkVersion(db, ctx, await loadOne(deps, db, ctx, params.userId)),
    decide: (snapshot) => planLicenseRemove(snapshot, ctx.viewer),
    apply: (change, snapshot, decision) => applyToOne(change, ctx, snapshot, decision),
  })
}

/** `POST /v1/users/{userId}/license/transfer`: move a license to a user without one. */
export const licensesTransfer = (deps: ActionDeps): Handler<'licenses.transfer'> => async ({ params, body }, ctx) => {
  if (!mayAssign(ctx.viewer)) return refused('access.denied')
  return runPlanned<Two, TransferDecision, { from: User; to: User }>(deps.store, ctx, {
    load: async (db) => {
      const to = await loadOne(deps, db, ctx, body.toUserId)
      if (!to.ok) return to
      const from = await loadUser(db, ctx.viewer, params.userId, ctx.now)
      return from.ok ? { ok: true, value: { organization: to.value.organization, from: from.value, to: to.value.user } } : from
    },
    decide: (snapshot) => planLicenseTransfer(snapshot, ctx.viewer),
    apply: (change, snapshot, decision) => applyTransfer(change, ctx, snapshot, decision),
  })
}

/** A link that may not be sent yet is not promised either. */
async function loadOne({ limitFactor }: ActionDeps, db: Tx, ctx: WriteContext, userId: string): Promise<Loaded<One>> {
  const loaded = await loadUser(db, ctx.viewer, userId, ctx.now)
  if (!loaded.ok) return loaded
  const user = loaded.value
  const organization = await loadOrganization(db, ctx.viewer.organizationId)
  if (!organization.sendActivationOnAssign) return { ok: true, value: { organization, user } }
  const waits = await linkWaits(db, ctx.viewer.organizationId, [user.id], ctx.now, LINKS_PER_HOUR * limitFactor)
  return { ok: true, value: { organization: { ...organization, sendActivationOnAssign: !waits.has(user.id) }, user } }
}

/** Whoever has seen another version is given the current record instead. */
async function checkVersion(db: Tx, ctx: WriteContext, loaded: Loaded<One>): Promise<Loaded<One>> {
  if (!loaded.ok || ctx.version === null || ctx.version === loaded.value.user.version) return loaded
  return { ok: false, code: 'version.conflict', extra: await readOne(db, ctx.viewer, loaded.value.user.id) }
}

async function applyToOne(change: Change, ctx: WriteContext, { organization, user }: One, { after }: Decision): Promise<User> {
  const before = user.license
  const held = after?.license ?? null
  await storeLicenses(change, organization, [{ userId: user.id, before, after: held }], ctx.viewer.userId)
  await touchUsers(change, [user.id])
  const kind = before === null ? 'license.assigned' : held === null ? 'license.removed' : 'license.changed'
  change.record({ category: 'audit', kind, ofAdmin: isAdministrator(ctx.viewer) || isAdministrator(user), subjects: [personOf(user)], target: targetOf(user), changes: { license: { from: before?.plan ?? null, to: held?.plan ?? null } } })
  if (before === null && held !== null) await sendOnAssign(change, ctx, organization, user, held.plan)
  if (before !== null) await settleLinks(change, user, held?.plan ?? null)
  if (before !== null) tellOfChange(change, ctx, user, held?.plan ?? null)
  return readOne(change.db, ctx.viewer, user.id)
}

async function applyTransfer(change: Change, ctx: WriteContext, { organization, from, to }: Two, decision: TransferDecision): Promise<{ from: User; to: User }> {
  const plan = decision.to?.license?.plan ?? ''
  await storeLicenses(change, organization, [{ userId: from.id, before: from.license, after: null }, { userId: to.id, before: null, after: decision.to?.license ?? null }], ctx.viewer.userId)
  await touchUsers(change, [from.id, to.id])
  change.record({
    category: 'audit', kind: 'license.transferred', ofAdmin: [ctx.viewer, from, to].some(isAdministrator), subjects: [personOf(from), personOf(to)], target: targetOf(to),
    changes: { license: { from: plan, to: plan }, holder: { from: from.email, to: to.email } },
  })
  await settleLinks(change, from, null)
  tellOfChange(change, ctx, from, null)
  await sendOnAssign(change, ctx, organization, to, plan)
  return { from: await readOne(change.db, ctx.viewer, from.id), to: await readOne(change.db, ctx.viewer, to.id) }
}

async function sendOnAssign(change: Change, { viewer }: WriteContext, organization: OrganizationSnapshot, user: StoredUser, plan: string): Promise<void> {
  if (!organization.sendActivationOnAssign || user.status === 'suspended') return
  await sendLinks(change, [linkOwnerOf(user, plan, viewer)], { id: viewer.userId, email: viewer.email, name: viewer.name })
}

/** An open link leads to whatever license there is; one that only activated a license leads nowhere without it. */
async function settleLinks({ db, organization, now }: Change, user: StoredUser, plan: string | null): Promise<void> {
  if (plan === null && user.status !== 'pending') await expireLinks(db, organization.id, [user.id], now)
}

/** Whoever works with a license is told that it is another one now, or gone. */
function tellOfChange(change: Change, { viewer }: WriteContext, user: StoredUser, plan: string | null): void {
  if (user.status !== 'active' || user.license === null || user.id === viewer.userId) return
  change.mail({
    kind: 'license_changed', to: { email: user.email, name: nameOf(user) }, language: user.language,
    params: { organization: change.organization.name, from: user.license.plan, to: plan, actor: viewer.name || viewer.email },
  })
}

/** A user as the owner of a link. */
export const linkOwnerOf = (user: StoredUser, plan: string | null, viewer: Viewer): LinkOwner =>
  ({ id: user.id, email: user.email, name: nameOf(user), language: user.language, plan, ofAdmin: isAdministrator(viewer) || isAdministrator(user) })

const personOf = (user: StoredUser): EventPerson => ({ id: user.id, email: user.email, name: nameOf(user) })
const targetOf = (user: StoredUser) => ({ type: 'user', id: user.id, label: user.label })

async function readOne(db: Tx, viewer: Viewer & { organizationId: string }, userId: string): Promise<User> {
  const [user] = await readUsers(db, viewer, [userId])
  if (user === undefined) throw new Error('a user vanished under the lock')
  return user
}
