import type { Failure } from '../../shared/errors'
import type { Locale } from '../../shared/kit/locale'
import type { AuditKind, DOWNLOAD_FORMATS, DOWNLOAD_RESOURCES } from '../../shared/logs/logs.model'
import { done, refused, type FileAnswer, type Outcome } from '../http/handler'
import type { Viewer } from '../identity/viewer'
import { checkRejected, openRejected } from '../imports/rejected'
import { mayImport } from '../imports/snapshot'
import type { ActionDeps } from './deps'
import { templateFile } from './user-imports'

export type DownloadResource = (typeof DOWNLOAD_RESOURCES)[number]
export type DownloadFormat = (typeof DOWNLOAD_FORMATS)[number]

/** Who wants which file. Read anew when the link is used: what somebody may see counts then. */
export type DownloadRequest = { viewer: Viewer; format: DownloadFormat; filter: Record<string, string>; locale: Locale; now: Date }

/**
 * A kind of file that can be had by link. `check` names the file or says why not, before a link is given
 * out and again before it is used.
 */
export type DownloadSource = {
  formats: readonly DownloadFormat[]
  /** What the log says when it is downloaded; null where that is nobody's business. */
  event: AuditKind | null
  check: (deps: ActionDeps, request: DownloadRequest) => Promise<{ ok: true; name: string } | { ok: false; failure: Failure }>
  open: (deps: ActionDeps, request: DownloadRequest) => Promise<Outcome<FileAnswer>>
}

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
}
