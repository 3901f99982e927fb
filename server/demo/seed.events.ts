import type { EventKind } from '../../shared/logs/logs.model'
import type { OpenEvent } from '../store/events.chain'
import type { EventPerson } from '../store/events.model'
import type { SeedMessage } from './seed.messages'
import type { SeedUser } from './seed.people'
import { below, pick, type Random } from './seed.random'

/** What the log of the demo is made from. `from` is the moment of its first line, `to` of its last. */
export type SeedLog = { organizationId: string; users: readonly SeedUser[]; messages: readonly SeedMessage[]; count: number; from: Date; to: Date; random: Random; newId: (at: Date) => string }

const CLIENT_WORDS = ['outlook', 'outlook', 'gmail', 'web'] as const
const ACTIVITIES = ['delivered', 'opened', 'opened', 'opened', 'downloaded', 'replied', 'signed'] as const
const AUDITS = ['user.edited', 'license.assigned', 'license.activated', 'activation.sent', 'user.workspaces_changed'] as const

/** The lines of the log, in order, evenly spread over its time: messages, sign-ins and what admins did. */
export function* seedEvents(log: SeedLog): Generator<OpenEvent> {
  const stepMs = (log.to.getTime() - log.from.getTime()) / Math.max(1, log.count)
  const [owner] = log.users
  if (owner === undefined) return
  for (let n = 0; n < log.count; n++) {
    const at = new Date(Math.floor(log.from.getTime() + n * stepMs))
    const user = log.users[below(log.random, log.users.length)] ?? owner
    yield lineOf(log, n, at, user, owner)
  }
}

function lineOf(log: SeedLog, n: number, at: Date, user: SeedUser, owner: SeedUser): OpenEvent {
  const { random } = log
  const base = baseOf(log, n, at)
  // The first lines are those of the messages' sending, so that none is opened before it was sent.
  const message = n < log.messages.length ? log.messages[n] : undefined
  if (message !== undefined) return { ...base, ...activity(message, 'sent'), of_admin: message.sender.role !== 'member' }
  const chance = random()
  const known = log.messages[below(random, log.messages.length)]
  if (chance < 0.7 && known !== undefined) return { ...base, ...activity(known, pick(random, ACTIVITIES)), of_admin: known.sender.role !== 'member' }
  const isAdmin = user.role !== 'member'
  if (chance < 0.85) return { ...base, ...acting(personOf(user)), category: 'sign_in', kind: 'signed_in', subjects: [personOf(user)], of_admin: isAdmin }
  return {
    ...base, ...acting(personOf(owner)), category: 'audit', kind: pick(random, AUDITS), subjects: [personOf(user)], of_admin: true,
    target_type: 'user', target_id: user.id, target_label: user.email,
  }
}

function baseOf({ organizationId, random, newId }: SeedLog, n: number, at: Date): Omit<OpenEvent, 'category' | 'kind' | 'subjects' | 'of_admin' | 'actor_id' | 'actor_email' | 'actor_name'> {
  return {
    organization_id: organizationId, sequence: n + 1, id: newId(at), at, recorded_at: at, target_type: null, target_id: null, target_label: null, message_id: null,
    changes: {}, ip: `203.0.113.${below(random, 250) + 1}`, client: pick(random, CLIENT_WORDS), request_id: `demo-${n + 1}`,
  }
}

function activity(message: SeedMessage, kind: EventKind): Pick<OpenEvent, 'category' | 'kind' | 'subjects' | 'actor_id' | 'actor_email' | 'actor_name' | 'target_type' | 'target_id' | 'target_label' | 'message_id'> {
  const sender = personOf(message.sender)
  const actor = kind === 'sent' ? sender : { id: null, email: message.recipients[0] ?? '', name: '' }
  return { ...acting(actor), category: 'activity', kind, subjects: [sender], target_type: 'message', target_id: message.id, target_label: message.subject, message_id: message.id }
}

const acting = (actor: EventPerson) => ({ actor_id: actor.id, actor_email: actor.email, actor_name: actor.name })
const personOf = (user: SeedUser): EventPerson => ({ id: user.id, email: user.email, name: `${user.firstName} ${user.lastName}` })
