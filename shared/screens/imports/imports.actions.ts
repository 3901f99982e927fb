import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { IMPORT_MAX_BYTES } from '../../imports/limits.model'
import type { FileRef } from '../../kit/file'
import { compact, defineAction } from '../define'
import type { Draft, Params } from '../vocabulary'
import { fileParams } from './attachments'
import { fileOf } from './import.screen'

/** The file that the action names, or the one that was chosen on the screen. */
const chosenFile = (args: Params, draft: Draft): FileRef | undefined => (args['file'] === undefined ? draft.files['file'] : fileOf(args))

/** Actions of the import, from the chosen file to the rejected rows. */
export const importsActions = {
  /** Opens the preview of the chosen file. */
  'import.preview': defineAction({
    confirm: 'never',
    check: (args, draft) => {
      const file = chosenFile(args, draft)
      if (!file) return [{ code: 'field.required', path: 'file' }]
      return file.bytes > IMPORT_MAX_BYTES ? [{ code: 'file.too_large', path: 'file', params: { maxMb: IMPORT_MAX_BYTES / 1024 / 1024 } }] : []
    },
    then: (_reply, args, draft) => {
      const file = chosenFile(args, draft)
      return file ? [{ do: 'open', to: { screen: 'import', params: fileParams(file) } }] : []
    },
    changes: [],
  }),
  /** Shows the preview again, with or without rows that find no license left. */
  'import.without_license': defineAction({
    confirm: 'never',
    then: (_reply, args) => [{ do: 'replace', to: { screen: 'import', params: compact(args) } }],
    changes: [],
  }),
  'import.start': defineAction<ReplyOf<'user_imports.start'>>({
    confirm: 'never',
    request: (args) => call('user_imports.start', { file: fileOf(args), digest: args['digest'], query: compact({ without_license: args['withoutLicense'], name: args['name'] }) }),
    then: (reply) => [{ do: 'replace', to: { screen: 'import_progress', params: { importId: reply.id } } }],
    changes: ['imports', 'users', 'licenses', 'events'],
  }),
  'import.template': defineAction({
    confirm: 'never',
    then: () => [{ do: 'download', ticket: call('downloads.add', { body: { resource: 'user_import_template', format: 'csv' } }) }],
    changes: [],
  }),
  'import.download_rejected': defineAction({
    confirm: 'never',
    then: (_reply, args) => [{ do: 'download', ticket: call('downloads.add', { body: { resource: 'user_import_rejected', format: 'csv', filter: { importId: args['importId'] ?? '' } } }) }],
    changes: [],
  }),
}
