import * as v from 'valibot'
import type { ReplyOf } from '../../../shared/api/contract'
import { ingestEventSchema, type IngestEvent } from '../../../shared/logs/logs.model'
import { refused, type Handler } from '../../http/handler'
import { CLOCK_AHEAD_MS } from '../../store/events.read'
import type { NewEvent } from '../../store/events.model'
import { claimEventIds, putMessages } from '../../store/messages.write'
import type { Change } from '../../store/transactions'
import type { ActionDeps } from '../deps'
import { loadMessages, messageRows, recipientRows, toMessageEvent, type Known } from './messages'
import { createKeyOf, findPeople, type KeyOf, type KnownPerson, type People } from './people'
import { confirmRevoked } from '../messages/revoke'
import { answerOf } from '../planned'

const JUDGED_AT_ONCE = 100

type Reply = ReplyOf<'ingest.events'>
type Judged = { id: string | null; event: IngestEvent } | { id: string | null; issues: { code: string; path: string }[] }

/**
 * `POST /v1/ingest/events`: what happened to messages. Each event is judged by itself; the good ones are stored
 * together, in one take of the sequence, with the messages that they tell of.
 */
export const ingestEvents = ({ store, breathe }: ActionDeps): Handler<'ingest.events'> => async ({ body }, ctx) => {
  const { serviceOrganizationId: organizationId, now, requestId, ip, repeat } = ctx
  if (organizationId === null) return refused('auth.invalid')
  const judged = await judgeAll(body.events, now, breathe)
  const idempotency = repeat === null ? {} : { idempotency: { key: repeat.key, route: repeat.route, bodyHash: repeat.bodyHash } }
  const scope = { organizationId, actor: { id: null, email: 'service', name: '' }, requestId, ip, client: 'service', now, breathe, ...idempotency }
  return answerOf(await store.change<Reply>(scope, async (change) => {
    const events = judged.flatMap((one) => ('event' in one ? [one.event] : []))
    const fresh = await claimEventIds(change.db, organizationId, [...new Set(events.map(({ id }) => id))], now)
    // The first of several with one id is stored.
    const stored = events.filter(({ id }) => fresh.delete(id))
    await storeEvents(change, stored)
    return { ok: true, value: toReply(judged, new Set(stored)) }
  }))
}

/** A thousand events take as long to judge as several requests take to answer: those come in between. */
async function judgeAll(items: readonly unknown[], now: Date, breathe: ActionDeps['breathe']): Promise<Judged[]> {
  const judged: Judged[] = []
  for (let from = 0; from < items.length; from += JUDGED_AT_ONCE) {
    judged.push(...items.slice(from, from + JUDGED_AT_ONCE).map((item) => judge(item, now)))
    await breathe()
  }
  return judged
}

function judge(item: unknown, now: Date): Judged {
  const parsed = v.safeParse(ingestEventSchema, item)
  const id = typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? item.id : null
  if (!parsed.success) return { id, issues: parsed.issues.map((issue) => ({ code: codeOf(issue), path: v.getDotPath(issue) ?? '' })) }
  if (new Date(parsed.output.at).getTime() > now.getTime() + CLOCK_AHEAD_MS) return { id, issues: [{ code: 'field.too_large', path: 'at' }] }
  return { id, event: parsed.output }
}

/** Our own schemas say their code; what valibot finds by itself is a missing, an unknown or a wrong field. */
function codeOf(issue: v.BaseIssue<unknown>): string {
  if (/^[a-z_]+\.[a-z_]+$/.test(issue.message)) return issue.message
  if (issue.expected === 'never') return 'field.unknown'
  return issue.received === 'undefined' ? 'field.required' : 'field.invalid'
}

function toReply(judged: readonly Judged[], stored: ReadonlySet<IngestEvent>): Reply {
  const outcomes = judged.map((one): Reply['outcomes'][number] => {
    if ('issues' in one) return { id: one.id, outcome: 'invalid', issues: one.issues }
    return { id: one.id, outcome: stored.has(one.event) ? 'stored' : 'duplicate' }
  })
  const count = (of: Reply['outcomes'][number]['outcome']): number => outcomes.filter(({ outcome }) => outcome === of).length
  return { stored: count('stored'), duplicates: count('duplicate'), invalid: count('invalid'), outcomes }
}

async function storeEvents(change: Change, stored: readonly IngestEvent[]): Promise<void> {
  if (stored.length === 0) return
  const keyOf = createKeyOf()
  const events = stored.map((event) => toMessageEvent(event, keyOf)).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  await change.breathe()
  const known = await loadMessages(change.db, change.organization.id, events)
  const people = await findPeople(change.db, change.organization.id, [...known.senders(keyOf), ...events.flatMap(({ recipient }) => (recipient === null ? [] : [recipient.key]))])
  for (const event of events) change.record(toLine(event, known, people, keyOf))
  await change.breathe()
  await confirmRevoked(change, events.filter(({ kind }) => kind === 'revoked').map(({ message }) => message.id))
  await putMessages(change.db, messageRows(change.organization.id, known, people, keyOf), recipientRows(change.organization.id, known))
}

function toLine(event: ReturnType<typeof toMessageEvent>, known: Known, people: People, keyOf: KeyOf): NewEvent {
  const { message, kind } = event
  const state = known.stateOf(message.id)
  const sender = personOf(state.sender, people, keyOf)
  const recipient = event.recipient === null ? null : personOf(event.recipient.email, people, keyOf)
  const actor = kind === 'sent' ? sender : recipient
  return {
    category: 'activity', kind, ofAdmin: (sender?.isAdmin ?? false) || (recipient?.isAdmin ?? false), at: new Date(event.at), messageId: message.id,
    actor: actor?.person ?? { id: null, email: '', name: '' }, subjects: sender === null ? [] : [sender.person],
    target: { type: 'message', id: message.id, label: state.subject || state.reference || message.id }, ip: event.ip, client: event.client,
  }
}

function personOf(email: string, people: People, keyOf: KeyOf): KnownPerson | null {
  if (email === '') return null
  return people.get(keyOf(email)) ?? { person: { id: null, email, name: '' }, isAdmin: false }
}
