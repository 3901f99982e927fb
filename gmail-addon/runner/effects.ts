import type { Failure } from '../../shared/errors'
import { emptyDraft } from '../../shared/screens/lifecycle'
import { failureBlock } from '../../shared/screens/failure.screen'
import type { Draft, Effect, Link } from '../../shared/screens/vocabulary'
import type { Card, Reply } from '../cards/card'
import { copyCard, failedStepCard, signInCard, type StepInput } from '../cards/step-cards'
import { sendOne } from '../send'
import type { Attempt } from './kept'
import { cardOf, loadScreen, type Said } from './load'
import { changedPlanCard } from './plan-card'
import { envOf, nameOfScreen, rootLink, type Session } from './session'

/**
 * Where effects happen: the screen, its draft, how many cards lie on the screen's own, and the attempt
 * they come from. `worked` says that its request was answered as wished.
 */
export type Scene = { here: Link; draft: Draft; depth: number; attempt: Attempt | null; worked: boolean }

type Show = { how: 'stay' } | { how: 'redraw' } | { how: 'push' | 'update'; to: Link } | { how: 'back'; to?: Link['screen'] } | { how: 'home' } | { how: 'step'; card: Card }
/** What the effects have come to so far. */
type Outcome = { show: Show; notify: string[]; said?: Said; openLink?: string; changed: boolean; keepDraft: boolean }

/** Navigation of an earlier effect stands: a refresh or a sentence does not call it back. */
const redrawn = (outcome: Outcome): Outcome => (outcome.show.how === 'stay' ? { ...outcome, show: { how: 'redraw' } } : outcome)

const stepInput = (scene: Scene, session: Session): StepInput => ({ here: scene.here, draft: scene.draft, t: envOf(session, session.memory.viewer()).t, depth: Math.max(1, scene.depth) })

const failedCard = (failure: Failure, scene: Scene, session: Session): Card => {
  const block = failureBlock(failure, envOf(session, session.memory.viewer()), scene.here)
  return failedStepCard(block, scene.attempt?.id ?? null, stepInput(scene, session))
}

const keepDraft = (draft: Draft, scene: Scene, session: Session): void => session.memory.keepDraft(nameOfScreen(scene.here, session), draft)

