import { createLimiter, LIMITS_PER_MINUTE } from './limits'

const MINUTE_MS = 60_000

describe('the limits per actor', () => {
  it.each(['read', 'write'] as const)('let exactly as many %ss pass as they say, and then none until the minute is over', (kind) => {
    const limiter = createLimiter(1)
    const passed = Array.from({ length: LIMITS_PER_MINUTE[kind] + 1000 }, () => limiter.take('a', kind, 5000)).filter((wait) => wait === null)
    expect(passed).toHaveLength(LIMITS_PER_MINUTE[kind])
    expect(limiter.take('a', kind, 5000 + 20_000)).toBe(40)
    expect(limiter.take('a', kind, 5000 + MINUTE_MS)).toBeNull()
  })

  it('count each actor and kind by itself', () => {
    const limiter = createLimiter(1 / 3000)
    expect(limiter.take('a', 'write', 0)).toBeNull()
    expect(limiter.take('a', 'write', 0)).toBe(60)
    expect(limiter.take('b', 'write', 0)).toBeNull()
    expect(limiter.take('a', 'read', 0)).toBeNull()
  })

  it('forget actors whose minute is over', () => {
    const limiter = createLimiter(1)
    for (let n = 0; n < 30_000; n++) expect(limiter.take(`actor ${n}`, 'read', n * 10)).toBeNull()
  })
})
