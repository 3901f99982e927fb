import type { Message } from '../../logs/logs.model'
import type { ActionRef, Env, Fact, Row } from '../vocabulary'
import { enabledBy, isOffered } from '../words'

/** What a message is called: its subject, or that it has none. */
export const messageTitle = (message: Message, env: Env): string => message.subject || env.t('messages.no_subject')

/** A moment of a message, or nothing where it has not come. */
export const day = (at: string | null, env: Env): string => (at === null ? '' : env.t.dateTime(at))
/** Until when a message can be read. */
export const expiry = (message: Message, env: Env): string => (message.expiresAt === null ? env.t('messages.never_expires') : env.t.dateTime(message.expiresAt))
/** A word of the messaging service in the reader's language; one that is not known stands as it is. */
export const wordText = (area: 'log_kind' | 'message_type', word: string, env: Env): string => {
  const key = `${area}.${word}`
  return env.t.has(key) ? env.t(key) : word
}

/** What is known of a message as a whole. */
export const messageFacts = (message: Message, env: Env): Fact[] => [
  { label: env.t('messages.status'), value: env.t(`message_status.${message.status}`), ...(message.status === 'revoke_requested' ? { note: env.t('messages.revoke_waiting') } : {}) },
  { label: env.t('messages.sender'), value: message.sender.name || message.sender.email, ...(message.sender.name ? { note: message.sender.email } : {}) },
  { label: env.t('messages.sent_at'), value: day(message.sentAt, env) },
  { label: env.t('messages.expires_at'), value: expiry(message, env) },
  ...(message.lastActivityAt === null ? [] : [{ label: env.t('messages.last_activity'), value: day(message.lastActivityAt, env) }]),
  { label: env.t('messages.openings'), value: env.t.number(message.openings) },
  { label: env.t('messages.activities'), value: env.t.number(message.activities) },
  { label: env.t('messages.files'), value: env.t.number(message.files) },
  ...(message.reference === '' ? [] : [{ label: env.t('messages.reference'), value: message.reference, copy: true }]),
  ...(message.type === '' ? [] : [{ label: env.t('messages.type'), value: wordText('message_type', message.type, env) }]),
]

/** Each recipient and how far they have come. */
export const recipientRows = (message: Message, env: Env): (Row & { cells: string[] })[] =>
  message.recipients.map(({ email, state, at }) => ({ id: email, title: email, cells: [email, wordText('log_kind', state, env), day(at, env)] }))

const revocable = (message: Message, env: Env): ActionRef['enabled'] =>
  message.status === 'revoke_requested' ? env.t('messages.revoke_waiting') : enabledBy(message.abilities['message.revoke'], env)

/** Revoke, where it is worth showing: with the reason where it can't be done now. */
export const revokeActions = (message: Message, env: Env): ActionRef[] =>
  isOffered(message.abilities, 'message.revoke')
    ? [{ action: 'message.revoke', args: { messageId: message.id }, label: env.t('messages.revoke'), tone: 'danger', enabled: revocable(message, env) }]
    : []
