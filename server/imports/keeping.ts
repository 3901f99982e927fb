import { createHash } from 'node:crypto'
import { arrived } from '../../shared/kit/result'
import type { ImportReader, OpenImport } from './reader'

type Kept = { digest: string; file: OpenImport; timer: NodeJS.Timeout }

/** As long as somebody looks at a preview before they go on. */
const KEEP_MS = 60_000

/**
 * A reader that keeps the file that was left last open for a while. A preview, the same with another choice, and the start
 * come with the same file each time, and reading it takes most of what they take. Only the file is kept, nothing of an
 * organization; whoever brings another one makes it go.
 */
export function keepLeft(reader: ImportReader, keepMs: number = KEEP_MS): ImportReader {
  let kept: Kept | null = null
  let opening = 0
  const take = (): Kept | null => {
    const taken = kept
    kept = null
    if (taken !== null) clearTimeout(taken.timer)
    return taken
  }
  const drop = async (): Promise<void> => { await take()?.file.close() }
  const keep = async (digest: string, file: OpenImport): Promise<void> => {
    // Only a few files are open at once: whoever waits for a turn needs this one's more.
    if (opening > 0) return file.close()
    // In one step: others leave theirs while the one before is being closed.
    const before = take()
    kept = { digest, file, timer: setTimeout(() => void drop(), keepMs).unref() }
    await before?.file.close()
  }
  const lend = (digest: string, file: OpenImport): OpenImport => ({ ...file, leave: () => keep(digest, file) })
  const openAnew = async (bytes: Uint8Array): ReturnType<ImportReader['open']> => {
    opening += 1
    try {
      return await reader.open(bytes)
    } finally {
      opening -= 1
    }
  }
  return {
    open: async (bytes) => {
      const digest = createHash('sha256').update(bytes).digest('hex')
      const found = kept?.digest === digest ? take() : null
      if (found !== null && await answers(found.file)) return arrived(lend(digest, found.file))
      await Promise.all([found?.file.close(), drop()])
      const opened = await openAnew(bytes)
      return opened.ok ? arrived(lend(digest, opened.value)) : opened
    },
  }
}

/** Whether the thread that holds a file has outlived the wait. */
const answers = (file: OpenImport): Promise<boolean> => file.page(0, 0).then(() => true, () => false)
