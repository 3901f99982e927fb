import type { EventKind } from '../../shared/logs/kinds.model'
import type { OpenEvent } from '../store/events.chain'
import type { EventChanges, EventPerson } from '../store/events.model'
import type { SeedMessage } from './seed.messages'
import type { SeedUser } from './seed.people'
import { below, pick, type Random } from './seed.random'

/** What the log of the demo is made from. `from` is the moment of its first line, `to` of its last. */
export type SeedLog = { organizationId: string; users: readonly SeedUser[]; messages: readonly SeedMessage[]; count: number; from: Date; to: Date; random: Random; newId: (at: Date) => string }

const CLIENT_WORDS = ['outlook', 'outlook', 'gmail', 'web'] as const
const ACTIVITIES = ['delivered', 'opened', 'opened', 'opened', 'downloaded', 'replied', 'signed'] as const
/** What each of these changed, made once: a million lines are made before the demo answers. */
const CHANGES: Partial<Record<EventKind, readonly [EventChanges, ...EventChanges[]]>> = {
  'user.edited': [{ mobile: { from: '', to: '+33 6 12 34 56 78' } }, { language: { from: 'en', to: 'fr' } }, { firstName: { from: 'Ana', to: 'Anna' }, smsCountry: { from: '', to: 'ES' }, timeZone: { from: '', to: 'Europe/Madrid' }, secondFactor: { from: false, to: true } }],
  'user.workspaces_changed': [{ workspaces: { from: ['Sales'], to: ['Legal', 'Sales'] } }, { workspaces: { from: [], to: ['Sales'] } }],
}
const NO_CHANGES: EventChanges = {}
const UNCHANGED = [NO_CHANGES] as const
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

type Told = { kind: EventKind; category: OpenEvent['category']; actor: EventPerson; subject: EventPerson; ofAdmin: boolean; target: { type: string; id: string; label: string } | null; messageId: string | null; changes?: EventChanges }

/** One object made at once: a million lines are made before the demo answers. */
function lineOf(log: SeedLog, n: number, at: Date, user: SeedUser, owner: SeedUser): OpenEvent {
  const id = log.newId(at)
  const ip = `203.0.113.${below(log.random, 250) + 1}`
  const client = pick(log.random, CLIENT_WORDS)
  const { kind, category, actor, subject, ofAdmin, target, messageId, changes } = toldBy(log, n, user, owner)
  return {
    organization_id: log.organizationId, sequence: n + 1, id, at, recorded_at: at, category, kind, actor_id: actor.id, actor_email: actor.email, actor_name: actor.name, of_admin: ofAdmin,
    subjects: [subject], target_type: target?.type ?? null, target_id: target?.id ?? null, target_label: target?.label ?? null, message_id: messageId,
    changes: changes ?? NO_CHANGES, ip, client, request_id: `demo-${n + 1}`,
  }
}

function toldBy({ random, messages }: SeedLog, n: number, user: SeedUser, owner: SeedUser): Told {
  // The first lines are those of the messages' sending, so that none is opened before it was sent.
  const message = n < messages.length ? messages[n] : undefined
  if (message !== undefined) return activity(message, 'sent')
  const chance = random()
  const known = messages[below(random, messages.length)]
  if (chance < 0.7 && known !== undefined) return activity(known, pick(random, ACTIVITIES))
  const subject = personOf(user)
  if (chance < 0.85) return { kind: 'signed_in', category: 'sign_in', actor: subject, subject, ofAdmin: user.role !== 'member', target: null, messageId: null }
  const { kind, changes } = auditOf(random, user)
  return { kind, changes, category: 'audit', actor: personOf(owner), subject, ofAdmin: true, target: { type: 'user', id: user.id, label: user.email }, messageId: null }
}

/** The log tells of no other license than the one that its user holds. */
function auditOf(random: Random, { plan }: SeedUser): { kind: EventKind; changes: EventChanges } {
  const picked = pick(random, AUDITS)
  const kind = plan === null && picked.startsWith('license.') ? 'user.edited' : picked
  if (plan === null || !kind.startsWith('license.')) return { kind, changes: pick(random, CHANGES[kind] ?? UNCHANGED) }
  return { kind, changes: { license: { from: kind === 'license.assigned' ? null : plan, to: plan } } }
}

function activity({ id, subject: label, sender, recipients }: SeedMessage, kind: EventKind): Told {
  const subject = personOf(sender)
  const actor = kind === 'sent' ? subject : { id: null, email: recipients[0] ?? '', name: '' }
  return { kind, category: 'activity', actor, subject, ofAdmin: sender.role !== 'member', target: { type: 'message', id, label }, messageId: id }
}

const personOf = (user: SeedUser): EventPerson => ({ id: user.id, email: user.email, name: `${user.firstName} ${user.lastName}` })
