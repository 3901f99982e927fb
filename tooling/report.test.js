import { percentile, summarize } from './bench.mjs'
import { countsOf } from './test.mjs'

test('a suite that could not run counts as a failed test', () => {
  expect(countsOf({ numPassedTests: 8, numFailedTests: 1, numRuntimeErrorTestSuites: 2 })).toEqual({ passed: 8, failed: 3 })
})

test('a series is summed up by its median, 95th percentile and slowest sample', () => {
  const samples = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(summarize({ name: 'read', unit: 'ms', samples })).toEqual({ name: 'read', n: 100, p50: 51, p95: 96, max: 100, unit: 'ms' })
  expect(percentile([7], 0.95)).toBe(7)
})
