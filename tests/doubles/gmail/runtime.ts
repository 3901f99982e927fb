import type { Action, Card, OnClick, OpenLink } from '../../../gmail-addon/cards/card'
import { linkProblems } from './card-caps'
import type { Step } from './cards/answers'
import type { State } from './cards/kinds'
import { execute, type Execution, type ExecutionSettings, type Kept, type OpenMail } from './execution'
import { clickablesOf } from './find'
import { formInputsOf, inputsOf, valuesOf, type Typed } from './form'
import type { FakeMail } from './services/gmail-app'
import { afterSteps, stackOf, type Shown } from './stack'
import { breach } from './strict'

export type GmailSettings = Pick<ExecutionSettings, 'code' | 'manifest' | 'evaluate' | 'transport'> & Partial<ExecutionSettings> & {
  timeZone?: { id: string; offset: number }
  platform?: 'WEB' | 'IOS' | 'ANDROID'
  /** Form inputs come below the empty key, as the older runtime has them. */
  inputsBelowEmptyKey?: boolean
}

/** What the person saw happen. `missing` are inputs that Gmail itself asked for: nothing was run then. */
export type Outcome = { missing: string[]; notification: string | null; link: string | null }

/** Gmail with the add-on installed, driven as a person does. Everything throws a `Breach` when the bundle breaks a rule. */
export type Gmail = {
  openHomepage(): Card
  openMail(mail: FakeMail): Card
  openCompose(): Card
  /** Runs an entry of the add-on's own menu. */
  openUniversal(label: string): Outcome
  /** Clicks what carries this label, or what a renderer of cards was clicked at; `inputs` are typed first. */
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
  values(): Typed
  notifications: string[]
  links: string[]
  executions: Execution[]
  printed: string[]
}

const NOTHING: Outcome = { missing: [], notification: null, link: null }

type Session = { stack: Shown[]; open: OpenMail | null; redraw: (() => Card) | null }

const withDefaults = (settings: GmailSettings): ExecutionSettings => ({
  identityToken: () => null,
  denied: [],
  locale: 'en',
  nowMs: () => Date.now(),
  newId: () => crypto.randomUUID(),
  ...settings,
})

const gmailPart = (open: OpenMail | null): object =>
  (open ? { gmail: { messageId: open.mail.id, threadId: `thread-${open.mail.id}`, accessToken: open.accessToken } } : {})

const parametersOf = (action: Action): Record<string, string> =>
  Object.fromEntries((action.parameters ?? []).map(({ key, value }) => [key, value]))

const textIn = (state: State, part: string, key: string): string | null => {
  const inner = state[part] as State | undefined
  return typeof inner?.[key] === 'string' ? inner[key] : null
}

const stepsIn = (answer: State): Step[] => ((answer['navigation'] as State | undefined)?.['steps'] as Step[] | undefined) ?? []

