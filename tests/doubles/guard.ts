import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Things that must not outlive a test, whatever becomes of it. */
export type Guard = {
  /** `group`: the id of a process that leads its group · `pid-file`: path of a file whose first line is a process id · `folder`: a path. */
  keep(kind: 'group' | 'pid-file' | 'folder', what: string | number): void
  /** Ends and removes all of them. */
  end(): Promise<void>
}

/** Starts a process that ends the kept things when told, and when this process ends by any means. */
export const startGuard = (): Guard => {
  const child = spawn(process.execPath, [join(__dirname, 'guardian.cjs')], { stdio: ['pipe', 'ignore', 'inherit'], detached: true })
  const ended = once(child, 'exit')
  child.unref()
  return {
    keep: (kind, what) => void child.stdin.write(`${kind} ${what}\n`),
    end: async () => {
      child.stdin.end()
      await ended
    },
  }
}
