/** Statistics that do not take longer than the load after which they are made. */
export const STATISTICS_SQL = `
-- The words of each sampled line are computed anew: a quarter of the sample tells the planner as much.
alter function refresh_statistics() set default_statistics_target = 25;
`
