import { uuidv7 } from '../store/ids'

/** Numbers that look random and are the same at every run; from 0 up to, not including, 1. */
export type Random = () => number

/** The generator "mulberry32". */
export function createRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of the items. The list is not empty. */
export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[Math.floor(random() * items.length)] ?? items[0]
}

/** A whole number from 0 up to, not including, `below`. */
export const below = (random: Random, limit: number): number => Math.floor(random() * limit)

/** `size` bytes. */
export function bytes(random: Random, size: number): Buffer {
  const padded = Buffer.allocUnsafe(Math.ceil(size / 4) * 4)
  for (let at = 0; at < size; at += 4) padded.writeUInt32LE(below(random, 4_294_967_296), at)
  return padded.subarray(0, size)
}

/** Ids as the server makes them, of that moment, the same at every run. */
export const createIds = (random: Random): ((at: Date) => string) => (at) => uuidv7(at.getTime(), bytes(random, 10))
