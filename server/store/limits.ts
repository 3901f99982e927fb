import type { Tx } from './bulk'

/** How often something may be done: `limit` times in each window of `windowMs`, for everybody who shares the bucket. */
export type Limit = { bucket: string; limit: number; windowMs: number }

/**
 * Counts one more use: null where it may pass, else the seconds until the window ends. One statement
 * counts and decides, so that of any number of parallel calls, on any number of servers, exactly `limit` pass.
 */
export async function takeFromLimit(db: Tx, { bucket, limit, windowMs }: Limit, now: Date): Promise<number | null> {
  const startMs = Math.floor(now.getTime() / windowMs) * windowMs
  const waitS = Math.ceil((startMs + windowMs - now.getTime()) / 1000)
  if (limit < 1) return waitS
  const taken = await db.insertInto('limit_counters').values({ bucket, window_start: new Date(startMs), count: 1 })
    .onConflict((conflict) => conflict.columns(['bucket', 'window_start'])
      .doUpdateSet((eb) => ({ count: eb('limit_counters.count', '+', 1) })).where('limit_counters.count', '<', limit))
    .returning('count').executeTakeFirst()
  return taken === undefined ? waitS : null
}
