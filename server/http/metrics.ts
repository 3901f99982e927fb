const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

type Series = { count: number; sumS: number; buckets: number[] }

/** Counts what was answered. `text` is in Prometheus' format; `gauges` are asked when it is read. */
export type Metrics = { answered(route: string, status: number, seconds: number): void; text(gauges: Record<string, number>): string }

/** Metrics of one process; labels are route patterns, never addresses or ids. */
export function createMetrics(): Metrics {
  const totals = new Map<string, number>()
  const durations = new Map<string, Series>()
  const answered = (route: string, status: number, seconds: number): void => {
    const label = `route="${route}",status="${status}"`
    totals.set(label, (totals.get(label) ?? 0) + 1)
    const series = durations.get(route) ?? { count: 0, sumS: 0, buckets: BUCKETS_S.map(() => 0) }
    series.count += 1
    series.sumS += seconds
    BUCKETS_S.forEach((limit, index) => {
      if (seconds <= limit) series.buckets[index] = (series.buckets[index] ?? 0) + 1
    })
    durations.set(route, series)
  }
  const text = (gauges: Record<string, number>): string => [
    '# TYPE orgdesk_requests_total counter',
    ...[...totals].map(([label, count]) => `orgdesk_requests_total{${label}} ${count}`),
    '# TYPE orgdesk_request_seconds histogram',
    ...[...durations].flatMap(([route, series]) => linesOf(route, series)),
    ...Object.entries(gauges).flatMap(([name, value]) => [`# TYPE orgdesk_${name} gauge`, `orgdesk_${name} ${value}`]),
    '',
  ].join('\n')
  return { answered, text }
}

function linesOf(route: string, series: Series): string[] {
  const label = `route="${route}"`
  return [
    ...BUCKETS_S.map((limit, index) => `orgdesk_request_seconds_bucket{${label},le="${limit}"} ${series.buckets[index] ?? 0}`),
    `orgdesk_request_seconds_bucket{${label},le="+Inf"} ${series.count}`,
    `orgdesk_request_seconds_sum{${label}} ${series.sumS}`,
    `orgdesk_request_seconds_count{${label}} ${series.count}`,
  ]
}
