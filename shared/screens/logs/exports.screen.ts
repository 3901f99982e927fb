import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { Export } from '../../logs/reports.model'
import { anyParams, defineScreen } from '../define'
import type { Block, Env } from '../vocabulary'

type Replies = { exports: ReplyOf<'exports.list'> }

const POLL_S = 3

const textOf = ({ status, written, total, expiresAt, failure }: Export, env: Env): string => {
  if (status === 'queued') return env.t('exports.queued')
  if (status === 'running') return env.t('exports.running', { done: written, total })
  if (status === 'failed') return env.t('exports.failed', { reason: env.t.code(failure ?? 'server.failed') })
  return env.t('exports.done', { date: expiresAt === null ? '' : env.t.date(expiresAt) })
}

const fileBlock = (file: Export, env: Env): Block => ({
  is: 'progress', label: file.name, done: file.written, total: file.total, state: file.status, text: textOf(file, env),
  actions: file.status === 'done' ? [{ action: 'export.download', args: { exportId: file.id, format: file.format }, label: env.t('common.download'), enabled: true }] : [],
})

/** The files that the viewer has asked for and that are made in the background. */
export const exportsScreen = defineScreen<Replies>({
  id: 'exports',
  parse: anyParams,
  needs: () => ({ exports: call('exports.list', {}) }),
  shape: ['progress'],
  cache: { forS: 0, tags: ['events'] },
  watch: { topics: [], everyS: POLL_S },
  view: ({ exports }, _params, _draft, env) => {
    const title = env.t('exports.title')
    if (!exports.ok) return { title, blocks: [] }
    const { items } = exports.value
    if (items.length === 0) return { title, blocks: [{ is: 'empty', title: env.t('exports.none_title'), text: env.t('exports.none_text') }] }
    return { title, blocks: [...items.map((file) => fileBlock(file, env)), { is: 'notice', tone: 'neutral', text: env.t('exports.explained') }] }
  },
})
