import { createHash } from 'node:crypto'
import type { Plan } from '../../shared/change-plan'
import { ERROR_STATUS, type ErrorCode, type ServerErrorCode } from '../../shared/errors'
import { done, refused, type Outcome, type RequestBasics } from '../http/handler'
import type { Viewer } from '../identity/viewer'
import type { Tx } from '../store/bulk'
import type { Store } from '../store/store'
import type { Change, ChangeScope, Outcome as StoreOutcome } from '../store/transactions'

/** What a write knows of its request: who asks, when, and what makes a repeat of it. */
export type WriteContext = RequestBasics & { viewer: Viewer }

/** A refusal before anything is decided: absent, stale, malformed. */
export type Refusal = Omit<Extract<StoreOutcome<never>, { ok: false }>, 'extra'> & { extra?: object }

/**
 * A write that is decided before it is done. `load` reads the snapshot (under the organization's lock
 * when the change is carried out), `decide` is the pure plan, `apply` stores what was decided.
 */
export type PlannedWrite<S, D extends { plan: Plan }, T> = {
  load: (db: Tx) => Promise<{ ok: true; value: S } | Refusal>
  decide: (snapshot: S) => D
  apply: (change: Change, snapshot: S, decision: D) => Promise<T>
  /** What of the decision must still hold besides what the plan shows of it. */
  seal?: (decision: D) => unknown
  /** What a refusal carries besides the plan. */
  about?: (snapshot: S) => Record<string, unknown>
  /** Many targets are refused as a plan (422); one target is refused with its own code. */
  many?: true
}

/** The change of a request, as the log and a repeat of it know it. */
export const changeScopeOf = (ctx: WriteContext): ChangeScope => ({
  organizationId: ctx.viewer.organizationId,
  actor: { id: ctx.viewer.userId, email: ctx.viewer.email, name: ctx.viewer.name },
  requestId: ctx.requestId,
  ip: ctx.ip,
  client: ctx.client,
  now: ctx.now,
  ...(ctx.repeat === null ? {} : { idempotency: { key: ctx.repeat.key, route: ctx.repeat.route, bodyHash: ctx.repeat.bodyHash } }),
})

/**
 * Stands for a plan and what it rests on: the same plan has the same digest. How many licenses are
 * available is left out, because a plan holds while there are enough.
 */
export const digestOf = (plan: Plan, seal: unknown = null): string => {
  const { seats, ...rest } = plan
  const told = { ...rest, seats: seats.map(({ plan: of, takes }) => ({ of, takes })) }
  return createHash('sha256').update(JSON.stringify([told, seal])).digest('base64url')
}

/** What the store said, as http answers it. */
export const answerOf = <T>(outcome: StoreOutcome<T>): Outcome<T> =>
  outcome.ok ? done(outcome.value) : refused(outcome.code, { issues: outcome.issues ?? [], ...(outcome.extra === undefined ? {} : { extra: outcome.extra }) })

const isServerCode = (code: string): code is ServerErrorCode => code in ERROR_STATUS

/** Nobody is shown the plan of what they have no right to. */
const isForbidden = (plan: Plan): boolean => plan.count === 0 && plan.refused.length > 0 && plan.refused.every(({ code }) => code === 'access.denied')

/** Why a plan that leaves everything out is refused: the reason of a single target, or that nothing is left to do. */
const refusalOf = (plan: Plan, digest: string, many: boolean): Refusal => {
  if (isForbidden(plan)) return { ok: false, code: 'access.denied' }
  const [first] = plan.refused
  const code: ErrorCode = !many && first !== undefined && isServerCode(first.code) ? first.code : 'plan.refused'
  return { ok: false, code, extra: { plan, digest } }
}

const withMore = (refusal: Refusal, more: Record<string, unknown> | undefined): Refusal =>
  more === undefined || refusal.extra === undefined ? refusal : { ...refusal, extra: { ...refusal.extra, ...more } }

/** Why this decision can't be carried out now; null where it can. */
export const objectionTo = (plan: Plan, digest: string, wanted: string | null, many = false): Refusal | null => {
  if (isForbidden(plan)) return refusalOf(plan, digest, many)
  if (wanted !== null && wanted !== digest) return { ok: false, code: 'plan.changed', extra: { plan, digest } }
  return plan.count === 0 ? refusalOf(plan, digest, many) : null
}

/**
 * Runs a planned write: a dry run shows the plan of a consistent view; the write decides anew under
 * the organization's lock and is refused with the new plan if the one seen no longer holds.
 */
export async function runPlanned<S, D extends { plan: Plan }, T>(store: Store, ctx: WriteContext, write: PlannedWrite<S, D, T>): Promise<Outcome<T>> {
  const decideOn = (snapshot: S): { decision: D; digest: string } => {
    const decision = write.decide(snapshot)
    return { decision, digest: digestOf(decision.plan, write.seal?.(decision)) }
  }
  if (ctx.dryRun) {
    const loaded = await store.read(ctx.viewer.organizationId, write.load)
    if (!loaded.ok) return answerOf(loaded)
    const { decision: { plan }, digest } = decideOn(loaded.value)
    return isForbidden(plan) ? answerOf(refusalOf(plan, digest, true)) : { ok: true, planned: { plan, digest } }
  }
  return answerOf(await store.change(changeScopeOf(ctx), async (change, loaded): Promise<StoreOutcome<T>> => {
    if (!loaded.ok) return loaded
    const { decision, digest } = decideOn(loaded.value)
    const objection = objectionTo(decision.plan, digest, ctx.digest, write.many)
    if (objection !== null) return withMore(objection, write.about?.(loaded.value))
    return { ok: true, value: await write.apply(change, loaded.value, decision) }
  }, write.load))
}
