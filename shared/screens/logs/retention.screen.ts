import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { Retention } from '../../logs/reports.model'
import { anyParams, defineScreen } from '../define'
import type { ActionRef, Block, Env, Fact } from '../vocabulary'
import { enabledBy } from '../words'

type Replies = { retention: ReplyOf<'events.retention'> }

const facts = ({ retentionMonths, months, lines, exported }: Retention, env: Env): Fact[] => {
  const [first] = months
  const last = months[months.length - 1]
  return [
    { label: env.t('retention.keeps'), value: retentionMonths === null ? env.t('retention.keeps_all') : env.t('retention.keeps_months', { count: retentionMonths }) },
    ...(first === undefined || last === undefined ? [] : [
      { label: env.t('retention.beyond'), value: env.t('retention.beyond_lines', { count: lines }), note: env.t('retention.beyond_months', { from: env.t.date(first.month), to: env.t.date(last.month) }) },
      { label: env.t('retention.exported'), value: exported === null ? env.t('retention.never_exported') : env.t.date(exported.at), ...(exported === null ? {} : { note: exported.by }) },
    ]),
  ]
}

/** The file holds every line up to the last that would go: part of the log would not do. */
const exportRef = ({ through }: Retention, env: Env): ActionRef => ({ action: 'log.export', args: { resource: 'events', format: 'csv', through: String(through) }, label: env.t('retention.export'), enabled: true })

const beyondBlocks = (retention: Retention, env: Env): Block[] => {
  if (retention.purging) return [{ is: 'notice', tone: 'info', text: env.t('retention.purging') }]
  if (retention.retentionMonths === null) return [
    { is: 'notice', tone: 'neutral', text: env.t('retention.set_months') },
    { is: 'links', items: [{ label: env.t('organization.title'), icon: 'settings', open: { screen: 'organization', params: {} } }] },
  ]
  if (retention.months.length === 0) return [{ is: 'notice', tone: 'neutral', text: env.t('retention.nothing') }]
  const purge: ActionRef = { action: 'log.purge', args: {}, label: env.t('retention.purge'), tone: 'danger', enabled: enabledBy(retention.abilities['log.purge'], env) }
  return [{ is: 'notice', tone: 'warning', text: env.t('retention.export_first') }, { is: 'actions', items: [exportRef(retention, env), purge] }]
}

const sealedBlocks = ({ sealed }: Retention, env: Env): Block[] => {
  if (sealed.length === 0) return []
  const columns = [
    { id: 'month', label: env.t('retention.column_month'), rank: 1 as const },
    { id: 'lines', label: env.t('retention.column_lines'), rank: 1 as const, end: true },
    { id: 'sealed', label: env.t('retention.column_sealed'), rank: 2 as const },
  ]
  const rows = sealed.map(({ month, lines, sealedAt }) => ({ id: month, title: env.t.date(month), cells: [env.t.date(month), env.t.number(lines), env.t.date(sealedAt)] }))
  return [{ is: 'section', title: env.t('retention.sealed'), blocks: [{ is: 'table', label: env.t('retention.column_month'), columns, rows, page: { next: null } }] }]
}

/** How long the log is kept, and taking out what is older: downloaded first, and for good. */
export const retentionScreen = defineScreen<Replies>({
  id: 'retention',
  parse: anyParams,
  needs: () => ({ retention: call('events.retention', {}) }),
  shape: ['facts', 'table'],
  cache: { forS: 5, tags: ['events', 'organization'] },
  watch: { topics: ['events', 'organization'] },
  view: ({ retention }, _params, _draft, env) => {
    const title = env.t('retention.title')
    if (!retention.ok) return { title, blocks: [] }
    return { title, blocks: [{ is: 'facts', items: facts(retention.value, env) }, ...beyondBlocks(retention.value, env), ...sealedBlocks(retention.value, env)] }
  },
})
