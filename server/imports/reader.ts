import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { failure, type Failure } from '../../shared/errors'
import type { ImportOptions } from '../../shared/imports/imports.plan'
import { arrived, failed, type Result } from '../../shared/kit/result'
import type { PreviewView, FilePreview } from './preview'
import { openSession, type FileFacts, type StoredRows } from './session'
import type { SnapshotData } from './snapshot'
import type { Asked, Told } from './thread'

/** A file that is being imported, read and planned beside the requests. Close or leave it in any case. */
export type OpenImport = FileFacts & {
  preview(data: SnapshotData, options: ImportOptions, view: PreviewView): Promise<FilePreview>
  /** A page of rows; none behind the last. */
  page(from: number, count: number): Promise<StoredRows>
  close(): Promise<void>
  /** Instead of closing: may stay open for whoever opens the same file soon, see `keepLeft`. */
  leave(): Promise<void>
}

/** Opens files: `file.unreadable`, `file.empty`, `file.no_email_column`, `file.too_many_rows`, `server.busy` while too many are open. */
export type ImportReader = { open(bytes: Uint8Array): Promise<Result<OpenImport, Failure>> }

const MAX_OPEN = 2
const MAX_WAITING = 16
const TIMEOUT_MS = 30_000
/** Above what 50,000 rows take; a file that needs more is no list of people. */
const HEAP = { maxOldGenerationSizeMb: 400, maxYoungGenerationSizeMb: 16 }

/** Reads each file in a thread of its own, started from the built `workerFile`; null reads in this thread, for tests. */
export function createImportReader(workerFile: string | null): ImportReader {
  const turns = createTurns()
  return {
    open: async (bytes) => {
      const release = await turns.take()
      if (release === null) return failed(failure('server.busy'))
      try {
        const opened = workerFile === null ? await openHere(bytes) : await openThread(workerFile, bytes)
        if (!opened.ok) {
          release()
          return opened
        }
        const { close: end } = opened.value
        const close = async (): Promise<void> => { await end(); release() }
        return arrived({ ...opened.value, close, leave: close })
      } catch (error) {
        release()
        throw error
      }
    },
  }
}

/** A few at a time; the others wait their turn. */
function createTurns(): { take: () => Promise<(() => void) | null> } {
  const waiting: (() => void)[] = []
  let open = 0
  const releaseOnce = (): (() => void) => {
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      const next = waiting.shift()
      if (next === undefined) open -= 1
      else next()
    }
  }
  return {
    take: async () => {
      if (open < MAX_OPEN) {
        open += 1
        return releaseOnce()
      }
      if (waiting.length >= MAX_WAITING) return null
      await new Promise<void>((resolve) => { waiting.push(resolve) })
      return releaseOnce()
    },
  }
}

type Opened = Omit<OpenImport, 'leave'>

async function openHere(bytes: Uint8Array): Promise<Result<Opened, Failure>> {
  const opened = await openSession(bytes)
  if (!opened.ok) return opened
  const { facts, preview, page } = opened.value
  return arrived({ ...facts, preview: async (...args) => preview(...args), page: async (...args) => page(...args), close: async () => undefined })
}

async function openThread(workerFile: string, bytes: Uint8Array): Promise<Result<Opened, Failure>> {
  const worker = new Worker(workerFile, { resourceLimits: HEAP })
  worker.unref()
  // One that dies while nobody asks it anything is found dead by the next question.
  worker.on('error', () => undefined)
  const close = async (): Promise<void> => { await worker.terminate() }
  const opened = await ask(worker, { do: 'open', bytes }).catch((): Told => ({ is: 'failed', failure: failure('file.unreadable') }))
  if (opened.is !== 'opened') {
    await close()
    return failed(opened.is === 'failed' ? opened.failure : failure('file.unreadable'))
  }
  return arrived({
    ...opened.facts,
    preview: async (data, options, view) => {
      const told = await ask(worker, { do: 'preview', data, options, view })
      if (told.is !== 'preview') throw new Error('the reading thread answered something else')
      return told.preview
    },
    page: async (from, count) => {
      const told = await ask(worker, { do: 'page', from, count })
      if (told.is !== 'page') throw new Error('the reading thread answered something else')
      return told.rows
    },
    close,
  })
}

/** One question at a time; rejects when the thread dies over it or takes too long. */
async function ask(worker: Worker, asked: Asked): Promise<Told> {
  const over = new AbortController()
  const { signal } = over
  worker.postMessage(asked, [])
  try {
    return await Promise.race([
      once(worker, 'message', { signal }).then(([told]: Told[]) => told ?? died()),
      once(worker, 'exit', { signal }).then(died),
      sleep(TIMEOUT_MS, undefined, { signal, ref: false }).then(died),
    ])
  } finally {
    over.abort()
  }
}

function died(): never {
  throw new Error('the reading thread gave no answer')
}
