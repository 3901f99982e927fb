import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { MESSAGE_STATUSES } from '../../logs/logs.model'
import { compact, defineScreen } from '../define'
import type { Block, Env, Field, Params } from '../vocabulary'
import { dayBounds, exportActions } from './filters'
import { messageColumns, messageRow } from './message-list'

type Replies = { messages: ReplyOf<'messages.list'> }

const FILTERS = ['status', 'user', 'from', 'to', 'mine'] as const
const SHOWN = ['status', 'from', 'to'] as const

const pick = (params: Params): Params => compact(Object.fromEntries(['q', 'cursor', ...FILTERS].map((name) => [name, params[name]])))

const filters = (params: Params, env: Env): Field[] => [
  {
    as: 'one', name: 'status', label: env.t('messages.status'), value: [params['status'] ?? ''],
    options: [{ value: '', label: env.t('filter.any'), enabled: true }, ...MESSAGE_STATUSES.map((status) => ({ value: status, label: env.t(`message_status.${status}`), enabled: true as const }))],
  },
  { as: 'date', name: 'from', label: env.t('common.from'), value: (params['from'] ?? '').slice(0, 10) },
  { as: 'date', name: 'to', label: env.t('common.to'), value: (params['to'] ?? '').slice(0, 10) },
]

const list = ({ items, next }: Replies['messages'], own: boolean, env: Env): Block =>
  items.length === 0
    ? { is: 'empty', title: env.t('messages.none_title'), text: env.t('messages.none_text') }
    : { is: 'table', icon: 'message', label: env.t('messages.title'), columns: messageColumns(own, env), rows: items.map((message) => messageRow(message, own, env)), page: { next } }

/** Secure messages: one's own, or all that the viewer may know of. */
export const messagesScreen = defineScreen<Replies>({
  id: 'messages',
  parse: (params) => ({ ok: true, params: pick(params) }),
  needs: (params, env) => ({ messages: call('messages.list', { query: { ...pick(params), ...dayBounds(params), limit: String(env.can.pageSize) } }) }),
  shape: ['search', 'table'],
  cache: { forS: 10, tags: ['messages'] },
  watch: { topics: ['messages'] },
  view: ({ messages }, params, _draft, env) => {
    const own = params['mine'] === 'true'
    const title = env.t(own ? 'me.messages' : 'messages.title')
    if (!messages.ok) return { title, blocks: [] }
    return {
      title,
      blocks: [
        { is: 'search', q: params['q'] ?? '', placeholder: env.t('messages.search'), filters: filters(params, env), active: SHOWN.filter((name) => params[name] !== undefined).length },
        list(messages.value, own, env),
      ],
      ...(messages.value.items.length === 0 ? {} : { more: exportActions('messages', ['csv', 'xlsx'], params, env) }),
    }
  },
})
