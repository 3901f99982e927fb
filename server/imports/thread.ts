import type { Failure } from '../../shared/errors'
import type { ImportOptions } from '../../shared/imports/imports.plan'
import type { PreviewView, FilePreview } from './preview'
import type { FileFacts, StoredRows } from './session'
import type { SnapshotData } from './snapshot'

/** What the reading thread is asked; `open` comes first. */
export type Asked =
  | { do: 'open'; bytes: Uint8Array }
  | { do: 'preview'; data: SnapshotData; options: ImportOptions; view: PreviewView }
  | { do: 'page'; from: number; count: number }

/** What the reading thread answers, one answer to each question. */
export type Told =
  | { is: 'opened'; facts: FileFacts }
  | { is: 'failed'; failure: Failure }
  | { is: 'preview'; preview: FilePreview }
  | { is: 'page'; rows: StoredRows }
