import type { Message } from '../../logs/logs.model'
import type { ActionRef, Badge, Column, Env, Fact, Row, Tone } from '../vocabulary'
import { enabledBy, isOffered } from '../words'

const TONES: Record<Message['status'], Tone> = { live: 'success', expired: 'neutral', revoke_requested: 'warning', revoked: 'danger', failed: 'danger' }

/** What a message is called: its subject, or that it has none. */
export const messageTitle = (message: Message, env: Env): string => message.subject || env.t('messages.no_subject')

export const messageBadge = (message: Message, env: Env): Badge => ({ text: env.t(`message_status.${message.status}`), tone: TONES[message.status] })

const day = (at: string | null, env: Env): string => (at === null ? '' : env.t.dateTime(at))
const expiry = (message: Message, env: Env): string => (message.expiresAt === null ? env.t('messages.never_expires') : env.t.dateTime(message.expiresAt))
/** A word of the messaging service in the reader's language; one that is not known stands as it is. */
const wordText = (area: 'log_kind' | 'message_type', word: string, env: Env): string => {
  const key = `${area}.${word}`
  return env.t.has(key) ? env.t(key) : word
}

/** The columns of a list of messages beside the badge with the status; `cell` is what stands in each. */
const COLUMNS: { id: string; label: (env: Env) => string; rank: Column['rank']; end?: boolean; cell: (message: Message, env: Env) => string }[] = [
  { id: 'subject', label: (env) => env.t('messages.subject'), rank: 1, cell: messageTitle },
  { id: 'sent_at', label: (env) => env.t('messages.sent_at'), rank: 1, cell: (message, env) => day(message.sentAt, env) },
  { id: 'recipients', label: (env) => env.t('messages.recipients'), rank: 2, cell: (message, env) => env.t.list(message.recipients.slice(0, 3).map(({ email }) => email)) },
  { id: 'last_activity', label: (env) => env.t('messages.last_activity'), rank: 2, cell: (message, env) => day(message.lastActivityAt, env) },
  { id: 'expires_at', label: (env) => env.t('messages.expires_at'), rank: 2, cell: expiry },
  { id: 'openings', label: (env) => env.t('messages.openings'), rank: 2, end: true, cell: (message, env) => env.t.number(message.openings) },
  { id: 'activities', label: (env) => env.t('messages.activities'), rank: 3, end: true, cell: (message, env) => env.t.number(message.activities) },
  { id: 'files', label: (env) => env.t('messages.files'), rank: 3, end: true, cell: (message, env) => env.t.number(message.files) },
  { id: 'reference', label: (env) => env.t('messages.reference'), rank: 3, cell: (message) => message.reference },
  { id: 'sender', label: (env) => env.t('messages.sender'), rank: 3, cell: (message) => message.sender.name || message.sender.email },
  { id: 'type', label: (env) => env.t('messages.type'), rank: 3, cell: (message, env) => wordText('message_type', message.type, env) },
]

/** The columns of a list of messages; one's own need no sender. */
export const messageColumns = (own: boolean, env: Env): Column[] =>
  columnsFor(own).map(({ id, label, rank, end }) => ({ id, label: label(env), rank, ...(end ? { end } : {}) }))

/** One message as a row of that list. */
export const messageRow = (message: Message, own: boolean, env: Env): Row & { cells: string[] } => ({
  id: message.id, title: messageTitle(message, env), badge: messageBadge(message, env), open: { screen: 'message', params: { messageId: message.id } },
  cells: columnsFor(own).map(({ cell }) => cell(message, env)),
})

const columnsFor = (own: boolean) => COLUMNS.filter(({ id }) => !own || id !== 'sender')

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