/** Gmail composes from a link: the text alone, as long as a link may be. */
const LINK_CHARS = 1900
const composeUrl = (to: string[], subject: string, html: string): string => {
  const text = html.replace(/<br\s*\/?>|<\/p>/gi, '\n').replace(/<[^>]*>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&')
  const start = `https://mail.google.com/mail/?view=cm&fs=1&to=${encodeURIComponent(to.join(','))}&su=${encodeURIComponent(subject)}&body=`
  let body = text
  while (body !== '' && start.length + encodeURIComponent(body).length > LINK_CHARS) body = [...body].slice(0, -100).join('')
  return start + encodeURIComponent(body)
}

type Runner<K extends Effect['do']> = (effect: Effect & { do: K }, outcome: Outcome, scene: Scene, session: Session) => Outcome

const goTo = (how: 'push' | 'update'): Runner<'open' | 'replace'> => (effect, outcome, scene, session) => {
  if (effect.keepDraft) session.memory.keepDraft(nameOfScreen(effect.to, session), scene.draft)
  const parent = how === 'push' ? scene.here : session.memory.parent(nameOfScreen(scene.here, session))
  if (parent !== null) session.memory.keepParent(nameOfScreen(effect.to, session), parent)
  return { ...outcome, show: { how, to: effect.to } }
}

/** A card opens https addresses only; any other (mailto) is shown, to be copied. */
const follow = (url: string, outcome: Outcome, scene: Scene, session: Session): Outcome => {
  const to = url.startsWith('/') ? `${session.config.origins.app}${url}` : url
  return to.startsWith('https://') ? { ...outcome, openLink: to } : { ...outcome, show: { how: 'step', card: copyCard(to.replace(/^mailto:/, ''), stepInput(scene, session)) } }
}

const download: Runner<'download'> = (effect, outcome, scene, session) => {
  const ticket = sendOne({ call: effect.ticket, idempotencyKey: session.host.newId() }, session.sender)
  if (ticket.ok) return ticket.value.url === null ? outcome : follow(ticket.value.url, outcome, scene, session)
  return { ...outcome, show: { how: 'step', card: failedCard(ticket.failure, { ...scene, attempt: null }, session) } }
}

const planned: Runner<'plan'> = (effect, outcome, scene, session) => {
  const plan = { plan: effect.plan, digest: effect.digest }
  if (scene.worked || scene.attempt === null) {
    keepDraft({ ...scene.draft, plan }, scene, session)
    return { ...redrawn(outcome), keepDraft: true }
  }
  const attempt = { ...scene.attempt, progress: { plan, changed: true } }
  session.memory.keepAttempt(attempt)
  return { ...outcome, show: { how: 'step', card: changedPlanCard(attempt, scene, session) } }
}

/** The screen to come back to: the one before, or the nearest of that id. */
const backTarget = (from: Link, to: Link['screen'] | undefined, session: Session): Link | null => {
  const MAX_STEPS = 10
  let link: Link | null = from
  for (let i = 0; i < MAX_STEPS && link !== null; i++) {
    link = session.memory.parent(nameOfScreen(link, session))
    if (link !== null && (to === undefined || link.screen === to)) return link
  }
  return null
}

/** What each effect is in Gmail; one without an entry does not compile. */
const RUN: { [K in Effect['do']]: Runner<K> } = {
  open: goTo('push'),
  replace: goTo('update'),
  back: (effect, outcome) => ({ ...outcome, show: { how: 'back', ...(effect.to ? { to: effect.to } : {}) } }),
  home: (_effect, outcome) => ({ ...outcome, show: { how: 'home' } }),
  refresh(effect, outcome, _scene, session) {
    session.memory.forget(effect.tags, session.host.newId())
    return { ...redrawn(outcome), changed: true }
  },
  draft(effect, outcome, scene, session) {
    keepDraft({ ...scene.draft, values: { ...scene.draft.values, ...effect.values } }, scene, session)
    return { ...redrawn(outcome), keepDraft: true }
  },
  select({ on, ids }, outcome, scene, session) {
    const isHere = scene.here.screen === on
    const target = isHere ? scene.here : backTarget(scene.here, on, session)
    if (target === null) return outcome
    const name = nameOfScreen(target, session)
    session.memory.keepDraft(name, { ...(isHere ? emptyDraft() : session.memory.draft(name)), selected: ids })
    return isHere ? { ...outcome, keepDraft: true } : outcome
  },
  notify: (effect, outcome) => ({ ...outcome, notify: [...outcome.notify, effect.text], ...(effect.undo ? { said: { text: effect.text, undo: effect.undo } } : {}) }),
  issues(effect, outcome, scene, session) {
    const { t } = envOf(session, session.memory.viewer())
    keepDraft({ ...scene.draft, issues: effect.issues }, scene, session)
    return { ...redrawn(outcome), keepDraft: true, notify: [...outcome.notify, ...new Set(effect.issues.map((issue) => t.code(issue.code, issue.params)))] }
  },
  plan: planned,
  conflict(effect, outcome, scene, session) {
    const { t } = envOf(session, session.memory.viewer())
    keepDraft({ ...scene.draft, theirs: effect.theirs }, scene, session)
    return { ...redrawn(outcome), keepDraft: true, notify: [...outcome.notify, t('common.conflict_title')] }
  },
  failure: (effect, outcome, scene, session) => ({ ...outcome, show: { how: 'step', card: failedCard(effect.failure, scene, session) } }),
  download,
  link: (effect, outcome, scene, session) => follow(effect.url, outcome, scene, session),
  compose: (effect, outcome) => ({ ...outcome, openLink: composeUrl(effect.to, effect.subject, effect.html) }),
  copy: (effect, outcome, scene, session) => ({ ...outcome, show: { how: 'step', card: copyCard(effect.text, stepInput(scene, session)) } }),
  // The Google account decides who is there: no screen offers this here.
  signOut: (_effect, outcome) => outcome,
  signIn: (_effect, outcome, scene, session) => ({ ...outcome, show: { how: 'step', card: signInCard({}, session.config.supportUrl, stepInput(scene, session)) } }),
}

const runOne = (effect: Effect, outcome: Outcome, scene: Scene, session: Session): Outcome => {
  // The table is keyed by the effect's own word, so runner and effect always agree; the compiler can't see it through an index.
  const run = RUN[effect.do] as Runner<Effect['do']>
  return run(effect, outcome, scene, session)
}

const NOTIFY_CHARS = 300

const wordsOf = (outcome: Outcome): Pick<Reply, 'notify' | 'stateChanged'> => ({
  ...(outcome.notify.length > 0 ? { notify: outcome.notify.join(' ').slice(0, NOTIFY_CHARS) } : {}),
  ...(outcome.changed ? { stateChanged: true } : {}),
})

const popped = (depth: number): Pick<Reply, 'pop'> => (depth > 0 ? { pop: depth } : {})

const goBack = (to: Link['screen'] | undefined, scene: Scene, said: Said | undefined, session: Session): Reply => {
  const target = backTarget(scene.here, to, session)
  const pop = to === undefined ? scene.depth + 1 : { to }
  return target === null ? { pop } : { pop, update: cardOf(loadScreen(target, session), said) }
}

const navigation = (outcome: Outcome, scene: Scene, session: Session): Reply => {
  const { show, said } = outcome
  const draw = (to: Link) => cardOf(loadScreen(to, session), said)
  switch (show.how) {
    case 'step':
      return scene.depth > 0 ? { update: show.card } : { push: show.card }
    case 'push':
      return { ...popped(scene.depth), push: draw(show.to) }
    case 'update':
      return { ...popped(scene.depth), update: draw(show.to) }
    case 'back':
      return goBack(show.to, scene, said, session)
    case 'home':
      return { pop: 'root', update: draw(rootLink(session)) }
    case 'redraw':
      return { ...popped(scene.depth), update: draw(scene.here) }
    case 'stay':
      return said || outcome.notify.length === 0 ? { ...popped(scene.depth), update: draw(scene.here) } : popped(scene.depth)
  }
}

/** Carries out what an action led to, and says what Gmail shows next. */
export const runEffects = (effects: readonly Effect[], scene: Scene, session: Session): Reply => {
  const start: Outcome = { show: { how: 'stay' }, notify: [], changed: false, keepDraft: false }
  const outcome = effects.reduce((so, effect) => runOne(effect, so, scene, session), start)
  if (scene.worked) {
    if (scene.attempt !== null) session.memory.dropAttempt(scene.attempt.id)
    if (!outcome.keepDraft) session.memory.dropDraft(nameOfScreen(scene.here, session))
  }
  if (outcome.openLink !== undefined) return { openLink: outcome.openLink, ...wordsOf({ ...outcome, changed: false }) }
  return { ...navigation(outcome, scene, session), ...wordsOf(outcome) }
}
