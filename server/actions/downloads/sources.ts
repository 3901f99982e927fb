import { done, refused } from '../../http/handler'
import { checkRejected, openRejected } from '../../imports/rejected'
import { mayImport } from '../../imports/snapshot'
import type { DownloadResource, DownloadSource } from './model'
import { eventsSource } from '../events/export'
import { messagesSource } from '../messages/export'
import { templateFile } from '../user-imports/user-imports'
import { preparedSource } from './prepared'
import { usersSource } from '../users/export'

const importTemplate: DownloadSource = {
  formats: ['csv'],
  event: null,
  check: async (_deps, { viewer }) => (mayImport(viewer) ? { ok: true, name: templateFile().name } : refused('access.denied')),
  open: async () => done(templateFile()),
}

const importRejected: DownloadSource = {
  formats: ['csv'],
  event: 'file.downloaded',
  check: async ({ store }, { viewer, filter }) => {
    if (!mayImport(viewer)) return refused('access.denied')
    const { importId } = filter
    if (importId === undefined) return refused('request.invalid', { issues: [{ code: 'field.required', path: 'filter.importId' }] })
    return checkRejected(store, { organizationId: viewer.organizationId, importId })
  },
  open: ({ store }, { viewer, filter, locale }) => openRejected(store, { organizationId: viewer.organizationId, importId: filter['importId'] ?? '' }, locale),
}

/** Every file that can be had by link; a resource without a source is not available. */
export const DOWNLOAD_SOURCES: Partial<Record<DownloadResource, DownloadSource>> = {
  user_import_template: importTemplate,
  user_import_rejected: importRejected,
  events: eventsSource,
  messages: messagesSource,
  users: usersSource,
  prepared: preparedSource,
}
