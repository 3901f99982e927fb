import type { Plan } from '../change-plan'
import type { Call } from '../api/call'
import { ADDRESS_ERRORS, type Failure, type Issue } from '../errors'
import { ACTIONS } from './actions'
import type { AnyAction } from './define'
import type { ActionId } from './ids'
import { planBlock } from './plan-block'
import { settle } from './settle'
import type { ActionRef, Block, Draft, Effect, Env } from './vocabulary'

/** What has happened of one action so far. Hosts keep it; it is plain data and survives JSON. */
export type Progress = { plan?: { digest: string; plan: Plan }; confirmed?: boolean; /** The plan is another one than was shown before. */ changed?: boolean }

/** What a person is asked before the request goes out. Blocks are drawn as on any screen. */
export type Confirmation = { title: string; blocks: Block[]; confirm: string; cancel: string; tone: 'primary' | 'danger'; /** The word to type first. */ typed?: string; /** There is nothing left to confirm: only *close* is offered. */ refused?: true }

/** The next thing that a host does for an action. */
export type ActionStep =
  | { next: 'issues'; issues: Issue[] }
  | { next: 'plan'; call: Call<{ plan: Plan; digest: string }> }
  | { next: 'confirm'; confirmation: Confirmation }
  | { next: 'send'; call: Call<unknown> }
  | { next: 'effects'; effects: Effect[] }

const isActionId = (id: string): id is ActionId => Object.prototype.hasOwnProperty.call(ACTIONS, id)

/** The action of a reference that came from a draft or a link; null for an unknown one. */
export const actionOf = (id: string): AnyAction | null => (isActionId(id) ? ACTIONS[id] : null)

const hasConsequences = (plan: Plan): boolean =>
  plan.consequences.some((c) => c.tone !== 'neutral') || plan.refusedCount > 0 || plan.count > 1

/** What a form can show beside its own field needs no question. */
const besideField = (def: AnyAction, { plan }: Progress): Issue[] => {
  const { addressIn } = def
  if (addressIn === undefined || plan === undefined || plan.plan.count > 0) return []
  return plan.plan.refused.flatMap((refused) => {
    const code = ADDRESS_ERRORS.find((known) => known === refused.code)
    return code === undefined ? [] : [{ code, path: addressIn }]
  })
}

const mustConfirm = (def: AnyAction, { plan: shown, changed }: Progress): boolean => {
  // A plan that is another one than before is shown even where the action alone would not ask.
  if (changed) return true
  const plan = shown?.plan
  if (def.confirm === 'never') return false
  if (def.confirm !== 'if_consequences') return true
  return plan !== undefined && (plan.count === 0 || hasConsequences(plan))
}

const confirmationOf = (def: AnyAction, ref: ActionRef, progress: Progress, draft: Draft, env: Env): Confirmation => {
  const question: Block[] = def.question ? [{ is: 'notice', tone: ref.tone === 'danger' ? 'warning' : 'info', text: def.question(ref.args, draft, env) }] : []
  const planned: Block[] = progress.plan ? [planBlock(progress.plan.plan, progress.plan.digest, null, env)] : []
  const refused = progress.plan !== undefined && progress.plan.plan.count === 0
  const changed: Block[] = progress.changed && !refused ? [{ is: 'notice', tone: 'warning', text: env.t.code('plan.changed') }] : []
  return {
    title: refused ? env.t('plan.cannot') : ref.label,
    blocks: [...changed, ...question, ...planned],
    confirm: ref.label,
    cancel: env.t(refused ? 'common.close' : 'common.cancel'),
    tone: ref.tone === 'danger' ? 'danger' : 'primary',
    ...(def.confirm === 'type_name' ? { typed: def.typed?.(ref.args) ?? '' } : {}),
    ...(refused ? { refused: true } : {}),
  }
}

/**
 * One step of an action: check → dry run → confirmation → request, or effects at once for an action
 * that sends nothing. A host calls it again with what has happened until it answers `send` or
 * `effects`; both hosts drive the same machine.
 */
export const actionStep = (ref: ActionRef, progress: Progress, draft: Draft, env: Env): ActionStep => {
  const def = actionOf(ref.action)
  if (def === null) return { next: 'effects', effects: [{ do: 'failure', failure: { code: 'screen.unknown', issues: [] } }] }
  const issues = def.check?.(ref.args, draft, env) ?? []
  if (issues.length > 0) return { next: 'issues', issues }
  if (def.plan && progress.plan === undefined) return { next: 'plan', call: def.plan(ref.args, draft) }
  const refused = besideField(def, progress)
  if (refused.length > 0) return { next: 'issues', issues: refused }
  if (!progress.confirmed && mustConfirm(def, progress)) return { next: 'confirm', confirmation: confirmationOf(def, ref, progress, draft, env) }
  if (def.request) return { next: 'send', call: def.request(ref.args, draft, progress.plan?.digest) }
  return { next: 'effects', effects: def.then(undefined, ref.args, draft, env) }
}

/** What follows the answer to an action's request: its own effects and stale caches, or what `settle` says of a failure. */
export const actionOutcome = (ref: ActionRef, draft: Draft, env: Env, outcome: { ok: true; value: unknown } | { ok: false; failure: Failure }): Effect[] => {
  if (!outcome.ok) return settle(outcome.failure, env)
  const def = actionOf(ref.action)
  if (def === null) return []
  const undo = def.undo?.(outcome.value, ref.args, env)
  const effects = def.then(outcome.value, ref.args, draft, env).map((effect): Effect => (effect.do === 'notify' && undo ? { ...effect, undo } : effect))
  return [...(def.changes.length > 0 ? [{ do: 'refresh' as const, tags: def.changes }] : []), ...effects]
}
