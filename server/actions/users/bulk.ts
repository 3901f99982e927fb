import { holds, managesSome, type Viewer } from '../../../shared/access/access.policy'
import type { ReplyOf } from '../../../shared/api/contract'
import { planBulk, type BulkDecision, type BulkOutcome, type BulkWish } from '../../../shared/changes/bulk.plan'
import { refusedOf, SHOWN_AT_MOST } from '../../../shared/changes/decision'
import type { OrganizationSnapshot } from '../../../shared/users/snapshot.model'
import type { UsersBulk } from '../../../shared/users/users.model'
import { done, refused, type Handler, type Outcome } from '../../http/handler'
import type { Tx } from '../../store/bulk'
import { LINKS_PER_HOUR, linkWaits } from '../activation/links'
import type { ActionDeps } from '../deps'
import { answerOf, changeScopeOf, digestOf, objectionTo, type Refusal, type WriteContext } from '../planned'
import { applyBulk } from './bulk.apply'
import { filtered } from './read.query'
import { findRole, loadOrganization, loadUsers, type StoredUser } from './write.snapshot'

/** As many as one request may name; a filter that finds more is refused. */
const MAX_USERS = 10_000
/** As many are changed under one hold of the organization's lock, so that others wait for moments only. */
const CHUNK = 250

type Wish = BulkWish & { waits: boolean }
type Batch = { organization: OrganizationSnapshot; users: StoredUser[]; waiting: ReadonlySet<string> }
type Reply = ReplyOf<'users.bulk'>
type Outcomes = Reply['outcomes']

/**
 * `POST /v1/users/bulk`: one plan over all of them, carried out in portions. Each portion decides anew
 * under the lock; who can no longer be changed by then is told so, and nobody is changed who was not in the plan.
 */
export const usersBulk = (deps: ActionDeps): Handler<'users.bulk'> => async ({ body }, ctx) => {
  if (!mayBulk(ctx.viewer, body)) return refused('access.denied')
  const asked = await deps.store.read(ctx.viewer.organizationId, (db) => ask(db, ctx.viewer, body))
  if (!asked.ok) return answerOf(asked)
  const { ids, wish } = asked.value
  if (ctx.dryRun) return planOnly(deps, ctx, ids, wish)
  const begun = await begin(deps, ctx, ids, wish)
  if (!begun.ok) return answerOf(begun)
  return carryOut(deps, ctx, begun.value, wish)
}

const NEEDED = { assign_license: 'licenses.assign', remove_license: 'licenses.assign', send_activation: 'activation.send', change_role: 'roles.assign' } as const

const mayBulk = (viewer: Viewer, { action }: UsersBulk): boolean =>
  managesSome(viewer) && (action in NEEDED ? holds(viewer, NEEDED[action as keyof typeof NEEDED]) : true)

type Asked = { ids: string[]; wish: Wish }

/** Whom and what a request names: every problem of it at once. */
async function ask(db: Tx, viewer: Viewer, body: UsersBulk): Promise<{ ok: true; value: Asked } | Refusal> {
  const role = body.role === undefined ? null : await findRole(db, viewer.organizationId, body.role)
  const plan = body.plan === undefined ? undefined : await db.selectFrom('plans').select('id').where('id', '=', body.plan).executeTakeFirst()
  const issues = [
    ...(body.userIds === undefined && body.filter === undefined ? [{ code: 'field.required' as const, path: 'userIds' }] : []),
    ...(body.action === 'change_role' && body.role === undefined ? [{ code: 'field.required' as const, path: 'role' }] : []),
    ...(body.role !== undefined && role === null ? [{ code: 'role.unknown' as const, path: 'role' }] : []),
    ...(body.action === 'assign_license' && body.plan === undefined ? [{ code: 'field.required' as const, path: 'plan' }] : []),
    ...(body.plan !== undefined && plan === undefined ? [{ code: 'plan.unknown' as const, path: 'plan' }] : []),
  ]
  if (issues.length > 0) return { ok: false, code: 'request.invalid', issues }
  const ids = body.userIds === undefined ? await matching(db, viewer.organizationId, body.filter ?? {}) : [...new Set(body.userIds)]
  if (ids.length > MAX_USERS) return { ok: false, code: 'request.invalid', issues: [{ code: 'field.too_many', path: 'filter', params: { limit: MAX_USERS } }] }
  const waits = body.action === 'send_activation' || body.action === 'assign_license'
  return { ok: true, value: { ids, wish: { action: body.action, waits, ...(body.plan === undefined ? {} : { plan: body.plan }), ...(role === null ? {} : { role }) } } }
}

async function matching(db: Tx, organizationId: string, filter: NonNullable<UsersBulk['filter']>): Promise<string[]> {
  const rows = await filtered(db, organizationId, filter).select('users.id').orderBy('users.name_key').orderBy('users.id').limit(MAX_USERS + 1).execute()
  return rows.map(({ id }) => id)
}

/** Ids of nobody here are left out by loading, and told as unknown in the outcomes. */
async function load({ limitFactor }: ActionDeps, db: Tx, { viewer, now }: WriteContext, ids: readonly string[], wish: Wish): Promise<Batch> {
  const users = await loadUsers(db, viewer.organizationId, ids, now)
  const waits = wish.waits && users.length > 0 ? await linkWaits(db, viewer.organizationId, users.map(({ id }) => id), now, LINKS_PER_HOUR * limitFactor) : new Map<string, number>()
  return { organization: await loadOrganization(db, viewer.organizationId), users, waiting: new Set(waits.keys()) }
}

