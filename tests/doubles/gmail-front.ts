import type { Card, Reply } from '../../gmail-addon/cards/card'
import type { Config } from '../../gmail-addon/config'
import type { Host, HostEvent, HostRequest } from '../../gmail-addon/host/host'
import { runAction, runCompose, runHomepage, runMail, runMenu, runSuggest } from '../../gmail-addon/runner/run'
import type { MailContext } from '../../shared/mail/mail.model'
import { clickablesOf } from './gmail/find'
import { valuesOf } from './gmail/form'
import { NOW } from './samples/records'

/** What the server in the test says: a body with its status, or nothing at all. */
export type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | 'gone'
export type Respond = (request: HostRequest) => Answer

const CONFIG: Config = { origins: { app: 'https://desk.example', message: 'https://messages.example' }, supportUrl: 'https://support.example/' }

type Settings = { respond: Respond; mail?: MailContext; token?: string | null; cache?: boolean; locale?: string; platform?: HostEvent['platform']; attachments?: Record<string, number[]> }

/** Gmail's front on plain data: its runner over a host that keeps a stack of cards and writes down every batch of requests. */
export const createFront = (settings: Settings) => {
  const kept = new Map<string, string>()
  const batches: HostRequest[][] = []
  const stack: Card[] = []
  const state = { respond: settings.respond, mail: settings.mail ?? null, token: settings.token === undefined ? 'token-1' : settings.token, ids: 0, event: {} as Partial<HostEvent> }

  const host: Host = {
    readEvent: () => ({ parameters: {}, formInputs: {}, locale: settings.locale ?? 'en', timeZone: null, platform: settings.platform ?? 'WEB', mail: state.mail ? { messageId: state.mail.key, accessToken: 'a' } : null, ...state.event }),
    openMail: () => state.mail,
    attachmentBytes: (_event, id) => settings.attachments?.[id] ?? null,
    fetchAll(requests) {
      batches.push(requests)
      const answers = requests.map((request) => state.respond(request))
      return answers.map((answer) => {
        if (answer === 'gone' || answers.includes('gone')) return { ok: false, failure: { code: 'network.unreachable', issues: [] } }
        return { ok: true, value: { status: answer.status ?? 200, headers: answer.headers ?? {}, text: JSON.stringify(answer.body ?? null) } }
      })
    },
    cache: {
      get: (key) => (settings.cache === false ? null : (kept.get(key) ?? null)),
      put: (key, value) => (value.length > 100_000 ? false : (kept.set(key, value), true)),
      remove: (keys) => keys.forEach((key) => kept.delete(key)),
    },
    identityToken: () => state.token,
    locale: () => settings.locale ?? 'en',
    now: () => NOW,
    newId: () => `id-${(state.ids += 1)}`,
    showCards: (cards) => cards,
    answer: (reply) => reply,
    answerUniversal: (reply) => reply,
  }

  const top = (): Card => {
    const card = stack[stack.length - 1]
    if (card === undefined) throw new Error('no card is open')
    return card
  }
  const obey = (reply: Reply): Reply => {
    const { pop } = reply
    if (pop === 'root') stack.splice(1)
    else if (typeof pop === 'number') stack.splice(Math.max(1, stack.length - pop))
    else if (pop) stack.splice(stack.map((card) => card.name).lastIndexOf(pop.to) + 1)
    if (reply.update) stack.splice(-1, 1, reply.update)
    if (reply.push) stack.push(reply.push)
    return reply
  }
  const show = (cards: unknown): Card => {
    stack.splice(0, stack.length, ...(cards as Card[]))
    return top()
  }
  const send = (parameters: Record<string, string>, typed: Record<string, string[]>): Reply => {
    const filled = Object.entries({ ...valuesOf(top(), {}), ...typed }).filter(([, value]) => value.some((text) => text !== ''))
    state.event = { parameters, formInputs: Object.fromEntries(filled) }
    const reply = obey(runAction({}, host, CONFIG) as Reply)
    state.event = {}
    return reply
  }
  const parametersOf = (label: string): Record<string, string> => {
    const found = clickablesOf(top()).find((one) => one.label.replace(/\u2060/g, '') === label)
    if (found === undefined) throw new Error(`nothing is called ${label}, among ${clickablesOf(top()).map((one) => one.label).join(', ')}`)
    if (found.disabled) throw new Error(`${label} can't be used`)
    return Object.fromEntries((found.onClick.action?.parameters ?? []).map(({ key, value }) => [key, value]))
  }

  return {
    batches,
    stack,
    card: top,
    requests: () => batches.flat(),
    openMail: () => show(runMail({}, host, CONFIG)),
    openHome: () => show(runHomepage({}, host, CONFIG)),
    openCompose: () => show(runCompose({}, host, CONFIG)),
    openMenu: () => show((runMenu({}, host, CONFIG) as { cards: Card[] }).cards),
    /** Clicks what carries the label; `typed` stands in the inputs by then. */
    click: (label: string, typed: Record<string, string[]> = {}): Reply => send(parametersOf(label), typed),
    /** A click with the given parameters, as Gmail would send those of any card. */
    send,
    /** What a click on the label would send, without doing it. */
    parametersOf,
    suggest(parameters: Record<string, string>, typed: Record<string, string[]>): string[] {
      state.event = { parameters, formInputs: typed }
      const reply = runSuggest({}, host, CONFIG) as Reply
      state.event = {}
      return reply.suggestions ?? []
    },
    /** From now on the server answers otherwise. */
    respondWith(respond: Respond) {
      state.respond = respond
    },
    open(mail: MailContext | null) {
      state.mail = mail
    },
    signOut() {
      state.token = null
    },
    forgetEverything: () => kept.clear(),
  }
}
