import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { STATISTICS_BY } from '../../logs/reports.model'
import { compact, defineScreen } from '../define'
import type { Block, Env, Field, Params } from '../vocabulary'
import { planText } from '../words'
import { dayBounds } from './filters'

type Counts = ReplyOf<'events.statistics'>
type Replies = { counts: Counts }

const FILTERS = ['by', 'from', 'to', 'user'] as const
/** More bars than this are not read but measured: the table beside them holds the rest. */
const BARS_MAX = 31

const pick = (params: Params): Params => compact(Object.fromEntries(['q', ...FILTERS].map((name) => [name, params[name]])))

const filters = (params: Params, env: Env): Field[] => [
  { as: 'one', name: 'by', label: env.t('statistics.by'), value: [params['by'] ?? 'day'], options: STATISTICS_BY.map((by) => ({ value: by, label: env.t(`statistics.by_${by}`), enabled: true })) },
  { as: 'date', name: 'from', label: env.t('common.from'), value: (params['from'] ?? '').slice(0, 10) },
  { as: 'date', name: 'to', label: env.t('common.to'), value: (params['to'] ?? '').slice(0, 10) },
]

const labelOf = ({ key, label }: Counts['points'][number], by: Counts['by'], env: Env): string => {
  if (by === 'plan') return key === '' ? env.t('statistics.no_plan') : planText(key, env)
  if (by === 'user') return label || env.t('statistics.nobody')
  return env.t.date(key)
}

const chart = (counts: Counts, what: 'sent' | 'opened' | 'signed', env: Env): Block => {
  const inTime = counts.by !== 'user' && counts.by !== 'plan'
  const points = inTime ? counts.points.slice(-BARS_MAX) : counts.points.slice(0, BARS_MAX)
  return {
    is: 'chart', title: env.t(`statistics.${what}`), draw: inTime ? 'line' : 'bars', unit: env.t(`statistics.${what}`),
    points: points.map((point) => ({ label: labelOf(point, counts.by, env), value: point[what], text: env.t.number(point[what]) })),
  }
}

const table = (counts: Counts, env: Env): Block => ({
  is: 'table', label: env.t('statistics.title'), page: { next: null },
  columns: [
    { id: 'label', label: env.t(`statistics.by_${counts.by}`), rank: 1 },
    ...(['sent', 'opened', 'signed'] as const).map((what) => ({ id: what, label: env.t(`statistics.${what}`), rank: 1 as const, end: true })),
  ],
  rows: counts.points.map((point) => {
    const label = labelOf(point, counts.by, env)
    return { id: point.key, title: label, cells: [label, env.t.number(point.sent), env.t.number(point.opened), env.t.number(point.signed)] }
  }),
})

const blocksOf = (counts: Counts, env: Env): Block[] =>
  counts.points.length === 0
    ? [{ is: 'empty', title: env.t('statistics.none_title'), text: env.t('statistics.none_text') }]
    : [
        { is: 'facts', items: (['sent', 'opened', 'signed'] as const).map((what) => ({ label: env.t(`statistics.${what}`), value: env.t.number(counts.totals[what]) })) },
        ...(['sent', 'opened', 'signed'] as const).filter((what) => counts.totals[what] > 0).map((what) => chart(counts, what, env)),
        table(counts, env),
      ]

/** Messages, openings and signatures over time, by sender or by plan: as charts, and as the table that they are drawn from. */
export const statisticsScreen = defineScreen<Replies>({
  id: 'statistics',
  parse: (params) => ({ ok: true, params: pick(params) }),
  needs: (params) => ({ counts: call('events.statistics', { query: { ...pick(params), ...dayBounds(params) } }) }),
  shape: ['search', 'chart', 'table'],
  cache: { forS: 60, tags: ['events', 'messages'] },
  view: ({ counts }, params, _draft, env) => {
    const title = env.t('statistics.title')
    if (!counts.ok) return { title, blocks: [] }
    return {
      title,
      blocks: [
        { is: 'search', q: params['q'] ?? '', placeholder: env.t('statistics.search'), filters: filters(params, env), active: FILTERS.filter((name) => name !== 'user' && name !== 'by' && params[name] !== undefined).length },
        ...blocksOf(counts.value, env),
      ],
    }
  },
})
