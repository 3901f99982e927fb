import type { CheckOutcome, DomainStatus, DomainWarning } from './domains.model'
import { isConclusive } from './domains.check'
import { CLAIM_LASTS_MS, MISSES_TO_WARN, MISSING_TO_WARN_MS, RECHECK_EVERY_MS, TELL_AFTER_MS, nextClaimCheckMs } from './domains.schedule'

/** What checks change of a domain; moments in milliseconds since 1970. */
export type DomainState = {
  status: DomainStatus
  nextCheckMs: number | null
  expiresMs: number | null
  missed: number
  missingSinceMs: number | null
  warning: DomainWarning | null
  contestedMs: number | null
}

/** What people are told because of a check; each at most once. */
export type DomainNews = 'approved' | 'contested' | 'still_pending' | 'failed' | 'record_missing' | 'record_found'

/** `isFree`: no other organization holds the name. `byHand`: somebody asked for it now. */
export type CheckFacts = { outcome: CheckOutcome; isFree: boolean; byHand: boolean; nowMs: number }
export type SettledCheck = { state: DomainState; news: DomainNews | null }

const watched = (state: DomainState, nowMs: number): DomainState => ({ ...state, nextCheckMs: nowMs + RECHECK_EVERY_MS, expiresMs: null })

const proved = (state: DomainState, { isFree, nowMs }: CheckFacts): SettledCheck => {
  const found = { ...watched(state, nowMs), missed: 0, missingSinceMs: null }
  if (state.status === 'approved') {
    const wasMissing = state.warning === 'record_missing'
    return { state: { ...found, warning: wasMissing ? null : state.warning }, news: wasMissing ? 'record_found' : null }
  }
  if (isFree) return { state: { ...found, status: 'approved', warning: null, contestedMs: null }, news: 'approved' }
  if (state.status === 'contested') return { state: found, news: null }
  return { state: { ...found, status: 'contested', contestedMs: nowMs }, news: 'contested' }
}

/** A claim without its proof: waits for the next look, is told about once, fails in the end. By hand, a failed one starts again. */
const unproved = (state: DomainState, { byHand, nowMs }: CheckFacts): SettledCheck => {
  const isRestart = state.expiresMs === null || (state.status === 'failed' && byHand)
  if (isRestart && !byHand) return { state: { ...state, nextCheckMs: null }, news: null }
  const expiresMs = isRestart ? nowMs + CLAIM_LASTS_MS : (state.expiresMs ?? nowMs)
  if (nowMs >= expiresMs) return { state: { ...state, status: 'failed', nextCheckMs: null }, news: state.status === 'failed' ? null : 'failed' }
  const startedMs = expiresMs - CLAIM_LASTS_MS
  const isLate = !byHand && nowMs >= startedMs + TELL_AFTER_MS
  return { state: { ...state, status: 'pending', expiresMs, nextCheckMs: nextClaimCheckMs(startedMs, nowMs) }, news: isLate ? 'still_pending' : null }
}

/** An approved domain whose record was not seen. Its approval stays; only conclusive looks of its watch count. */
const missed = (state: DomainState, { outcome, byHand, nowMs }: CheckFacts): SettledCheck => {
  if (state.nextCheckMs === null) return { state, news: null }
  const next = byHand ? state : watched(state, nowMs)
  if (byHand || !isConclusive(outcome)) return { state: next, news: null }
  const missingSinceMs = state.missingSinceMs ?? nowMs
  const count = state.missed + 1
  const isGone = count >= MISSES_TO_WARN && nowMs - missingSinceMs >= MISSING_TO_WARN_MS
  const isNew = isGone && state.warning !== 'record_missing'
  return { state: { ...next, missed: count, missingSinceMs, warning: isNew ? 'record_missing' : state.warning }, news: isNew ? 'record_missing' : null }
}

/**
 * What one look at DNS makes of a domain. A proof approves a name that nobody else holds, and contests
 * one that somebody does; nothing here ever takes an approval back.
 */
export const settleCheck = (state: DomainState, facts: CheckFacts): SettledCheck => {
  if (state.status === 'refused') return { state, news: null }
  if (facts.outcome === 'verified') return proved(state, facts)
  if (state.status === 'approved') return missed(state, facts)
  if (state.status === 'contested') return { state: watched(state, facts.nowMs), news: null }
  return unproved(state, facts)
}
