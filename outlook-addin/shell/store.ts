/** A value that tells its listeners when it is replaced. */
export type Store<T> = { get(): T; set(change: Partial<T>): void; subscribe(listener: () => void): () => void }

/** Keeps one object; `set` replaces the named parts. */
export const createStore = <T extends object>(initial: T): Store<T> => {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (change) => {
      value = { ...value, ...change }
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
