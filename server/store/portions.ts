/** Things that are stored in portions as they come, in their order. */
export type Portions<T> = {
  add: (item: T) => void
  /** Stores what is left, and waits until all is stored. */
  end: () => Promise<void>
}

/**
 * Gathers what is stored by one statement, `size` at a time: while the database is at one portion, the next is
 * prepared. `store` sends its statement before it answers.
 */
export function inPortions<T>(size: number, store: (items: readonly T[]) => Promise<unknown>): Portions<T> {
  let waiting: T[] = []
  const storing: Promise<unknown>[] = []
  const flush = (): void => {
    const stored = store(waiting)
    // It fails at the end; where the work ends before, nobody waits for it.
    stored.catch(() => undefined)
    storing.push(stored)
    waiting = []
  }
  return {
    add: (item) => {
      waiting.push(item)
      if (waiting.length === size) flush()
    },
    end: async () => {
      if (waiting.length > 0) flush()
      await Promise.all(storing)
    },
  }
}
