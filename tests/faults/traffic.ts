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
    const steps = stepsOf({ id, version: Number(added.body['version']), workspaceId: String(workspace['id']), previous })
    for (const step of Math.random() < 0.5 ? steps : inWrongOrder(steps)) if (!isOver()) await client.send(step)
    if (Math.random() < 0.5 && !isOver()) await admit(email)
    previous = id
  }
}

type Subject = { id: string; version: number; workspaceId: string; previous: string }

/** Every way to change a person. */
function stepsOf({ id, version, workspaceId, previous }: Subject): Step[] {
  const user = `/users/${id}`
  return [
    { what: 'edit a user', method: 'PATCH', path: user, body: { firstName: text() }, headers: { 'if-match': `"${version}"` }, kinds: ['user.edited'] },
    { what: 'assign a license', method: 'PUT', path: `${user}/license`, body: { plan: 'eco' }, kinds: ['license.assigned', 'activation.sent'] },
    { what: 'add a member', method: 'PUT', path: `/workspaces/${workspaceId}/members/${id}`, kinds: ['user.workspaces_changed'] },
    { what: 'add a contact', method: 'POST', path: '/contacts', body: { email: `c-${text()}@out.example`, workspaceId, assignedTo: id }, kinds: ['contact.added'], made: 'contacts' },
    { what: 'change a license', method: 'PUT', path: `${user}/license`, body: { plan: 'advanced' }, kinds: ['license.changed'] },
    { what: 'suspend', method: 'POST', path: `${user}/suspend`, kinds: ['user.suspended'] },
    { what: 'restore', method: 'POST', path: `${user}/restore`, kinds: ['user.restored'] },
    ...(previous === '' ? [] : [{ what: 'transfer a license', method: 'POST' as const, path: `${user}/license/transfer`, body: { toUserId: previous }, kinds: ['license.transferred', 'activation.sent'] }]),
    { what: 'send a link', method: 'POST', path: `${user}/activation-link`, kinds: ['activation.sent'] },
    { what: 'remove many', method: 'POST', path: '/users/bulk', body: { action: 'remove', userIds: [id] }, kinds: ['user.removed'] },
    { what: 'bring back', method: 'POST', path: `${user}/restore`, kinds: ['user.unremoved'] },
  ]
}

const LICENSES = ['assign a license', 'change a license']

/** As somebody works who mixes things up: much of it is refused, which must leave nothing behind. */
const inWrongOrder = (steps: readonly Step[]): Step[] =>
  [...steps.slice(0, -2).toReversed().filter(({ what }) => !LICENSES.includes(what)), ...steps.slice(-2)]
