/** A clock that stands still until it is told to move. */
export const createManualTimer = () => {
  let now = 0
  let last = 0
  const due = new Map<number, { at: number; run: () => void }>()
  return {
    set: (run: () => void, ms: number): number => {
      last += 1
      due.set(last, { at: now + ms, run })
      return last
    },
    clear: (handle: number): void => { due.delete(handle) },
    /** Moves on and runs what is due, in the order in which it was set. */
    pass: (ms: number): void => {
      now += ms
      for (const [handle, { at, run }] of [...due]) {
        if (at > now) continue
        due.delete(handle)
        run()
      }
    },
    waiting: () => due.size,
  }
}
