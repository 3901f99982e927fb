import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { EVENT_CATEGORIES } from '../../logs/logs.model'
import { compact, defineScreen } from '../define'
import type { ActionRef, Block, Env, Field, Params } from '../vocabulary'
import { eventEntry } from './event-entry'
import { personText } from './events.text'
import { dayBounds, exportActions, kindOptions } from './filters'

type Replies = { events: ReplyOf<'events.list'> }

const FILTERS = ['category', 'user', 'actor', 'kind', 'ip', 'from', 'to'] as const

const pick = (params: Params): Params => compact(Object.fromEntries(['q', 'cursor', ...FILTERS].map((name) => [name, params[name]])))

const isOwn = (params: Params, env: Env): boolean => params['user'] !== undefined && params['user'] === env.viewer?.user?.id
const seesOthers = (env: Env): boolean => env.viewer?.abilities['logs.view_users'] === true || env.viewer?.abilities['logs.view_admins'] === true

const filters = (params: Params, env: Env): Field[] => [
  {
    as: 'one', name: 'category', label: env.t('logs.column_category'), value: [params['category'] ?? ''],
    options: [{ value: '', label: env.t('filter.any'), enabled: true }, ...EVENT_CATEGORIES.map((category) => ({ value: category, label: env.t(`log_category.${category}`), enabled: true as const }))],
  },
  {
    as: 'one', name: 'kind', label: env.t('logs.column_kind'), value: [params['kind'] ?? ''],
    options: [{ value: '', label: env.t('logs.kind_any'), enabled: true }, ...kindOptions(env.t)],
  },
  { as: 'date', name: 'from', label: env.t('common.from'), value: (params['from'] ?? '').slice(0, 10) },
  { as: 'date', name: 'to', label: env.t('common.to'), value: (params['to'] ?? '').slice(0, 10) },
  ...(seesOthers(env) && !isOwn(params, env) ? [{ as: 'text' as const, name: 'actor', label: env.t('logs.actor'), value: params['actor'] ?? '' }] : []),
  { as: 'text', name: 'ip', label: env.t('log.ip'), value: params['ip'] ?? '' },
]

const list = (events: Replies['events'], env: Env): Block =>
  events.items.length === 0
    ? { is: 'empty', title: env.t('log.none_title'), text: env.t('log.none_text') }
    : { is: 'timeline', label: env.t('log.title'), entries: events.items.map((event) => eventEntry(event, env)), page: { next: events.next } }

/** One's own log may always be exported; that of others takes a permission. */
const exports = (params: Params, env: Env): ActionRef[] =>
  env.viewer?.abilities['logs.export'] === true || isOwn(params, env) || !seesOthers(env) ? exportActions('events', ['csv', 'xlsx', 'pdf'], params, env) : []

/** Above the lines, which go on for as long as somebody scrolls: what stands below them is never reached. */
const ways = (params: Params, env: Env): Block => {
  const to = (action: ActionRef['action'], label: string, args: Params = {}): ActionRef => ({ action, args, label, enabled: true })
  return {
    is: 'actions',
    items: [
      to('nav.statistics', env.t('statistics.title'), compact({ user: params['user'] })),
      ...(exports(params, env).length > 0 ? [to('nav.exports', env.t('exports.title'))] : []),
      isOwn(params, env) ? to('nav.messages', env.t('me.messages'), { mine: 'true' }) : to('nav.messages', env.t('messages.title'), compact({ user: params['user'] })),
      ...(params['user'] === undefined && env.viewer?.abilities['settings.manage'] === true ? [to('nav.retention', env.t('retention.title'))] : []),
    ],
  }
}

/** Whose log it is, as its lines call them. */
const titleOf = ({ items }: Replies['events'], params: Params, env: Env): string => {
  const { user } = params
  if (user === undefined) return env.t('log.title')
  if (isOwn(params, env)) return env.t('me.activity')
  const known = items.flatMap(({ actor, subjects }) => [actor, ...subjects]).find(({ id }) => id === user)
  return known === undefined ? env.t('logs.of_user') : env.t('logs.of', { name: personText(known) })
}

/** The log of the organization, of one user, or one's own: whatever the viewer may see of it. */
export const logScreen = defineScreen<Replies>({
  id: 'log',
  parse: (params) => ({ ok: true, params: pick(params) }),
  needs: (params, env) => ({ events: call('events.list', { query: { ...pick(params), ...dayBounds(params), limit: String(env.can.pageSize) } }) }),
  shape: ['search', 'timeline'],
  cache: { forS: 10, tags: ['events'] },
  watch: { topics: ['events'] },
  view: ({ events }, params, _draft, env) => {
    if (!events.ok) return { title: env.t('log.title'), blocks: [] }
    return {
      title: titleOf(events.value, params, env),
      blocks: [
        { is: 'search', q: params['q'] ?? '', placeholder: env.t('log.search'), filters: filters(params, env), active: FILTERS.filter((name) => name !== 'user' && params[name] !== undefined).length },
        ways(params, env),
        list(events.value, env),
      ],
      ...(events.value.items.length === 0 ? {} : { more: exports(params, env) }),
    }
  },
})
