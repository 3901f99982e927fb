import type { Call } from '../../shared/api/call'
import type { WireResponse } from '../../shared/api/wire'
import type { Failure } from '../../shared/errors'
import type { Result } from '../../shared/kit/result'
import { failureScreen, needsSignIn } from '../../shared/screens/failure.screen'
import type { AnyScreen } from '../../shared/screens/define'
import { batchOf, drawScreen, openScreen, viewerOf } from '../../shared/screens/lifecycle'
import { SCREENS } from '../../shared/screens/registry'
import type { ActionRef, Draft, Env, Link, Loaded, Params, Screen } from '../../shared/screens/vocabulary'
import type { Card } from '../cards/card'
import { contextCard, screenCard, type ScreenCardInput } from '../cards/screen-card'
import { signInCard } from '../cards/step-cards'
import { readReply, sendRaw } from '../send'
import { readLink } from './kept'
import { envOf, nameOfScreen, type Session } from './session'

/** A screen with everything it was drawn from. */
export type LoadedScreen = { here: Link; screen: Screen; draft: Draft; env: Env }

const textsOf = (received: Record<string, Result<WireResponse, Failure>>): Record<string, string> | null => {
  const texts: Record<string, string> = {}
  for (const [name, reply] of Object.entries(received)) {
    if (!reply.ok || reply.value.status < 200 || reply.value.status > 299) return null
    texts[name] = reply.value.text
  }
  return texts
}

const receivedOf = (texts: Record<string, string>): Record<string, Result<WireResponse, Failure>> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { ok: true, value: { status: 200, headers: {}, text } }]))

const fetchBatch = (batch: Record<string, Call<unknown>>, session: Session): Record<string, Result<WireResponse, Failure>> => {
  const names = Object.keys(batch)
  const received = sendRaw(Object.values(batch).map((call) => ({ call })), session.sender)
  return Object.fromEntries(names.flatMap((name, i) => {
    const reply = received[i]
    return reply === undefined ? [] : [[name, reply]]
  }))
}

/** The replies of a batch: remembered ones if all are there, else one parallel request for all of them. */
const readBatch = (batch: Record<string, Call<unknown>>, screen: AnyScreen, name: string, session: Session): Record<string, Loaded<unknown>> => {
  const known = session.memory.replies(name, screen.cache.tags)
  const complete = known !== null && Object.keys(batch).every((need) => need in known)
  const received = complete ? receivedOf(known) : fetchBatch(batch, session)
  const texts = complete ? null : textsOf(received)
  if (texts !== null && screen.cache.forS > 0 && Object.keys(texts).length > 0) session.memory.keepReplies(name, screen.cache.tags, screen.cache.forS, texts)
  return Object.fromEntries(Object.entries(batch).map(([need, call]) => [need, readReply(call, received[need] ?? { ok: false, failure: { code: 'network.unreachable', issues: [] } })]))
}

/** Opens, reads and draws a screen: at most one batch of requests, none when everything is remembered. */
export const loadScreen = (to: { screen: string; params: Params }, session: Session): LoadedScreen => {
  const viewer = session.memory.viewer()
  const env = envOf(session, viewer)
  const home: Link = { screen: 'home', params: {} }
  const link = readLink(to)
  const opened = openScreen(to, SCREENS, env)
  if (!opened.ok || link === null) return { here: link ?? home, screen: opened.ok ? failureScreen({ code: 'screen.unknown', issues: [] }, env) : opened.screen, draft: session.memory.draft(''), env }
  const here: Link = { screen: link.screen, params: opened.params }
  const name = nameOfScreen(here, session)
  const replies = readBatch(batchOf(opened.screen, opened.params, env), opened.screen, name, session)
  const brought = viewerOf(opened.screen, replies)
  if (brought !== null && viewer === null) session.memory.keepViewer(brought)
  const full = brought === null ? env : envOf(session, brought)
  const draft = session.memory.draft(name)
  return { here, screen: drawScreen(opened.screen, replies, opened.params, draft, full), draft, env: full }
}

/** What stands on top of a card once: a sentence, and how to take back what was done. */
export type Said = { text: string; undo?: ActionRef }

/** The parts of a loaded screen that its cards are drawn from. */
export const cardInput = ({ here, screen, draft, env }: LoadedScreen, said?: Said): ScreenCardInput => ({ screen, here, draft, t: env.t, ...(said ? { said } : {}) })

const lostIdentity = (screen: Screen): Failure | null => {
  const [first] = screen.blocks
  return first?.is === 'failure' && needsSignIn(first.failure) ? first.failure : null
}

/** The card of a loaded screen; where the identity is missing, the card that asks for it. */
export const cardOf = (loaded: LoadedScreen, said?: Said): Card => {
  const lost = lostIdentity(loaded.screen)
  if (lost !== null) return signInCard(lost, loaded.env.supportUrl, { here: loaded.here, draft: loaded.draft, t: loaded.env.t, depth: 0 })
  return screenCard(cardInput(loaded, said))
}

/** As `cardOf`, for the card that stands beside an open mail. */
export const mailCardOf = (loaded: LoadedScreen): Card =>
  lostIdentity(loaded.screen) === null ? contextCard(cardInput(loaded)) : cardOf(loaded)
