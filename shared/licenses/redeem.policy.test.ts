import { LINK_STATES, REDEEMERS, redeemAnswer, SENT_CODES, type LinkState, type Redeemer, type RedeemAnswer, type SentCode } from './redeem.policy'

const dead = (link: Exclude<LinkState, 'open'>): RedeemAnswer => `activation.${link}`

describe('a link whose token is shown', () => {
  const OPEN: Record<Redeemer, Record<SentCode, RedeemAnswer>> = {
    nobody: { absent: 'activation.proof_required', right: true, wrong: 'activation.code_wrong' },
    owner: { absent: true, right: true, wrong: true },
    somebody_else: { absent: 'activation.wrong_person', right: 'activation.wrong_person', wrong: 'activation.wrong_person' },
    unproven: { absent: 'activation.proof_required', right: true, wrong: 'activation.code_wrong' },
  }
  const cells = REDEEMERS.flatMap((redeemer) => SENT_CODES.flatMap((code) => LINK_STATES.map((link) => ({ redeemer, code, link }))))
  it.each(cells)('$link, redeemed by $redeemer with a code that is $code', ({ redeemer, code, link }) => {
    expect(redeemAnswer({ by: 'token', link, redeemer, code, isSuspended: false })).toBe(link === 'open' ? OPEN[redeemer][code] : dead(link))
  })
})

describe('a link that is named by its id', () => {
  const FOR_OTHERS: Record<Exclude<Redeemer, 'owner'>, RedeemAnswer> = { nobody: 'auth.required', somebody_else: 'not_found', unproven: 'not_found' }
  it.each(SENT_CODES.flatMap((code) => LINK_STATES.map((link) => ({ code, link }))))('tells its state to its owner alone: $link, code $code', ({ code, link }) => {
    for (const redeemer of ['nobody', 'somebody_else', 'unproven'] as const) expect(redeemAnswer({ by: 'id', link, redeemer, code, isSuspended: false })).toBe(FOR_OTHERS[redeemer])
    expect(redeemAnswer({ by: 'id', link, redeemer: 'owner', code, isSuspended: false })).toBe(link === 'open' ? true : dead(link))
  })
})

it.each(['token', 'id'] as const)('a suspended person activates nothing by %s', (by) => {
  expect(redeemAnswer({ by, link: 'open', redeemer: 'owner', code: 'right', isSuspended: true })).toBe('auth.suspended')
})
