import { randomUUID } from 'node:crypto'
import type { ToldChange } from './audit'

/** What one client does next, as data: the request, and what a success leaves in the log. */
export type Step = {
  what: string
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  headers?: Record<string, string>
  kinds: readonly string[]
  made?: 'users' | 'workspaces' | 'contacts'
}

type Reply = { status: number; body: Record<string, unknown> }

/** A person at work: does one step after the other, and repeats each under one key until the answer is clear. */
export type Client = {
  send: (step: Step) => Promise<Reply>
  /** Everything that this client was told so far. */
  told: ToldChange[]
  /** Answers that no fault explains: 5xx other than 503. */
  unexpected: string[]
}

export type ClientOptions = { origin: string; token: string; attempts?: number }

const ATTEMPTS = 2_000
const PAUSE_MS = 30
const TIMEOUT_MS = 20_000

/** A client may not take any of these for an answer: what became of the change is not known, or it may come later. */
const isClear = ({ status, body }: Reply): boolean => status < 500 && status !== 429 && body['code'] !== 'idempotency.in_flight'

/** One attempt; null where no whole answer came. */
export async function attempt(url: string, init: RequestInit): Promise<Reply | null> {
  try {
    const reply = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
    const text = await reply.text()
    return { status: reply.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) }
  } catch {
    return null
  }
}

/** Repeats a request until its answer is clear, as a careful client does; `seen` hears of every answer. */
export async function untilClear(url: string, init: RequestInit, seen: (reply: Reply) => void = () => undefined, attempts = ATTEMPTS): Promise<Reply> {
  for (let left = attempts; left > 0; left -= 1) {
    const reply = await attempt(url, init)
    if (reply !== null) {
      seen(reply)
      if (isClear(reply)) return reply
    }
    await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS) })
  }
  throw new Error(`no clear answer to ${init.method ?? 'GET'} ${url}`)
}

/** A client that carries a token. */
export function createClient({ origin, token, attempts }: ClientOptions): Client {
  const told: ToldChange[] = []
  const unexpected: string[] = []
  const send = async (step: Step): Promise<Reply> => {
    const requestId = randomUUID()
    const headers = {
      authorization: `Bearer ${token}`, 'idempotency-key': randomUUID(), 'x-request-id': requestId,
      ...(step.body === undefined ? {} : { 'content-type': 'application/json' }), ...step.headers,
    }
    const init = { method: step.method, headers, ...(step.body === undefined ? {} : { body: JSON.stringify(step.body) }) }
    const reply = await untilClear(`${origin}/v1${step.path}`, init, ({ status }) => {
      if (status >= 500 && status !== 503) unexpected.push(`${step.what}: ${status}`)
    }, attempts)
    const id = String(reply.body['id'] ?? '')
    told.push({ requestId, what: step.what, status: reply.status, kinds: step.kinds, ...(step.made === undefined || reply.status >= 300 ? {} : { made: { table: step.made, id } }) })
    return reply
  }
  return { send, told, unexpected }
}

/** One person at work in a workspace of their own. `admit` lets an invited person accept; `isOver` ends the work. */
export type Work = { client: Client; admit: (email: string) => Promise<void>; domain: string; isOver: () => boolean }

const text = (): string => randomUUID().slice(0, 13)

/** Adds people and changes all that can be changed of them, until it is over. */
export async function workOn({ client, admit, domain, isOver }: Work): Promise<void> {
  const { body: workspace } = await client.send({ what: 'add a workspace', method: 'POST', path: '/workspaces', body: { name: `Desk ${text()}` }, kinds: ['workspace.added'], made: 'workspaces' })
  let previous = ''
  while (!isOver()) {
    const email = `w-${text()}@${domain}`
    const added = await client.send({ what: 'add a user', method: 'POST', path: '/users', body: { email }, kinds: ['user.added', 'activation.sent'], made: 'users' })
    const id = String(added.body['id'])
    const subject = { id, version: Number(added.body['version']), workspaceId: String(workspace['id']), previous }
    const isCareful = Math.random() < 0.6
    for (const step of isCareful ? stepsOf(subject) : inWrongOrder(subject)) if (!isOver()) await client.send(step)
    if (isCareful && Math.random() < 0.5 && !isOver()) await admit(email)
    previous = isCareful ? id : ''
  }
}

type Subject = { id: string; version: number; workspaceId: string; previous: string }

/** Every way to change a person. The one before has no license by now: theirs is handed on to them, and they go. */
function stepsOf({ id, version, workspaceId, previous }: Subject): Step[] {
  const user = `/users/${id}`
  return [
    ...profileSteps({ id, version, workspaceId, previous }),
    { what: 'assign a license', method: 'PUT', path: `${user}/license`, body: { plan: 'eco' }, kinds: ['license.assigned', 'activation.sent'] },
    { what: 'change a license', method: 'PUT', path: `${user}/license`, body: { plan: 'advanced' }, kinds: ['license.changed'] },
    ...(previous === '' ? [] : [
      { what: 'transfer a license', method: 'POST' as const, path: `${user}/license/transfer`, body: { toUserId: previous }, kinds: ['license.transferred', 'activation.sent'] },
      { what: 'remove many', method: 'POST' as const, path: '/users/bulk', body: { action: 'remove', userIds: [previous] }, kinds: ['user.removed'] },
    ]),
    { what: 'remove', method: 'DELETE', path: user, kinds: ['user.removed'] },
    { what: 'bring back', method: 'POST', path: `${user}/restore`, kinds: ['user.unremoved'] },
    { what: 'take a license away', method: 'DELETE', path: `${user}/license`, kinds: ['license.removed'] },
  ]
}

const profileSteps = ({ id, version, workspaceId }: Subject): Step[] => [
  { what: 'edit a user', method: 'PATCH', path: `/users/${id}`, body: { firstName: text() }, headers: { 'if-match': `"${version}"` }, kinds: ['user.edited'] },
  { what: 'add a member', method: 'PUT', path: `/workspaces/${workspaceId}/members/${id}`, kinds: ['user.workspaces_changed'] },
  { what: 'add a contact', method: 'POST', path: '/contacts', body: { email: `c-${text()}@out.example`, workspaceId, assignedTo: id }, kinds: ['contact.added'], made: 'contacts' },
  { what: 'send a link', method: 'POST', path: `/users/${id}/activation-link`, kinds: ['activation.sent'] },
  { what: 'suspend', method: 'POST', path: `/users/${id}/suspend`, kinds: ['user.suspended'] },
  { what: 'restore', method: 'POST', path: `/users/${id}/restore`, kinds: ['user.restored'] },
]

/** As somebody works who mixes things up: most of it is refused, which must leave nothing behind. They end suspended, and are left alone. */
const inWrongOrder = (subject: Subject): Step[] => [
  { what: 'take away a license that is not there', method: 'DELETE', path: `/users/${subject.id}/license`, kinds: [] },
  ...profileSteps(subject).toReversed(),
  { what: 'hand on a license that is not there', method: 'POST', path: `/users/${subject.id}/license/transfer`, body: { toUserId: subject.id }, kinds: [] },
]
