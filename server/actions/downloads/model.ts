import type { Failure } from '../../../shared/errors'
import type { Locale } from '../../../shared/kit/locale'
import type { DOWNLOAD_FORMATS, DOWNLOAD_RESOURCES } from '../../../shared/logs/reports.model'
import type { AuditKind } from '../../../shared/logs/kinds.model'
import type { FileAnswer, Outcome } from '../../http/handler'
import type { Viewer } from '../../identity/viewer'
import type { ActionDeps } from '../deps'

/** The kinds of files. */
export type DownloadResource = (typeof DOWNLOAD_RESOURCES)[number]
/** The formats of files. */
export type DownloadFormat = (typeof DOWNLOAD_FORMATS)[number]

/** Who wants which file. Read anew when the link is used: what somebody may see counts then. */
export type DownloadRequest = { viewer: Viewer; format: DownloadFormat; filter: Record<string, string>; locale: Locale; now: Date; /** Hears how far a file has come, by the sequence of the log. */ onReached?: (sequence: number) => void }

/** What files are made of. */
export type DownloadDeps = Pick<ActionDeps, 'store'>

/** A file, and the lines of the log that it holds all of. */
export type OpenedFile = FileAnswer & { covers?: { after: number; head: number } | null }

/**
 * A kind of file that can be had by link. `check` names the file or says why not, before a link is given
 * out and again before it is used.
 */
export type DownloadSource = {
  formats: readonly DownloadFormat[]
  /** What the log says when it is downloaded; null where that is nobody's business. */
  event: AuditKind | null
  /** How many rows it would have, counted no further than `max`; left out, a file is never too large to be sent at once. */
  count?: (deps: DownloadDeps, request: DownloadRequest, max: number) => Promise<number>
  /** How many of the lines of a PDF hold characters that its pages cannot print; left out, none does. */
  unprintable?: (deps: DownloadDeps, request: DownloadRequest) => Promise<number>
  check: (deps: DownloadDeps, request: DownloadRequest) => Promise<{ ok: true; name: string } | { ok: false; failure: Failure }>
  open: (deps: DownloadDeps, request: DownloadRequest) => Promise<Outcome<OpenedFile>>
}