/** A Gmail over the built bundle. The same code runs in tests and in a browser: only `evaluate` and `transport` differ. */
export const createGmail = (given: GmailSettings): Gmail => {
  const settings = withDefaults(given)
  const { addOns } = settings.manifest
  const kept: Kept = { cache: new Map(), properties: new Map(), printed: [] }
  const session: Session = { stack: [], open: null, redraw: null }
  const notifications: string[] = []
  const links: string[] = []
  const executions: Execution[] = []

  const top = (): Shown => session.stack.at(-1) ?? breach('no card is open')

  const run = (name: string, parameters: Record<string, string>, formInputs: object): Execution => {
    const commonEventObject = {
      platform: given.platform ?? 'WEB', hostApp: 'GMAIL', userLocale: settings.locale, timeZone: given.timeZone ?? { id: 'Etc/UTC', offset: 0 }, parameters, formInputs,
    }
    const execution = execute(settings, kept, session.open, name, { commonEventObject, ...gmailPart(session.open) })
    executions.push(execution)
    return execution
  }

  const trigger = (name: string): Card => {
    const { kind, states: [state] } = run(name, {}, {})
    return kind === 'cards' && state ? (state as unknown as Card) : breach('a trigger answers with cards')
  }

  const openWith = (name: string, open: OpenMail | null): Card => {
    session.open = open
    session.redraw = () => trigger(name)
    session.stack = stackOf(trigger(name))
    return top().card
  }

  const follow = (link: State): string => {
    const url = String(link['url'])
    for (const problem of linkProblems(link, { isGlobal: null, linkPrefixes: addOns.common.openLinkUrlPrefixes })) breach(problem)
    links.push(url)
    return url
  }

  const obey = (answer: State, keepTyped: boolean): Outcome => {
    const steps = stepsIn(answer)
    session.stack = afterSteps(session.stack, steps, keepTyped)
    if (answer['stateChanged'] === true) session.stack = session.stack.map((entry, index, all) => ({ ...entry, stale: entry.stale || index < all.length - 1 }))
    const notification = textIn(answer, 'notification', 'text')
    if (notification !== null) notifications.push(notification)
    const link = answer['openLink'] as State | undefined
    return { missing: [], notification, link: link ? follow(link) : null }
  }

  const missingFor = (action: Action): string[] => {
    const values = valuesOf(top().card, top().typed)
    const wanted = action.allWidgetsAreRequired ? Object.keys(values) : action.requiredWidgets ?? []
    return wanted.filter((name) => (values[name] ?? []).length === 0)
  }

  const act = (action: Action, parameters: Record<string, string>): Execution => {
    const { card, typed } = top()
    if (session.open) session.open = { ...session.open, clicked: true }
    return run(action.function, { ...parametersOf(action), ...parameters }, formInputsOf(card, typed, given.inputsBelowEmptyKey === true))
  }

  const actAndObey = (action: Action, parameters: Record<string, string>): Outcome => {
    const missing = missingFor(action)
    if (missing.length > 0) return { ...NOTHING, missing }
    const { kind, states: [state] } = act(action, parameters)
    if (kind !== 'ActionResponse' || !state) return breach(`${action.function} answers a click with an ActionResponse`)
    return obey(state, action.persistValues === true)
  }

  const write = (name: string, value: string | string[]): void => {
    if (!inputsOf(top().card).some(({ input }) => input.name === name)) breach(`no input is named ${name}`)
    const typed = { ...top().typed, [name]: Array.isArray(value) ? value : [value] }
    session.stack = [...session.stack.slice(0, -1), { ...top(), typed }]
  }

  const clickOn = (onClick: OnClick, parameters: Record<string, string>): Outcome => {
    if (onClick.action) return actAndObey(onClick.action, parameters)
    return { ...NOTHING, link: follow({ ...(onClick.openLink satisfies OpenLink) }) }
  }

  const clickLabel = (label: string): Outcome => {
    const found = clickablesOf(top().card).filter((one) => one.label === label)
    const [first] = found
    if (first === undefined || found.length > 1) return breach(`${found.length} things are called ${label}, among ${clickablesOf(top().card).map((one) => one.label).join(', ')}`)
    return first.disabled ? breach(`${label} is disabled`) : clickOn(first.onClick, first.parameters)
  }

  return {
    notifications, links, executions,
    printed: kept.printed,
    openHomepage: () => openWith((addOns.gmail.homepageTrigger ?? addOns.common.homepageTrigger).runFunction, null),
    openMail: (mail) => openWith(addOns.gmail.contextualTriggers[0]?.onTriggerFunction ?? breach('no contextual trigger'), { mail, accessToken: `token-of-${mail.id}`, clicked: false }),
    openCompose: () => openWith(addOns.gmail.composeTrigger?.selectActions[0]?.runFunction ?? breach('no compose trigger'), null),
    openUniversal(label) {
      const entry = addOns.common.universalActions?.find((one) => one.label === label) ?? breach(`no universal action ${label}`)
      const { kind, states: [state] } = run(entry.runFunction, {}, {})
      if (kind !== 'UniversalActionResponse' || !state) return breach('a universal action answers with a UniversalActionResponse')
      const [card] = (state['cards'] as Card[] | undefined) ?? []
      if (card) session.stack = stackOf(card)
      return card ? NOTHING : obey(state, false)
    },
    click(target, inputs = {}, parameters = {}) {
      for (const [name, value] of Object.entries(inputs)) write(name, value)
      return typeof target === 'string' ? clickLabel(target) : clickOn(target, parameters)
    },
    type(name, value, inputs = {}) {
      for (const [other, held] of Object.entries(inputs)) write(other, held)
      write(name, value)
      const found = inputsOf(top().card).find(({ input }) => input.name === name)
      return found?.input.onChangeAction ? actAndObey(found.input.onChangeAction, {}) : NOTHING
    },
    suggest(name, value) {
      write(name, value)
      const found = inputsOf(top().card).find(({ kind, input }) => kind === 'text' && input.name === name)
      const action = found?.kind === 'text' ? found.input.autoCompleteAction : undefined
      if (!action) return breach(`${name} suggests nothing`)
      const { kind, states: [state] } = act(action, {})
      if (kind !== 'SuggestionsResponse' || !state) return breach('suggestions come in a SuggestionsResponse')
      const items = ((state['suggestions'] as State | undefined)?.['items'] as { text: string }[] | undefined) ?? []
      return items.map((item) => item.text)
    },
    back() {
      session.stack = afterSteps(session.stack, [{ do: 'pop' }], true)
      const { stale } = top()
      if (stale && session.stack.length === 1 && session.redraw) session.stack = stackOf(session.redraw())
      return top().card
    },
    card: () => top().card,
    stack: () => session.stack.map(({ card }) => card),
    values: () => valuesOf(top().card, top().typed),
  }
}
