import { call, dryRun } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { DOWNLOAD_FORMATS, DOWNLOAD_RESOURCES, type Ticket } from '../../logs/reports.model'
import { defineAction } from '../define'
import type { Params } from '../vocabulary'

const messageId = (args: Record<string, string>) => ({ messageId: args['messageId'] ?? '' })

const formatOf = (format: string | undefined) => DOWNLOAD_FORMATS.find((one) => one === format) ?? 'csv'
const fileOf = ({ resource, format, ...filter }: Params) => ({ resource: DOWNLOAD_RESOURCES.find((one) => one === resource) ?? 'events', format: formatOf(format), filter, deliver: 'auto' as const })

/** Exports of what is on screen, and revoking a message. */
export const logsActions = {
  /** `resource` and `format` say which file; every other argument is the filter on screen. A large one is mailed, and says so first. */
  'log.export': defineAction<Ticket>({
    plan: (args) => dryRun('downloads.add', { body: fileOf(args) }),
    confirm: 'if_consequences',
    request: (args, _draft, digest) => call('downloads.add', { body: fileOf(args), digest }),
    then: ({ url, mailedTo }, _args, _draft, env) => (url === null
      ? [{ do: 'notify', tone: 'info', text: env.t('exports.started', { address: mailedTo ?? '' }) }, { do: 'open', to: { screen: 'exports', params: {} } }]
      : [{ do: 'link', url: `${env.origins.app}${url}` }]),
    changes: ['events'],
  }),
  'export.download': defineAction({
    confirm: 'never',
    then: (_reply, { exportId = '', format }) => [{ do: 'download', ticket: call('downloads.add', { body: { resource: 'prepared', format: formatOf(format), filter: { exportId } } }) }],
    changes: [],
  }),
  'log.purge': defineAction<ReplyOf<'events.purge'>>({
    plan: () => dryRun('events.purge', {}),
    confirm: 'always',
    request: (_args, _draft, digest) => call('events.purge', { digest }),
    then: (_reply, _args, _draft, env) => [{ do: 'notify', tone: 'info', text: env.t('retention.was_asked') }],
    changes: ['events'],
  }),
  'message.revoke': defineAction<ReplyOf<'messages.revoke'>>({
    plan: (args) => dryRun('messages.revoke', { params: messageId(args) }),
    confirm: 'always',
    request: (args, _draft, digest) => call('messages.revoke', { params: messageId(args), digest }),
    then: (message, _args, _draft, env) => [{ do: 'notify', tone: 'info', text: env.t('messages.revoke_asked', { name: message.subject || message.reference || message.id }) }],
    changes: ['messages', 'events', 'mail'],
  }),
}
