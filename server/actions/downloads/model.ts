import type { Failure } from '../../../shared/errors'
import type { Locale } from '../../../shared/kit/locale'
import type { AuditKind, DOWNLOAD_FORMATS, DOWNLOAD_RESOURCES } from '../../../shared/logs/logs.model'
import type { FileAnswer, Outcome } from '../../http/handler'
import type { Viewer } from '../../identity/viewer'
import type { ActionDeps } from '../deps'

/** The kinds of files. */
export type DownloadResource = (typeof DOWNLOAD_RESOURCES)[number]
/** The formats of files. */
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
