const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** When a claim is looked at after it was made; the last look is the one at which it fails. */
export const CHECKS_AFTER_MS = [5 * MINUTE_MS, HOUR_MS, 12 * HOUR_MS, 36 * HOUR_MS, 72 * HOUR_MS, 7 * DAY_MS] as const
/** From here on the administrators have been told that the record is still missing. */
export const TELL_AFTER_MS = 72 * HOUR_MS
/** How long a claim may wait for its proof. */
export const CLAIM_LASTS_MS = 7 * DAY_MS
/** How often an approved or contested domain is looked at again. */
export const RECHECK_EVERY_MS = DAY_MS
/** An approved domain whose record was missed this often, over this long, is warned about. */
export const MISSES_TO_WARN = 3
export const MISSING_TO_WARN_MS = 72 * HOUR_MS
/** How long the owners of a contested domain have to answer before an operator decides. */
export const CONTEST_NOTICE_MS = 72 * HOUR_MS

/** Moments in milliseconds since 1970. The next look at a claim made at `startedMs`; null when there is none left. */
export const nextClaimCheckMs = (startedMs: number, nowMs: number): number | null => {
  const after = CHECKS_AFTER_MS.find((delay) => startedMs + delay > nowMs)
  return after === undefined ? null : startedMs + after
}
