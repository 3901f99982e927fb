import { call, dryRun } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { DOWNLOAD_FORMATS, DOWNLOAD_RESOURCES } from '../../logs/logs.model'
import { defineAction } from '../define'

const messageId = (args: Record<string, string>) => ({ messageId: args['messageId'] ?? '' })

/** Exports of what is on screen, and revoking a message. */
export const logsActions = {
  /** `resource` and `format` say which file; every other argument is the filter on screen. */
  'log.export': defineAction({
    confirm: 'never',
    then: (_reply, args) => {
      const { resource, format, ...filter } = args
      return [{ do: 'download', ticket: call('downloads.add', { body: {
        resource: DOWNLOAD_RESOURCES.find((one) => one === resource) ?? 'events', format: DOWNLOAD_FORMATS.find((one) => one === format) ?? 'csv', filter,
      } }) }]
    },
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
