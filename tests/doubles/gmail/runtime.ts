import type { Card, OnClick } from '../../../gmail-addon/cards/card'
import type { State } from './cards/kinds'
import type { Execution, ExecutionSettings } from './execution'
import { clickablesOf } from './find'
import { inputsOf, valuesOf, type Typed } from './form'
import type { FakeMail } from './services/gmail-app'
import { NOTHING, act, actAndObey, clickOn, newSession, obey, openWith, run, topOf, write, type Outcome, type Session, type SessionSettings } from './session'
import { afterSteps, stackOf } from './stack'
import { breach } from './strict'

/** What a Gmail needs, and what can be said about the person, their rights and the clock. */
export type GmailSettings = Pick<ExecutionSettings, 'code' | 'manifest' | 'evaluate' | 'transport'> & Partial<SessionSettings>

/** Gmail with the add-on installed, driven as a person does. Everything throws a `Breach` when the bundle breaks a rule. */
export type Gmail = {
  openHomepage(): Card
  openMail(mail: FakeMail): Card
  openCompose(): Card
  /** Runs an entry of the add-on's own menu. */
  openUniversal(label: string): Outcome
  /** Clicks what carries this label, or what a renderer of cards was clicked at; `inputs` are typed first, `parameters` are what Gmail adds (a grid's item). */
  click(target: string | OnClick, inputs?: Record<string, string | string[]>, parameters?: Record<string, string>): Outcome
  /** Types or chooses, and runs the input's own action if it has one; `inputs` are typed first. */
  type(name: string, value: string | string[], inputs?: Record<string, string | string[]>): Outcome
  /** What the add-on suggests for what was typed so far. */
  suggest(name: string, value: string): string[]
  /** Gmail's own arrow; a root card whose data changed is asked for again. */
  back(): Card
  /** The card on top. */
  card(): Card
  stack(): Card[]
  /** What the inputs of the card on top hold now. */
  values(): Typed
  readonly notifications: string[]
  readonly links: string[]
  readonly executions: Execution[]
  readonly printed: string[]
}

const DEFAULTS: Omit<SessionSettings, 'code' | 'manifest' | 'evaluate' | 'transport'> = {
  identityToken: () => null,
  denied: [],
  locale: 'en',
  nowMs: () => Date.now(),
  newId: () => crypto.randomUUID(),
  timeZone: { id: 'Etc/UTC', offset: 0 },
  platform: 'WEB',
  inputsBelowEmptyKey: false,
}

const clickLabel = (session: Session, label: string): Outcome => {
  const known = clickablesOf(topOf(session).card)
  const [found, ...others] = known.filter((one) => one.label === label)
  if (found === undefined || others.length > 0) return breach(`${found ? others.length + 1 : 0} things are called ${label}, among ${known.map((one) => one.label).join(', ')}`)
  return found.disabled ? breach(`${label} is disabled`) : clickOn(session, found.onClick, found.parameters)
}

const inputNamed = (session: Session, name: string) => inputsOf(topOf(session).card).find(({ input }) => input.name === name)

const suggestionsFor = (session: Session, name: string): string[] => {
  const found = inputNamed(session, name)
  const action = found?.kind === 'text' ? found.input.autoCompleteAction : undefined
  if (!action) return breach(`${name} suggests nothing`)
  const { kind, states: [state] } = act(session, action, {})
  if (kind !== 'SuggestionsResponse' || !state) return breach('suggestions come in a SuggestionsResponse')
  const items = ((state['suggestions'] as State | undefined)?.['items'] as { text: string }[] | undefined) ?? []
  return items.map((item) => item.text)
}

const runUniversal = (session: Session, label: string): Outcome => {
  const entry = session.settings.manifest.addOns.common.universalActions?.find((one) => one.label === label) ?? breach(`no universal action ${label}`)
  const { kind, states: [state] } = run(session, entry.runFunction)
  if (kind !== 'UniversalActionResponse' || !state) return breach('a universal action answers with a UniversalActionResponse')
  const [card] = (state['cards'] as Card[] | undefined) ?? []
  if (card === undefined) return obey(session, state, false)
  session.stack = stackOf(card)
  return NOTHING
}

const goBack = (session: Session): Card => {
  session.stack = afterSteps(session.stack, [{ do: 'pop' }], true)
  const stale = session.stack.length === 1 && topOf(session).stale
  if (stale && session.redraw) session.stack = stackOf(session.redraw())
  return topOf(session).card
}

/** A Gmail over the built bundle. The same code runs in tests and in a browser: only `evaluate` and `transport` differ. */
export const createGmail = (given: GmailSettings): Gmail => {
  const session = newSession({ ...DEFAULTS, ...given })
  const { common, gmail } = given.manifest.addOns
  const { notifications, links, executions, kept: { printed } } = session
  return {
    notifications, links, executions, printed,
    openHomepage: () => openWith(session, (gmail.homepageTrigger ?? common.homepageTrigger).runFunction, null),
    openMail: (mail) => openWith(session, gmail.contextualTriggers[0]?.onTriggerFunction ?? breach('no contextual trigger'), { mail, accessToken: `token-of-${mail.id}`, clicked: false }),
    openCompose: () => openWith(session, gmail.composeTrigger?.selectActions[0]?.runFunction ?? breach('no compose trigger'), null),
    openUniversal: (label) => runUniversal(session, label),
    click(target, inputs = {}, parameters = {}) {
      for (const [name, value] of Object.entries(inputs)) write(session, name, value)
      return typeof target === 'string' ? clickLabel(session, target) : clickOn(session, target, parameters)
    },
    type(name, value, inputs = {}) {
      for (const [other, written] of Object.entries({ ...inputs, [name]: value })) write(session, other, written)
      const action = inputNamed(session, name)?.input.onChangeAction
      return action ? actAndObey(session, action, {}) : NOTHING
    },
    suggest(name, value) {
      write(session, name, value)
      return suggestionsFor(session, name)
    },
    back: () => goBack(session),
    card: () => topOf(session).card,
    stack: () => session.stack.map(({ card }) => card),
    values: () => valuesOf(topOf(session).card, topOf(session).typed),
  }
}
