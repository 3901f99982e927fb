import type { Message } from '../../logs/logs.model'
import type { Badge, Column, Env, Row, Tone } from '../vocabulary'
import { day, expiry, messageTitle, wordText } from './messages'

const TONES: Record<Message['status'], Tone> = { live: 'success', expired: 'neutral', revoke_requested: 'warning', revoked: 'danger', failed: 'danger' }

export const messageBadge = (message: Message, env: Env): Badge => ({ text: env.t(`message_status.${message.status}`), tone: TONES[message.status] })

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
