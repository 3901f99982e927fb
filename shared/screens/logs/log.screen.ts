import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { EVENT_CATEGORIES } from '../../logs/logs.model'
import { compact, defineScreen } from '../define'
import type { Block, Env, Field, Params } from '../vocabulary'
import { eventEntry } from './events'

type Replies = { events: ReplyOf<'events.list'> }

const FILTERS = ['category', 'user', 'actor', 'kind', 'ip', 'from', 'to'] as const

const pick = (params: Params): Params => compact(Object.fromEntries(['q', 'cursor', ...FILTERS].map((name) => [name, params[name]])))

/** A day that was chosen on screen, as the moments between which it lies. */
const dayBounds = (params: Params): Params => compact({
  from: params['from'] && params['from'].length === 10 ? `${params['from']}T00:00:00.000Z` : params['from'],
  to: params['to'] && params['to'].length === 10 ? `${params['to']}T23:59:59.999Z` : params['to'],
})

const filters = (params: Params, env: Env): Field[] => [
  {
    as: 'one', name: 'category', label: env.t('log.category'), value: [params['category'] ?? ''],
    options: [{ value: '', label: env.t('filter.any'), enabled: true }, ...EVENT_CATEGORIES.map((category) => ({ value: category, label: env.t(`log_category.${category}`), enabled: true as const }))],
  },
  { as: 'date', name: 'from', label: env.t('common.from'), value: (params['from'] ?? '').slice(0, 10) },
  { as: 'date', name: 'to', label: env.t('common.to'), value: (params['to'] ?? '').slice(0, 10) },
  { as: 'text', name: 'ip', label: env.t('log.ip'), value: params['ip'] ?? '' },
]

const list = (events: Replies['events'], env: Env): Block =>
  events.items.length === 0
    ? { is: 'empty', title: env.t('log.none_title'), text: env.t('log.none_text') }
    : { is: 'timeline', label: env.t('log.title'), entries: events.items.map((event) => eventEntry(event, env)), page: { next: events.next } }

/** The log of the organization, of one user, or one's own: whatever the viewer may see of it. */
export const logScreen = defineScreen<Replies>({
  id: 'log',
  parse: (params) => ({ ok: true, params: pick(params) }),
  needs: (params, env) => ({ events: call('events.list', { query: { ...pick(params), ...dayBounds(params), limit: String(env.can.pageSize) } }) }),
  shape: ['search', 'timeline'],
  cache: { forS: 10, tags: ['events'] },
  watch: { topics: ['events'] },
  view: ({ events }, params, _draft, env) => {
    const own = params['user'] !== undefined && params['user'] === env.viewer?.user?.id
    const title = env.t(own ? 'me.activity' : 'log.title')
    if (!events.ok) return { title, blocks: [] }
    return {
      title,
      blocks: [
        { is: 'search', q: params['q'] ?? '', placeholder: env.t('log.search'), filters: filters(params, env), active: FILTERS.filter((name) => name !== 'user' && params[name] !== undefined).length },
        list(events.value, env),
      ],
    }
  },
})
