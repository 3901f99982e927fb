import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import type { UserImport } from '../../imports/imports.model'
import { IMPORT_MAX_BYTES } from '../../imports/limits.model'
import { anyParams, defineScreen, needParams } from '../define'
import { attachmentsOf } from './attachments'
import type { ActionRef, Block, Env } from '../vocabulary'

const progressText = (record: UserImport, env: Env): string => {
  if (record.status === 'failed') return env.t.code(record.failure ?? 'server.failed')
  return env.t(record.status === 'done' ? 'import.done_text' : 'import.running_text', { applied: record.applied, rejected: record.rejected, total: record.total })
}

const rejectedAction = (record: UserImport, env: Env): ActionRef[] =>
  record.status === 'done' && record.rejected > 0
    ? [{ action: 'import.download_rejected', args: { importId: record.id }, label: env.t('import.download_rejected', { count: record.rejected }), enabled: true }]
    : []

const progressBlock = (record: UserImport, env: Env): Block => ({
  is: 'progress', label: record.name, done: record.applied + record.rejected, total: record.total, state: record.status, text: progressText(record, env), actions: rejectedAction(record, env),
})

/** One import while it runs and after; it goes on when the pane is closed. */
export const importProgressScreen = defineScreen<{ record: ReplyOf<'user_imports.get'> }>({
  id: 'import_progress',
  parse: needParams('importId'),
  needs: (params) => ({ record: call('user_imports.get', { params: { importId: params['importId'] ?? '' } }) }),
  shape: ['progress'],
  cache: { forS: 0, tags: ['imports'] },
  watch: { topics: ['imports'], everyS: 2 },
  view: ({ record }, _params, _draft, env) => {
    const title = env.t('import.progress_title')
    if (!record.ok) return { title, blocks: [] }
    const over = record.value.status === 'done' || record.value.status === 'failed'
    return {
      title,
      blocks: [progressBlock(record.value, env), ...(over ? [] : [{ is: 'notice' as const, tone: 'neutral' as const, text: env.t('import.may_close') }])],
      ...(over ? { primary: { action: 'nav.users', args: {}, label: env.t('import.to_users'), tone: 'primary' as const, enabled: true as const } } : {}),
    }
  },
})

const historyBlock = (imports: ReplyOf<'user_imports.list'>, env: Env): Block =>
  imports.items.length === 0
    ? { is: 'empty', title: env.t('import.none_title'), text: env.t('import.none_text') }
    : {
        is: 'timeline', label: env.t('import.history'), page: { next: imports.next },
        entries: imports.items.map((record) => ({ id: record.id, at: record.createdAt, icon: 'import', text: record.status === 'done' ? record.name : `${record.name} · ${env.t(`import_status.${record.status}`)}`, note: progressText(record, env), open: { screen: 'import_progress', params: { importId: record.id } } })),
      }

const TEMPLATE_TYPES = ['.csv', '.tsv', '.txt', '.xlsx']

/** Where an import begins: the attachments of the open mail, a file, or pasted text; and the imports so far. */
export const importsScreen = defineScreen<{ imports: ReplyOf<'user_imports.list'> }>({
  id: 'imports',
  parse: anyParams,
  needs: (params, env) => ({ imports: call('user_imports.list', { query: { limit: String(env.can.pageSize), cursor: params['cursor'] } }) }),
  optional: ['imports'],
  shape: ['files', 'timeline'],
  cache: { forS: 10, tags: ['imports'] },
  watch: { topics: ['imports'] },
  view: ({ imports }, _params, _draft, env) => ({
    title: env.t('import.title'),
    blocks: [
      {
        is: 'files', name: 'file', label: env.t('import.choose'), accept: TEMPLATE_TYPES, maxBytes: IMPORT_MAX_BYTES, pick: env.can.pickFile, paste: true,
        attachments: attachmentsOf(env), action: { action: 'import.preview', args: {}, label: env.t('import.preview'), tone: 'primary', enabled: true },
      },
      { is: 'actions', items: [{ action: 'import.template', args: {}, label: env.t('import.template'), enabled: true }] },
      ...(imports.ok ? [historyBlock(imports.value, env)] : []),
    ],
  }),
})