const isHeld = ({ organization, waiting }: Batch, wish: Wish, id: string): boolean =>
  waiting.has(id) && (wish.action === 'send_activation' || organization.sendActivationOnAssign)

/** The plan of a batch. Who was sent as many links as an hour allows is left out with that reason. */
function decide(batch: Batch, wish: Wish, { viewer, now }: WriteContext): BulkDecision {
  const all = planBulk(batch, wish, viewer, now.toISOString())
  const held = all.outcomes.filter(({ user, code }) => code === null && isHeld(batch, wish, user.id)).map(({ user }) => user)
  if (held.length === 0) return all
  const isOut = new Set(held.map(({ id }) => id))
  const others = planBulk({ ...batch, users: batch.users.filter(({ id }) => !isOut.has(id)) }, wish, viewer, now.toISOString())
  const outcomes: BulkOutcome[] = [...others.outcomes, ...held.map((user) => ({ user, after: null, code: 'limit.reached' }))]
  const refusedNow = [...others.plan.refused, ...held.map((user) => refusedOf(user, 'limit.reached'))].slice(0, SHOWN_AT_MOST)
  return { outcomes, plan: { ...others.plan, refused: refusedNow, refusedCount: others.plan.refusedCount + held.length } }
}

/** What of the decision the plan does not show: everybody's outcome, beyond those that are listed. */
const seal = ({ outcomes }: BulkDecision) => outcomes.map(({ user, code }) => [user.id, code])

const planOnly = async (deps: ActionDeps, ctx: WriteContext, ids: readonly string[], wish: Wish): Promise<Outcome<never>> => {
  const decision = decide(await deps.store.read(ctx.viewer.organizationId, (db) => load(deps, db, ctx, ids, wish)), wish, ctx)
  return { ok: true, planned: { plan: decision.plan, digest: digestOf(decision.plan, seal(decision)) } }
}

/** What has been agreed on: whom to change, and what the others were told. */
type Begun = { ids: string[]; refused: Outcomes }

/**
 * Holds the plan against the one that was seen. What is agreed on is stored under the request's key, so that
 * a repeat goes on where an interrupted one ended instead of planning what is half done.
 */
async function begin(deps: ActionDeps, ctx: WriteContext, ids: readonly string[], wish: Wish): Promise<{ ok: true; value: Begun } | Refusal> {
  const outcome = await deps.store.change<Begun>(scopeOf(ctx, 'plan'), async ({ db }) => {
    const batch = await load(deps, db, ctx, ids, wish)
    const decision = decide(batch, wish, ctx)
    const objection = objectionTo(decision.plan, digestOf(decision.plan, seal(decision)), ctx.digest, true)
    if (objection !== null) return objection
    const known = new Set(batch.users.map(({ id }) => id))
    const unknown = ids.filter((id) => !known.has(id)).map((id) => ({ userId: id, email: '', outcome: 'refused' as const, code: 'not_found' }))
    const agreed = decision.outcomes.filter(({ code }) => code === null)
    return { ok: true, value: { ids: agreed.map(({ user }) => user.id), refused: [...toOutcomes(batch, decision.outcomes.filter(({ code }) => code !== null)), ...unknown] } }
  })
  return outcome.ok ? { ok: true, value: outcome.value } : { ...outcome, extra: outcome.extra as object | undefined }
}

const toOutcomes = ({ users }: Batch, outcomes: readonly BulkOutcome[]): Outcomes => {
  const emailById = new Map(users.map(({ id, email }) => [id, email]))
  return outcomes.map(({ user, code }) => ({ userId: user.id, email: emailById.get(user.id) ?? '', outcome: code === null ? 'done' as const : 'refused' as const, code }))
}

async function carryOut(deps: ActionDeps, ctx: WriteContext, { ids, refused: left }: Begun, wish: Wish): Promise<Outcome<Reply>> {
  const outcomes: Outcomes = []
  for (let at = 0; at < ids.length; at += CHUNK) {
    const portion = await deps.store.change<Outcomes>(scopeOf(ctx, String(at)), async (change) => {
      const batch = await load(deps, change.db, ctx, ids.slice(at, at + CHUNK), wish)
      const decision = decide(batch, wish, ctx)
      await applyBulk(change, ctx, batch, decision.outcomes, wish)
      return { ok: true, value: toOutcomes(batch, decision.outcomes) }
    })
    if (!portion.ok) return answerOf(portion)
    outcomes.push(...portion.value)
  }
  const all = [...outcomes, ...left]
  const count = all.filter(({ outcome }) => outcome === 'done').length
  return done({ done: count, refused: all.length - count, outcomes: all })
}

/** Each step of a repeatable request is repeatable by itself. */
const scopeOf = (ctx: WriteContext, step: string) => {
  const { idempotency, ...scope } = changeScopeOf(ctx)
  return idempotency === undefined ? scope : { ...scope, idempotency: { ...idempotency, route: `${idempotency.route} ${step}` } }
}
