/** Something that comes after the first screen; `load` answers null where it does not come, and asks again the next time. */
export type Late<T> = { get(): T | null; load(): Promise<T | null> }

/** Loads once; whoever asks meanwhile waits for the same. `arrived` is told before anybody else. */
export const createLate = <T>(load: () => Promise<T>, arrived: (value: T) => void = () => undefined): Late<T> => {
  let there: T | null = null
  let coming: Promise<T | null> | null = null
  const begin = (): Promise<T | null> => load().then(
    (value) => {
      there = value
      arrived(value)
      return value
    },
    () => (coming = null),
  )
  return { get: () => there, load: () => (coming ??= begin()) }
}
