import type { ContextReply } from '../../mail/context.model'
import type { Block, Env } from '../vocabulary'
import type { EntryOf } from './events'
import { messageFacts, messageTitle, revokeActions } from './messages'

const EVENTS_SHOWN = 5
const FACTS_SHOWN = 4

/** The secure message that the open mail tells of: what it is, what happened last, its whole log and its revocation. */
export const trackedBlocks = (found: ContextReply['message'], entryOf: EntryOf, env: Env): Block[] => {
  if (found === null) return []
  const { message, events } = found
  const actions = revokeActions(message, env)
  return [{
    is: 'section', title: env.t('messages.tracked'),
    blocks: [
      { is: 'facts', items: [{ label: env.t('messages.subject'), value: messageTitle(message, env) }, ...messageFacts(message, env).slice(0, FACTS_SHOWN)] },
      ...(events.length === 0 ? [] : [{ is: 'timeline' as const, label: env.t('messages.log'), entries: events.slice(0, EVENTS_SHOWN).map((event) => entryOf(event, env, message.id)), page: { next: null } }]),
      { is: 'links', items: [{ label: env.t('messages.open'), icon: 'message', open: { screen: 'message', params: { messageId: message.id } } }] },
      ...(actions.length === 0 ? [] : [{ is: 'actions' as const, items: actions }]),
    ],
  }]
}
