import type { OpenEvent } from '../store/events.chain'
import type { PlainRow } from '../store/bulk'
import type { SeedUser } from './seed.people'
import { below, pick, type Random } from './seed.random'

/** A message of the demo before it is a row. */
export type SeedMessage = { id: string; subject: string; sender: SeedUser; recipients: string[]; sentAt: Date; files: number; status: 'live' | 'expired' | 'revoked' }

/** Messages that the demo's mails carry, by their tracking header; what each is called there, and to whom it went. */
export const TRACKED_MESSAGES = ['msg-acme-0001', 'msg-acme-0002', 'msg-acme-0003'] as const
const TRACKED_AS = [
  { subject: 'Offer for review', recipients: ['legal@partner.example'] },
  { subject: 'Invoice and annexes', recipients: ['sales@supplier.example'] },
  { subject: 'Contract to sign', recipients: ['maria@acme.example'] },
]

const SUBJECTS = ['Offer for review', 'Contract to sign', 'Payroll documents', 'Invoice and annexes', 'Contrat à signer', 'Fiche de paie', 'Propuesta revisada', 'Documentos del proyecto'] as const
const OUTSIDERS = ['legal@partner.example', 'sales@supplier.example', 'notaire@etude.example', 'compras@cliente.example'] as const
const DAY_MS = 86_400_000

/** `count` messages; the first ones are those that the mails carry, sent by the named people. */
export function seedMessages(count: number, users: readonly [SeedUser, ...SeedUser[]], from: Date, to: Date, random: Random): SeedMessage[] {
  return Array.from({ length: count }, (_, index) => {
    const tracked = TRACKED_MESSAGES[index]
    const sender = tracked === undefined ? pick(random, users) : (users[index] ?? users[0])
    const sentAt = new Date(from.getTime() + ((to.getTime() - from.getTime()) * index) / (count * 2))
    const isOld = tracked === undefined && random() < 0.3
    return {
      id: tracked ?? `msg-acme-${String(index + 1).padStart(4, '0')}`, subject: pick(random, SUBJECTS), sender, sentAt, files: below(random, 4),
      recipients: [pick(random, OUTSIDERS)], status: isOld ? 'expired' : tracked === undefined && random() < 0.05 ? 'revoked' : 'live', ...(tracked === undefined ? {} : TRACKED_AS[index]),
    }
  })
}

/** What the log says of each message, by its id. */
export type Tally = Map<string, { openings: number; activities: number; last: Date }>

/** The lines as they are, each counted for its message on the way. */
export function* tallied(events: Iterable<OpenEvent>, tally: Tally): Generator<OpenEvent> {
  for (const event of events) {
    if (event.message_id !== null) {
      const told = tally.get(event.message_id)
      tally.set(event.message_id, { openings: (told?.openings ?? 0) + (event.kind === 'opened' ? 1 : 0), activities: (told?.activities ?? 0) + 1, last: event.at })
    }
    yield event
  }
}

/** The rows of `messages`, which say of themselves what the log says of them. */
export const messageRows = (organizationId: string, messages: readonly SeedMessage[], to: Date, tally: Tally): PlainRow[] => messages.map((message) => ({
  organization_id: organizationId, id: message.id, reference: message.id.toUpperCase(), subject: message.subject, type: 'message', sender_email: message.sender.email, sender_key: message.sender.email,
  sender_id: message.sender.id, sender_name: `${message.sender.firstName} ${message.sender.lastName}`, files: message.files, openings: tally.get(message.id)?.openings ?? 0, activities: tally.get(message.id)?.activities ?? 1, sent_at: message.sentAt,
  last_activity_at: tally.get(message.id)?.last ?? message.sentAt, expires_at: message.status === 'expired' ? new Date(to.getTime() - DAY_MS) : new Date(to.getTime() + 30 * DAY_MS), status: message.status,
  revoked_at: message.status === 'revoked' ? to : null,
}))

/** The rows of `message_recipients`. */
export const recipientRows = (organizationId: string, messages: readonly SeedMessage[]): PlainRow[] => messages.flatMap((message) => message.recipients.map((email) => ({
  organization_id: organizationId, message_id: message.id, email_key: email, email, state: 'delivered', at: message.sentAt,
})))
