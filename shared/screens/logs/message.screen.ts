import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { defineScreen, needParams } from '../define'
import type { Block, Env } from '../vocabulary'
import { eventEntry } from './event-entry'
import { messageFacts, messageTitle, recipientRows, revokeActions } from './messages'

type Replies = { found: ReplyOf<'messages.get'> }

const logBlock = ({ message, events }: ReplyOf<'messages.get'>, env: Env): Block =>
  events.length === 0
    ? { is: 'notice', tone: 'neutral', text: env.t('log.none_yet') }
    : { is: 'timeline', label: env.t('messages.log'), entries: events.map((event) => eventEntry(event, env, message.id)), page: { next: null } }

/** One message: what it is, how far each recipient has come, what happened to it, and its revocation. */
export const messageScreen = defineScreen<Replies>({
  id: 'message',
  parse: needParams('messageId'),
  needs: (params) => ({ found: call('messages.get', { params: { messageId: params['messageId'] ?? '' } }) }),
  shape: ['facts', 'table', 'timeline'],
  cache: { forS: 10, tags: ['messages', 'events'] },
  watch: { topics: ['messages', 'events'] },
  view: ({ found }, _params, _draft, env) => {
    if (!found.ok) return { title: env.t('messages.title'), blocks: [] }
    const { message } = found.value
    const [revoke] = revokeActions(message, env)
    const columns = [
      { id: 'recipient', label: env.t('messages.recipient'), rank: 1 as const },
      { id: 'state', label: env.t('messages.recipient_state'), rank: 1 as const },
      { id: 'at', label: env.t('logs.column_at'), rank: 2 as const },
    ]
    return {
      title: messageTitle(message, env),
      blocks: [
        { is: 'facts', items: messageFacts(message, env) },
        ...(message.recipients.length === 0 ? [] : [{ is: 'section' as const, title: env.t('messages.recipients'), blocks: [{ is: 'table' as const, icon: 'contact' as const, label: env.t('messages.recipient'), columns, rows: recipientRows(message, env), page: { next: null } }] }]),
        { is: 'section', title: env.t('messages.log'), blocks: [logBlock(found.value, env)] },
      ],
      ...(revoke === undefined ? {} : { primary: revoke }),
    }
  },
})
