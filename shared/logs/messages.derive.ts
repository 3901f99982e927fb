import type { IngestEvent, Message } from './logs.model'
import type { ActivityKind } from './kinds.model'

/** What is known of one recipient; the key is their folded address. */
export type RecipientState = { email: string; state: string; at: string }

/** A message as its events tell it. Moments are RFC 3339 in UTC, so that they compare as text. */
export type MessageState = {
  reference: string
  subject: string
  type: string
  sender: string
  files: number
  openings: number
  activities: number
  sentAt: string
  lastActivityAt: string
  expiresAt: string | null
  status: Message['status']
  revokedAt: string | null
  recipients: Record<string, RecipientState>
}

/** An event of the messaging service with its moment in UTC and the keys of its people. */
export type MessageEvent = { kind: ActivityKind; at: string; message: IngestEvent['message']; recipient: { key: string; email: string } | null; recipients: readonly { key: string; email: string }[] }

/** How far a recipient has come: a later word never takes back an earlier one, in whatever order they arrive. */
const RANK: Record<string, number> = { sent: 0, failed: 1, delivered: 2, opened: 3, downloaded: 4, replied: 5, signed: 6 }
/** What a message has become for good weighs more than what it was. */
const STATUS_RANK: Record<Message['status'], number> = { live: 0, revoke_requested: 1, failed: 2, expired: 3, revoked: 4 }

/** A message of which nothing is known but this event. */
const emptyState = (event: MessageEvent): MessageState => ({
  reference: '', subject: '', type: '', sender: '', files: 0, openings: 0, activities: 0, sentAt: event.at, lastActivityAt: event.at, expiresAt: null, status: 'live', revokedAt: null, recipients: {},
})

/** The message after one more event. The same events in another order come to the same message, but for texts told differently. */
export function applyMessageEvent(before: MessageState | null, event: MessageEvent): MessageState {
  const state = before ?? emptyState(event)
  const { message } = event
  // The sending itself and newer events know better than older ones.
  const isNewer = event.kind === 'sent' || event.at >= state.lastActivityAt
  const told = <T extends string | number>(value: T | undefined, known: T): T => (value !== undefined && value !== '' && (isNewer || known === '' || known === 0) ? value : known)
  const recipients = recipientsAfter(state.recipients, event)
  return {
    reference: told(message.reference, state.reference),
    subject: told(message.subject, state.subject),
    type: told(message.type, state.type),
    sender: told(message.sender, state.sender),
    files: told(message.files, state.files),
    openings: state.openings + (event.kind === 'opened' ? 1 : 0),
    activities: state.activities + 1,
    sentAt: event.at < state.sentAt ? event.at : state.sentAt,
    lastActivityAt: event.at > state.lastActivityAt ? event.at : state.lastActivityAt,
    expiresAt: message.expiresAt !== undefined && (isNewer || state.expiresAt === null) ? utc(message.expiresAt) : state.expiresAt,
    status: statusAfter(state.status, event, recipients),
    revokedAt: event.kind === 'revoked' ? event.at : state.revokedAt,
    recipients,
  }
}

const utc = (moment: string | null): string | null => (moment === null ? null : new Date(moment).toISOString())

function statusAfter(status: Message['status'], event: MessageEvent, recipients: MessageState['recipients']): Message['status'] {
  const next = statusTold(event, recipients)
  return STATUS_RANK[next] > STATUS_RANK[status] ? next : status
}

function statusTold({ kind, recipient }: MessageEvent, recipients: MessageState['recipients']): Message['status'] {
  if (kind === 'revoked' || kind === 'expired') return kind
  if (kind !== 'failed') return 'live'
  // A message has failed when it reached nobody.
  const states = Object.values(recipients)
  return recipient === null || states.every(({ state }) => state === 'failed') ? 'failed' : 'live'
}

function recipientsAfter(known: MessageState['recipients'], { kind, at, recipient, recipients }: MessageEvent): MessageState['recipients'] {
  const after = { ...known }
  for (const { key, email } of recipients) after[key] ??= { email, state: 'sent', at }
  if (recipient === null || RANK[kind] === undefined) return after
  const current = after[recipient.key]
  const isFurther = current === undefined || RANK[kind] > (RANK[current.state] ?? 0) || (kind === current.state && at > current.at)
  return isFurther ? { ...after, [recipient.key]: { email: current?.email ?? recipient.email, state: kind, at } } : after
}
