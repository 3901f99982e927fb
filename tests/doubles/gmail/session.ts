import type { Action, Card, OnClick } from '../../../gmail-addon/cards/card'
import { linkProblems } from './card-caps'
import type { Step } from './cards/answers'
import type { State } from './cards/kinds'
import { execute, type Execution, type ExecutionSettings, type Kept, type OpenMail } from './execution'
import { formInputsOf, inputsOf, valuesOf } from './form'
import { afterSteps, stackOf, type Shown } from './stack'
import { breach } from './strict'

/** What the person saw happen. `missing` are inputs that Gmail itself asked for: nothing was run then. */
export type Outcome = { missing: string[]; notification: string | null; link: string | null }

export const NOTHING: Outcome = { missing: [], notification: null, link: null }

export type SessionSettings = ExecutionSettings & {
  timeZone: { id: string; offset: number }
  platform: 'WEB' | 'IOS' | 'ANDROID'
  /** Form inputs come below the empty key, as the older runtime has them. */
  inputsBelowEmptyKey: boolean
}

/** One open Gmail. `redraw` asks for the root card again. */
export type Session = {
  settings: SessionSettings
  kept: Kept
  stack: Shown[]
  open: OpenMail | null
  redraw: (() => Card) | null
  notifications: string[]
  links: string[]
  executions: Execution[]
}

/** A Gmail in which nothing is open yet. */
export const newSession = (settings: SessionSettings): Session => ({
  settings,
  kept: { cache: new Map(), properties: new Map(), printed: [] },
  stack: [], open: null, redraw: null, notifications: [], links: [], executions: [],
})

/** The card on top, with what was typed on it. */
export const topOf = (session: Session): Shown => session.stack.at(-1) ?? breach('no card is open')

const mailPart = (open: OpenMail | null): object =>
  (open ? { gmail: { messageId: open.mail.id, threadId: `thread-${open.mail.id}`, accessToken: open.accessToken } } : {})

/** Runs a global function with the event that Gmail would make. */
export const run = (session: Session, name: string, parameters: Record<string, string> = {}, formInputs: object = {}): Execution => {
  const { platform, locale: userLocale, timeZone } = session.settings
  const commonEventObject = { platform, hostApp: 'GMAIL', userLocale, timeZone, parameters, formInputs }
  const execution = execute(session.settings, session.kept, session.open, name, { commonEventObject, ...mailPart(session.open) })
  session.executions.push(execution)
  return execution
}

const trigger = (session: Session, name: string): Card => {
  const { kind, states: [state] } = run(session, name)
  return kind === 'cards' && state ? (state as unknown as Card) : breach('a trigger answers with cards')
}

/** Shows the card of a trigger, beside a mail or by itself. */
export const openWith = (session: Session, name: string, open: OpenMail | null): Card => {
  session.open = open
  session.redraw = () => trigger(session, name)
  session.stack = stackOf(trigger(session, name))
  return topOf(session).card
}

const follow = (session: Session, link: State): string => {
  const url = String(link['url'])
  const linkPrefixes = session.settings.manifest.addOns.common.openLinkUrlPrefixes
  for (const problem of linkProblems(link, { isGlobal: null, linkPrefixes })) breach(problem)
  session.links.push(url)
  return url
}

const partOf = (answer: State, name: string): State | undefined => answer[name] as State | undefined

/** Does what an answer says: moves on the stack, notifies, opens. */
export const obey = (session: Session, answer: State, keepTyped: boolean): Outcome => {
  const steps = (partOf(answer, 'navigation')?.['steps'] as Step[] | undefined) ?? []
  const stack = afterSteps(session.stack, steps, keepTyped)
  const changed = answer['stateChanged'] === true
  session.stack = stack.map((entry, index) => ({ ...entry, stale: entry.stale || (changed && index < stack.length - 1) }))
  const notification = partOf(answer, 'notification')?.['text']
  if (typeof notification === 'string') session.notifications.push(notification)
  const link = partOf(answer, 'openLink')
  return { missing: [], notification: typeof notification === 'string' ? notification : null, link: link ? follow(session, link) : null }
}

const missingFor = (session: Session, action: Action): string[] => {
  const { card, typed } = topOf(session)
  const values = valuesOf(card, typed)
  const wanted = action.allWidgetsAreRequired ? Object.keys(values) : action.requiredWidgets ?? []
  return wanted.filter((name) => (values[name] ?? []).length === 0)
}

/** Runs an action with the inputs of the card on top; `parameters` are what Gmail adds to its own. */
export const act = (session: Session, action: Action, parameters: Record<string, string>): Execution => {
  const { card, typed } = topOf(session)
  if (session.open) session.open = { ...session.open, clicked: true }
  const own = Object.fromEntries((action.parameters ?? []).map(({ key, value }) => [key, value]))
  return run(session, action.function, { ...own, ...parameters }, formInputsOf(card, typed, session.settings.inputsBelowEmptyKey))
}

/** Runs a clicked action and does what it answers, unless Gmail itself still asks for inputs. */
export const actAndObey = (session: Session, action: Action, parameters: Record<string, string>): Outcome => {
  const missing = missingFor(session, action)
  if (missing.length > 0) return { ...NOTHING, missing }
  const { kind, states: [state] } = act(session, action, parameters)
  if (kind !== 'ActionResponse' || !state) return breach(`${action.function} answers a click with an ActionResponse`)
  return obey(session, state, action.persistValues === true)
}

/** Writes into an input of the card on top. */
export const write = (session: Session, name: string, value: string | string[]): void => {
  const top = topOf(session)
  if (!inputsOf(top.card).some(({ input }) => input.name === name)) breach(`no input is named ${name}`)
  const typed = { ...top.typed, [name]: Array.isArray(value) ? value : [value] }
  session.stack = [...session.stack.slice(0, -1), { ...top, typed }]
}

/** Does what a click does: runs an action, or opens a link. */
export const clickOn = (session: Session, onClick: OnClick, parameters: Record<string, string>): Outcome => {
  if (onClick.action) return actAndObey(session, onClick.action, parameters)
  return { ...NOTHING, link: follow(session, { ...onClick.openLink }) }
}
