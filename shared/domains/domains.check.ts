import type { CheckOutcome } from './domains.model'

/** What DNS said as a whole: it answered (perhaps with nothing), there is no such name, or it can't be known now. */
export const LOOK_OUTCOMES = ['answered', 'no_such_domain', 'server_failed', 'timed_out'] as const
export type LookOutcome = (typeof LOOK_OUTCOMES)[number]

/** Every TXT value that one look at DNS saw, by the host it stands at, and what DNS said as a whole. */
export type DnsLook = { outcome: LookOutcome; atHost: readonly string[]; elsewhere: readonly { host: string; value: string }[] }

/** Nothing was learnt: neither a proof nor a miss. */
const INCONCLUSIVE: readonly CheckOutcome[] = ['server_failed', 'timed_out']

/** Whether an outcome says something about the record; SERVFAIL and timeouts never count. */
export const isConclusive = (outcome: CheckOutcome): boolean => !INCONCLUSIVE.includes(outcome)

const QUOTES = /^[\\"'“”„«»‘’`]+|[\\"'“”„«»‘’`]+$/g
const bare = (value: string): string => value.trim().replace(QUOTES, '').trim()

/**
 * Judges what was seen against the one value that proves a domain. Several values at the host are no
 * obstacle while the right one is among them: another organization's proof may stand beside it.
 */
export const judgeRecords = (expected: string, seenAtHost: readonly string[], seenElsewhere: readonly string[], outcome: LookOutcome): CheckOutcome => {
  const host = seenAtHost.map((value) => value.trim())
  if (host.includes(expected)) return 'verified'
  if (outcome === 'server_failed' || outcome === 'timed_out') return outcome
  if (host.some((value) => bare(value) === expected)) return 'quoted_value'
  if (seenElsewhere.some((value) => bare(value) === expected)) return 'wrong_host'
  if (host.length > 1) return 'several_values'
  if (host.length === 1) return 'wrong_value'
  return outcome === 'no_such_domain' ? 'no_such_domain' : 'not_found'
}

/** How one value that was seen compares with the record that proves the domain. */
export const FOUND_VERDICTS = ['match', 'quoted', 'elsewhere', 'other'] as const
export type FoundVerdict = (typeof FOUND_VERDICTS)[number]

/** Compares one value that was seen with the record: the right one, quoted, at another host, or something else. */
export const verdictOf = (record: { host: string; value: string }, found: { host: string; value: string }): FoundVerdict => {
  if (bare(found.value) !== record.value) return 'other'
  if (found.host !== record.host) return 'elsewhere'
  return found.value.trim() === record.value ? 'match' : 'quoted'
}
