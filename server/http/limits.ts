/** How many requests an actor may send per minute. */
export const LIMITS_PER_MINUTE = { read: 6000, write: 3000 } as const
export type LimitKind = keyof typeof LIMITS_PER_MINUTE

/** The demo is for trying out, by scripts too. */
export const DEMO_FACTOR = 100

const WINDOW_MS = 60_000
const SWEEP_AT = 10_000

/** Counts one more request of an actor: null when it may pass, else the seconds until it may. */
export type Limiter = { take(actor: string, kind: LimitKind, nowMs: number): number | null }

/**
 * Fixed windows of a minute from an actor's first request on. Counting and deciding are one
 * synchronous step, so that of any number of parallel calls exactly the limit passes.
 */
export function createLimiter(factor: number): Limiter {
  const windows = new Map<string, { endsMs: number; used: number }>()
  const take = (actor: string, kind: LimitKind, nowMs: number): number | null => {
    if (windows.size >= SWEEP_AT) sweep(windows, nowMs)
    const key = `${kind} ${actor}`
    const found = windows.get(key)
    const window = found === undefined || found.endsMs <= nowMs ? { endsMs: nowMs + WINDOW_MS, used: 0 } : found
    if (window.used >= LIMITS_PER_MINUTE[kind] * factor) return Math.ceil((window.endsMs - nowMs) / 1000)
    window.used += 1
    windows.set(key, window)
    return null
  }
  return { take }
}

function sweep(windows: Map<string, { endsMs: number }>, nowMs: number): void {
  for (const [key, window] of windows) if (window.endsMs <= nowMs) windows.delete(key)
}
