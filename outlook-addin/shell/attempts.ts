import * as v from 'valibot'
import { planReplySchema } from '../../shared/api/wire'
import type { Call } from '../../shared/api/call'
import { actionOf, actionOutcome, actionStep, type Progress } from '../../shared/screens/action-step'
import { settle } from '../../shared/screens/settle'
import type { ActionRef, Effect } from '../../shared/screens/vocabulary'
import { actionKey } from '../blocks/pane'
import { createKeys, fingerprint, isUndecided } from './attempt-keys'
import { envOf, redraw, topKey, writeDraft, type Core } from './core'
import { runEffects } from './effects'
import { keepFocus } from './keep-focus'
import type { Router } from './router'
import { ask, type Session } from './sign-in'

/** One use of an action, from the click until its answer. `screen` is the key of where it was clicked. */
type Attempt = { ref: ActionRef; screen: string; progress: Progress }

const showOptimistic = ({ store }: Core, { ref }: Attempt): void => {
  const { screen } = store.get()
  const expected = screen && actionOf(ref.action)?.optimistic?.(screen, ref.args)
  if (expected) store.set({ screen: expected })
}

const clearIssues = (core: Core, key: string): void => {
  const { issues, ...draft } = core.drafts.load(key)
  if (issues) writeDraft(core, key, draft)
}

const dropDraft = (core: Core, key: string): void => {
  core.drafts.drop(key)
  if (key !== topKey(core)) return
  core.store.set({ draft: core.drafts.load(key) })
  redraw(core)
}

const keepsDraft = (effects: Effect[]): boolean => effects.some((effect) => 'keepDraft' in effect && effect.keepDraft === true)

/** Whether an action takes back what an offer to undo is about, or goes further: that offer would then undo something else. */
const overtakes = ({ action, args }: ActionRef, undo: ActionRef): boolean =>
  (action === undo.action || actionOf(action)?.undo !== undefined) && Object.entries(undo.args).every(([name, value]) => args[name] === value)

/** Drives actions one at a time: check, dry run, confirmation, request, effects. Answers what starts one. */
export const createAttempts = (core: Core, router: Router, { signIn, signOut }: Session): ((ref: ActionRef) => void) => {
  const { deps, store, drafts } = core
  const keys = createKeys(deps.newId)
  // What an action changes may take its own button away.
  keepFocus(document)

  const effect = (attempt: Attempt, clicked: boolean, effects: Effect[]): void => runEffects(core, router, {
    key: attempt.screen,
    clicked,
    // An action that asks for signing in itself is done then; one that was refused for it goes on.
    signIn: (near) => signIn(near, near ? undefined : () => advance(attempt)),
    signOut,
    failed: (failure) => store.set({ problem: { failure, retry: () => advance(attempt) } }),
    replan: (plan) => {
      if (actionOf(attempt.ref.action)?.confirm !== 'never') advance({ ...attempt, progress: { plan, changed: true } })
    },
  }, effects)
  // What was said of an earlier attempt may be true no longer; what still offers something stays.
  const start = (attempt: Attempt): void => store.set({ busy: actionKey(attempt.ref), problem: null, toasts: store.get().toasts.filter(({ undo, href }) => undo !== undefined || href !== undefined) })

  const plan = async (attempt: Attempt, call: Call<unknown>): Promise<void> => {
    start(attempt)
    const reply = await deps.send(call)
    store.set({ busy: null })
    if (attempt.screen !== topKey(core)) return
    if (!reply.ok) return effect(attempt, false, settle(reply.failure, envOf(core)))
    const planned = v.parse(planReplySchema, reply.value)
    advance({ ...attempt, progress: { plan: planned } })
  }
  const send = async (attempt: Attempt, call: Call<unknown>): Promise<void> => {
    const env = envOf(core)
    clearIssues(core, attempt.screen)
    const draft = drafts.load(attempt.screen)
    const what = fingerprint(attempt.ref, attempt.screen, draft)
    start(attempt)
    store.set({ toasts: store.get().toasts.filter(({ undo }) => undo === undefined || !overtakes(attempt.ref, undo)) })
    showOptimistic(core, attempt)
    const outcome = await deps.send(call, { idempotencyKey: keys.of(what) })
    if (outcome.ok || !isUndecided(outcome.failure)) keys.settle(what)
    store.set({ busy: null })
    const effects = actionOutcome(attempt.ref, draft, env, outcome)
    if (outcome.ok && !keepsDraft(effects)) dropDraft(core, attempt.screen)
    else if (attempt.screen === topKey(core)) redraw(core)
    effect(attempt, false, effects)
  }
  const advance = (attempt: Attempt): void => {
    if (store.get().busy !== null) return
    const step = actionStep(attempt.ref, attempt.progress, drafts.load(attempt.screen), envOf(core))
    if (step.next === 'issues') return effect(attempt, true, [{ do: 'issues', issues: step.issues }])
    if (step.next === 'effects') return effect(attempt, true, step.effects)
    if (step.next === 'confirm') return ask(core, step.confirmation, () => advance({ ...attempt, progress: { ...attempt.progress, confirmed: true } }))
    void (step.next === 'plan' ? plan(attempt, step.call) : send(attempt, step.call))
  }
  return (ref) => advance({ ref, screen: topKey(core), progress: {} })
}
