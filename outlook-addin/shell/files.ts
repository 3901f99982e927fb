import { failure, type Failure } from '../../shared/errors'
import type { FileRef } from '../../shared/kit/file'
import { arrived, failed, type Result } from '../../shared/kit/result'
import type { Host } from '../host/host'

/** The bytes behind file references: what was picked or pasted is held here, attachments are the host's. */
export type FileStore = {
  keepFile(file: File): FileRef
  keepText(text: string, name: string): FileRef
  has(id: string): boolean
  clear(): void
  read(ref: FileRef): Promise<Result<Uint8Array, Failure>>
}

const MAX_HELD = 4

/** `newId` names what is held; only the newest few files stay in memory. */
export const createFileStore = (host: Pick<Host, 'readAttachment'>, newId: () => string): FileStore => {
  const held = new Map<string, Blob>()
  const keep = (blob: Blob): string => {
    const id = newId()
    held.set(id, blob)
    const oldest = held.keys().next()
    if (held.size > MAX_HELD && !oldest.done) held.delete(oldest.value)
    return id
  }
  const readHeld = async (blob: Blob): Promise<Result<Uint8Array, Failure>> => {
    try {
      return arrived(new Uint8Array(await blob.arrayBuffer()))
    } catch {
      // The file was moved or changed after it was chosen.
      return failed(failure('file.unreadable'))
    }
  }
  return {
    keepFile: (file) => ({ source: 'picked', id: keep(file), name: file.name, bytes: file.size }),
    keepText: (text, name) => {
      const blob = new Blob([text], { type: 'text/csv' })
      return { source: 'pasted', id: keep(blob), name, bytes: blob.size }
    },
    has: (id) => held.has(id),
    clear: () => held.clear(),
    read: async (ref) => {
      if (ref.source === 'attachment') return host.readAttachment(ref.id)
      const blob = held.get(ref.id)
      return blob === undefined ? failed(failure('file.unreadable')) : readHeld(blob)
    },
  }
}
