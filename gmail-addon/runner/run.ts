import { emptyDraft } from '../../shared/screens/lifecycle'
import type { Link, Params } from '../../shared/screens/vocabulary'
import type { Card, Reply } from '../cards/card'
import { fromParameters, type ReadClick } from '../cards/click'
import { searchParams } from '../cards/inputs'
import { chooseCard, rowCard } from '../cards/row-card'
import { partCard, restCard } from '../cards/screen-card'
import { copyCard } from '../cards/step-cards'
import type { Config } from '../config'
import type { Host, HostAnswer } from '../host/host'
import { confirmAction, retryAction, startAction } from './act'
import { takeDraft } from './draft'
import { readLink } from './kept'
import { cardInput, cardOf, loadScreen, mailCardOf, type LoadedScreen } from './load'
import { envOf, nameOfScreen, rootLink, startSession, type Session } from './session'
import { findTyped, notFound, suggestions } from './find'

type Handler = (click: ReadClick, here: Link, session: Session) => Reply

const popped = (depth: number): Pick<Reply, 'pop'> => (depth > 0 ? { pop: depth } : {})

const draw = (to: { screen: string; params: Params }, session: Session): Card => cardOf(loadScreen(to, session))

/** A card upon the screen's own; if what it shows is gone, the screen as it is now. */
const upon = (make: (loaded: LoadedScreen, click: ReadClick) => Card | null): Handler => (click, here, session) => {
  if (click.inputs.length > 0) takeDraft(click, here, session)
  const loaded = loadScreen(here, session)
  const card = make(loaded, click)
  return card === null ? { ...popped(click.depth), update: cardOf(loaded) } : { push: card }
}

const open: Handler = (click, here, session) => {
  if (click.inputs.length > 0) takeDraft(click, here, session)
  const to = readLink(click.to)
  if (to !== null) session.memory.keepParent(nameOfScreen(to, session), here)
  return { push: draw(click.to, session) }
}

/** The same card with other parameters: the way back stays what it was. */
const turnInto = (to: Link, click: ReadClick, here: Link, session: Session): Reply => {
  const parent = session.memory.parent(nameOfScreen(here, session))
  if (parent !== null) session.memory.keepParent(nameOfScreen(to, session), parent)
  return { ...popped(click.depth), update: draw(to, session) }
}

/** The same screen with what was searched for; a filter that names no record stays what it was, and is told. */
const search: Handler = (click, here, session) => {
  const found = findTyped(click, emptyDraft(), session)
  const { t } = envOf(session, session.memory.viewer())
  const issues = notFound(found, click).map(({ code }) => t.code(code))
  const reply = turnInto({ ...here, params: searchParams(here.params, click.inputs, session.event.formInputs, found) }, click, here, session)
  return issues.length === 0 ? reply : { ...reply, notify: issues.join(' ') }
}

const HANDLERS: Record<string, Handler> = {
  open,
  replace: (click, _here, session) => ({ ...popped(click.depth), update: draw(click.to, session) }),
  do: startAction,
  confirm: (click, _here, session) => confirmAction(click, session),
  retry: (click, _here, session) => retryAction(click, session),
  close: () => ({ pop: 1 }),
  search,
  clear: (click, here, session) => turnInto({ ...here, params: searchParams(here.params, click.inputs, {}) }, click, here, session),
  redraw: (click, here, session) => {
    takeDraft(click, here, session)
    return { update: draw(here, session) }
  },
  keep: (click, here, session) => {
    const draft = takeDraft(click, here, session)
    session.memory.keepDraft(nameOfScreen(here, session), { ...draft, values: { ...draft.values, [click.row]: click.text } })
    return { update: draw(here, session) }
  },
  row: upon((loaded, click) => rowCard(cardInput(loaded), click.row, click.depth + 1)),
  choose: upon((loaded, click) => chooseCard(cardInput(loaded), click.block, click.depth + 1)),
  part: upon((loaded, click) => partCard(cardInput(loaded), click.block, click.from, click.depth + 1)),
  rest: upon((loaded, click) => restCard(cardInput(loaded), click.from, click.depth + 1)),
  copy: (click, here, session) => ({ push: copyCard(click.text, { here, draft: takeDraft(click, here, session), t: envOf(session, session.memory.viewer()).t, depth: click.depth + 1 }) }),
}

/** A click that means nothing here (of an older version) leads to the first card. */
const answerClick = (session: Session): Reply => {
  const click = fromParameters(session.event.parameters)
  const here = readLink(click.here) ?? rootLink(session)
  const handler = Object.prototype.hasOwnProperty.call(HANDLERS, click.kind) ? HANDLERS[click.kind] : undefined
  return handler ? handler(click, here, session) : { pop: 'root', update: draw(rootLink(session), session) }
}

/** Any click on any card. */
export const runAction = (event: unknown, host: Host, config: Config): HostAnswer => host.answer(answerClick(startSession(event, host, config)))

/** The homepage. */
export const runHomepage = (event: unknown, host: Host, config: Config): HostAnswer =>
  host.showCards([draw({ screen: 'home', params: {} }, startSession(event, host, config))])

/** The card beside an opened mail: one request to the server at most. */
export const runMail = (event: unknown, host: Host, config: Config): HostAnswer =>
  host.showCards([mailCardOf(loadScreen({ screen: 'mail', params: {} }, startSession(event, host, config)))])

/** The card beside a mail that is being written. */
export const runCompose = (event: unknown, host: Host, config: Config): HostAnswer => {
  const session = startSession(event, host, config)
  return host.showCards([draw(rootLink(session), session)])
}

/** The add-on's own menu: home, from wherever one is. */
export const runMenu = (event: unknown, host: Host, config: Config): HostAnswer =>
  host.answerUniversal({ cards: [draw({ screen: 'home', params: {} }, startSession(event, host, config))] })

/** What may follow the letters typed so far. */
export const runSuggest = (event: unknown, host: Host, config: Config): HostAnswer =>
  host.answer({ suggestions: suggestions(startSession(event, host, config)) })
