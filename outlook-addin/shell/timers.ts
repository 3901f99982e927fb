/** Time as an argument: `set` answers what ends the waiting. */
export type Timers = { set(run: () => void, ms: number): () => void }

/** The page's own timers. */
export const pageTimers: Timers = {
  set: (run, ms) => {
    const handle = setTimeout(run, ms)
    return () => clearTimeout(handle)
  },
}
