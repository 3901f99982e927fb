import { CHECK_OUTCOMES, type CheckOutcome } from './domains.model'
import { CLAIM_LASTS_MS, RECHECK_EVERY_MS, nextClaimCheckMs } from './domains.schedule'
import { settleCheck, type DomainNews, type DomainState } from './domains.settle'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const state = (part: Partial<DomainState> = {}): DomainState => ({ status: 'pending', nextCheckMs: 300_000, expiresMs: CLAIM_LASTS_MS, missed: 0, missingSinceMs: null, warning: null, contestedMs: null, ...part })
const approved = (part: Partial<DomainState> = {}) => state({ status: 'approved', expiresMs: null, nextCheckMs: DAY_MS, ...part })
const settle = (before: DomainState, outcome: CheckOutcome, nowMs: number, more: { isFree?: boolean; byHand?: boolean } = {}) => settleCheck(before, { outcome, isFree: true, byHand: false, nowMs, ...more })

/** Looks again whenever it is due, until nothing is due or `untilMs`. */
const watch = (before: DomainState, outcomeAt: (nowMs: number) => CheckOutcome, untilMs = 10 * DAY_MS) => {
  const looks: { hours: number; news: DomainNews | null }[] = []
  let now = before
  while (now.nextCheckMs !== null && now.nextCheckMs <= untilMs) {
    const nowMs = now.nextCheckMs
    const settled = settle(now, outcomeAt(nowMs), nowMs)
    looks.push({ hours: Math.round((nowMs / HOUR_MS) * 12) / 12, news: settled.news })
    now = settled.state
  }
  return { looks, end: now }
}

describe('a claim', () => {
  it('is looked for after 5 minutes, 1, 12, 36 and 72 hours, told about once, and fails after 7 days', () => {
    const { looks, end } = watch(state({ nextCheckMs: nextClaimCheckMs(0, 0) }), () => 'not_found')
    expect(looks).toEqual([
      { hours: 1 / 12, news: null }, { hours: 1, news: null }, { hours: 12, news: null }, { hours: 36, news: null }, { hours: 72, news: 'still_pending' }, { hours: 168, news: 'failed' },
    ].map((look) => ({ ...look, hours: Math.round(look.hours * 12) / 12 })))
    expect(end).toMatchObject({ status: 'failed', nextCheckMs: null })
  })
  it.each(CHECK_OUTCOMES.filter((outcome) => outcome !== 'verified'))('keeps waiting after %s', (outcome) => expect(settle(state(), outcome, HOUR_MS).state).toMatchObject({ status: 'pending', nextCheckMs: 12 * HOUR_MS }))
  it('is approved by its proof and then watched every day', () => expect(settle(state(), 'verified', HOUR_MS)).toEqual({ state: approved({ nextCheckMs: HOUR_MS + RECHECK_EVERY_MS }), news: 'approved' }))
  it('is contested where somebody else holds the name, and told about once', () => {
    const first = settle(state(), 'verified', HOUR_MS, { isFree: false })
    expect(first).toMatchObject({ news: 'contested', state: { status: 'contested', contestedMs: HOUR_MS } })
    expect(settle(first.state, 'verified', DAY_MS, { isFree: false })).toMatchObject({ news: null, state: { status: 'contested', contestedMs: HOUR_MS } })
  })
  it('that is contested is approved once nobody else holds the name, and never loses its place to a missing record', () => {
    const contested = state({ status: 'contested', contestedMs: HOUR_MS })
    expect(settle(contested, 'verified', DAY_MS)).toMatchObject({ news: 'approved', state: { status: 'approved', contestedMs: null } })
    expect(settle(contested, 'not_found', DAY_MS)).toMatchObject({ news: null, state: { status: 'contested' } })
  })
  it('that failed starts again by hand only, with 7 new days', () => {
    const over = state({ status: 'failed', nextCheckMs: null })
    expect(settle(over, 'not_found', 20 * DAY_MS, { byHand: true }).state).toMatchObject({ status: 'pending', expiresMs: 20 * DAY_MS + CLAIM_LASTS_MS, nextCheckMs: 20 * DAY_MS + 300_000 })
    expect(settle(over, 'not_found', 20 * DAY_MS)).toEqual({ state: over, news: null })
    expect(settle(over, 'verified', 20 * DAY_MS, { byHand: true }).news).toBe('approved')
  })
  it('that was refused stays refused, whatever DNS says', () => {
    const refused = state({ status: 'refused', nextCheckMs: null })
    for (const outcome of CHECK_OUTCOMES) expect(settle(refused, outcome, DAY_MS, { byHand: true })).toEqual({ state: refused, news: null })
  })
  it('can be checked by hand without moving its schedule or being mailed about', () => expect(settle(state({ nextCheckMs: CLAIM_LASTS_MS }), 'not_found', 80 * HOUR_MS, { byHand: true })).toMatchObject({ news: null, state: { nextCheckMs: CLAIM_LASTS_MS } }))
})

describe('an approved domain', () => {
  it('is warned about after three misses over 72 hours, once, and stays approved', () => {
    const { looks, end } = watch(approved(), () => 'not_found')
    expect(looks.map(({ news }) => news)).toEqual([null, null, null, 'record_missing', null, null, null, null, null, null])
    expect(end).toMatchObject({ status: 'approved', warning: 'record_missing' })
  })
  it.each(['server_failed', 'timed_out'] as const)('is never warned about because of %s', (outcome) => {
    const { looks, end } = watch(approved(), () => outcome, 60 * DAY_MS)
    expect(looks.every(({ news }) => news === null)).toBe(true)
    expect(end).toMatchObject({ status: 'approved', warning: null, missed: 0, missingSinceMs: null })
  })
  it('counts misses across errors, and forgets them when the record is seen', () => {
    const outcomes: CheckOutcome[] = ['not_found', 'server_failed', 'not_found', 'verified', 'not_found', 'timed_out', 'wrong_value', 'not_found', 'verified']
    const { looks } = watch(approved(), (nowMs) => outcomes[nowMs / DAY_MS - 1] ?? 'verified', 12 * DAY_MS)
    expect(looks.map(({ news }) => news)).toEqual([null, null, null, null, null, null, null, 'record_missing', 'record_found', null, null, null])
  })
  it.each(CHECK_OUTCOMES)('stays approved after %s, by hand or not', (outcome) => {
    for (const byHand of [true, false]) for (const isFree of [true, false]) expect(settle(approved(), outcome, DAY_MS, { byHand, isFree }).state.status).toBe('approved')
  })
  it('does not miss anything because somebody clicks', () => {
    let now = approved({ missed: 2, missingSinceMs: 0 })
    for (let click = 0; click < 10; click++) now = settle(now, 'not_found', 4 * DAY_MS, { byHand: true }).state
    expect(now).toMatchObject({ missed: 2, warning: null, nextCheckMs: DAY_MS })
  })
  it('that an operator approved without DNS is not watched until its record is seen', () => {
    const byOperator = approved({ nextCheckMs: null })
    expect(settle(byOperator, 'not_found', DAY_MS, { byHand: true }).state).toEqual(byOperator)
    expect(settle(byOperator, 'verified', DAY_MS, { byHand: true }).state.nextCheckMs).toBe(2 * DAY_MS)
  })
})
