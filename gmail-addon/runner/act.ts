import type { Call } from '../../shared/api/call'
import { actionOutcome, actionStep, type Confirmation, type Progress } from '../../shared/screens/action-step'
import { settle } from '../../shared/screens/settle'
import type { Issue } from '../../shared/errors'
import type { Effect, Link } from '../../shared/screens/vocabulary'
import type { Reply } from '../cards/card'
import type { ReadClick } from '../cards/click'
import { TYPED_INPUT } from '../cards/inputs'
import { confirmCard } from '../cards/step-cards'
import { sendOne } from '../send'
import { takeDraft } from './draft'
import { runEffects, type Scene } from './effects'
import { readRef, type Attempt } from './kept'
import { cardOf, loadScreen } from './load'
import { envOf, type Session } from './session'

const sceneOf = (attempt: Attempt, depth: number, worked: boolean): Scene => ({ here: attempt.here, draft: attempt.draft, depth, attempt, worked })

const ask = (confirmation: Confirmation, attempt: Attempt, depth: number, session: Session, issues: Issue[] = []): Reply => {
  const again = issues.length > 0
  const { t } = envOf(session, session.memory.viewer())
  const card = confirmCard(confirmation, attempt.id, { here: attempt.here, draft: attempt.draft, t, depth: again ? depth : depth + 1 }, { issues })
  return again ? { update: card } : { push: card }
}

const finish = (effects: readonly Effect[], attempt: Attempt, depth: number, worked: boolean, session: Session): Reply =>
  runEffects(effects, sceneOf(attempt, depth, worked), session)

const request = (call: Call<unknown>, attempt: Attempt, depth: number, session: Session): Reply => {
  session.memory.keepAttempt(attempt)
  const outcome = sendOne({ call, idempotencyKey: attempt.id }, session.sender)
  return finish(actionOutcome(attempt.ref, attempt.draft, envOf(session, session.memory.viewer()), outcome), attempt, depth, outcome.ok, session)
}

const plan = (call: Call<NonNullable<Progress['plan']>>, attempt: Attempt, depth: number, session: Session): Reply => {
  const planned = sendOne({ call }, session.sender)
  if (planned.ok) return advance({ ...attempt, progress: { plan: planned.value } }, depth, session)
  session.memory.keepAttempt(attempt)
  return finish(settle(planned.failure, envOf(session, session.memory.viewer())), attempt, depth, false, session)
}

/** Takes an attempt as far as it goes without the person: check, dry run, then a question or the request. */
export const advance = (attempt: Attempt, depth: number, session: Session): Reply => {
  const env = envOf(session, session.memory.viewer())
  const step = actionStep(attempt.ref, attempt.progress, attempt.draft, env)
  switch (step.next) {
    case 'issues':
      return finish([{ do: 'issues', issues: step.issues }], attempt, depth, false, session)
    case 'confirm':
      session.memory.keepAttempt(attempt)
      return ask(step.confirmation, attempt, depth, session)
    case 'effects':
      return finish(step.effects, attempt, depth, false, session)
    case 'plan':
      return plan(step.call, attempt, depth, session)
    case 'send':
      return request(step.call, attempt, depth, session)
  }
}

/** The first click on an action: its key is minted here and nowhere else. */
export const startAction = (click: ReadClick, here: Link, session: Session): Reply => {
  const ref = readRef(click.ref)
  const draft = takeDraft(click, here, session)
  if (ref === null) return runEffects([{ do: 'failure', failure: { code: 'screen.unknown', issues: [] } }], { here, draft, depth: click.depth, attempt: null, worked: false }, session)
  const attempt = { id: session.host.newId(), ref, here, draft, progress: {} }
  return draft.issues === undefined ? advance(attempt, click.depth, session) : finish([{ do: 'issues', issues: draft.issues }], attempt, click.depth, false, session)
}

/** An attempt that is no longer remembered, or was done already: the screen is shown as it is now. */
const lookAgain = (click: ReadClick, session: Session): Reply => {
  const loaded = loadScreen(click.here, session)
  return { ...(click.depth > 0 ? { pop: click.depth } : {}), update: cardOf(loaded), notify: loaded.env.t('card.look_again') }
}

const wrongWord = (confirmation: Confirmation, session: Session): boolean =>
  confirmation.typed !== undefined && (session.event.formInputs[TYPED_INPUT]?.[0] ?? '').trim() !== confirmation.typed

/** The click on a confirmation: the same attempt goes out, with the key it has had from the start. */
export const confirmAction = (click: ReadClick, session: Session): Reply => {
  const attempt = session.memory.attempt(click.attempt)
  if (attempt === null) return lookAgain(click, session)
  const step = actionStep(attempt.ref, attempt.progress, attempt.draft, envOf(session, session.memory.viewer()))
  if (step.next === 'confirm' && wrongWord(step.confirmation, session)) return ask(step.confirmation, attempt, click.depth, session, [{ code: 'confirm.mismatch', path: TYPED_INPUT }])
  return advance({ ...attempt, progress: { ...attempt.progress, confirmed: true } }, click.depth, session)
}

/** The same request once more, under the same key: what was done the first time is not done again. */
export const retryAction = (click: ReadClick, session: Session): Reply => {
  const attempt = session.memory.attempt(click.attempt)
  return attempt === null ? lookAgain(click, session) : advance(attempt, click.depth, session)
}
