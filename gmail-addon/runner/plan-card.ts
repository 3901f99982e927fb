import { actionStep, type Confirmation } from '../../shared/screens/action-step'
import { planBlock } from '../../shared/screens/plan-block'
import type { Draft, Env } from '../../shared/screens/vocabulary'
import type { Card } from '../cards/card'
import { confirmCard } from '../cards/step-cards'
import type { Attempt } from './kept'
import { envOf, type Session } from './session'

/** A form that is no longer filled in as it should be still shows the plan. */
const confirmationOf = ({ ref, progress }: Attempt, draft: Draft, env: Env): Confirmation => {
  const step = actionStep(ref, progress, draft, env)
  if (step.next === 'confirm') return step.confirmation
  const plan = progress.plan
  return {
    title: ref.label,
    blocks: plan ? [planBlock(plan.plan, plan.digest, null, env)] : [],
    confirm: ref.label,
    cancel: env.t('common.cancel'),
    tone: ref.tone === 'danger' ? 'danger' : 'primary',
    ...(plan?.plan.count === 0 ? { refused: true } : {}),
  }
}

/** The confirmation of an attempt whose plan no longer holds, with the plan as it is now. */
export const changedPlanCard = (attempt: Attempt, scene: { draft: Draft; depth: number }, session: Session): Card => {
  const env = envOf(session, session.memory.viewer())
  const input = { here: attempt.here, draft: scene.draft, t: env.t, depth: Math.max(1, scene.depth) }
  return confirmCard(confirmationOf(attempt, scene.draft, env), attempt.id, input)
}
