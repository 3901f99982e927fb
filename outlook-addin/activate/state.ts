import type { ReplyOf } from '../../shared/api/contract'
import type { ErrorCode, Failure } from '../../shared/errors'

export type Link = ReplyOf<'activations.lookup'>
export type Redeemed = ReplyOf<'activations.redeem'>

/** What the page asks the server for. */
export type Errand = 'lookup' | 'code' | 'redeem'

/**
 * Where a visit stands. `unknown`: there is no link, or none that the server knows; `dead`: it can't be used any
 * more; `offered`: nothing is asked for yet; `asked`: a code is on its way; `done`: activated. `busy` names
 * what is being waited for, `lost` what went wrong with the last thing tried.
 */
export type Page =
  | { is: 'looking' }
  | { is: 'unknown' }
  | { is: 'away'; lost: Failure }
  | { is: 'dead'; code: ErrorCode }
  | { is: 'offered'; link: Link; busy: Errand | null; lost: Failure | null }
  | { is: 'asked'; link: Link; busy: Errand | null; lost: Failure | null; hasCode: boolean }
  | { is: 'done'; redeemed: Redeemed }

const DEAD: readonly ErrorCode[] = ['activation.expired', 'activation.used', 'activation.replaced', 'auth.suspended', 'activation.wrong_person']
const UNKNOWN: readonly ErrorCode[] = ['not_found', 'request.invalid']

/** What a failure makes of a visit; null where it can go on as it is. */
const endOf = (lost: Failure): Page | null => {
  if (DEAD.includes(lost.code)) return { is: 'dead', code: lost.code }
  return UNKNOWN.includes(lost.code) && lost.issues.length === 0 ? { is: 'unknown' } : null
}

/** After the link was looked up. */
export const looked = (reply: { ok: true; value: Link } | { ok: false; failure: Failure }): Page => {
  if (reply.ok) return { is: 'offered', link: reply.value, busy: null, lost: null }
  return endOf(reply.failure) ?? (reply.failure.code === 'request.invalid' ? { is: 'unknown' } : { is: 'away', lost: reply.failure })
}

/** While something is waited for. */
export const waiting = (page: Page, errand: Errand): Page => (page.is === 'offered' || page.is === 'asked' ? { ...page, busy: errand, lost: null } : page)

/** After a code was asked for. */
export const codeSent = (page: Page, reply: { ok: true } | { ok: false; failure: Failure }): Page => {
  if (page.is !== 'offered' && page.is !== 'asked') return page
  return reply.ok ? { is: 'asked', link: page.link, busy: null, lost: null, hasCode: true } : { ...page, busy: null, lost: reply.failure }
}

/** After the code was sent along. */
export const redeemed = (page: Page, reply: { ok: true; value: Redeemed } | { ok: false; failure: Failure }): Page => {
  if (page.is !== 'asked') return page
  if (reply.ok) return { is: 'done', redeemed: reply.value }
  return endOf(reply.failure) ?? { ...page, busy: null, lost: reply.failure }
}

/** Somebody who has a code already needs no other one. */
export const haveCode = (page: Page): Page => (page.is === 'offered' ? { is: 'asked', link: page.link, busy: null, lost: null, hasCode: false } : page)

/** The digits of what was typed; null where they are no code. */
export const codeIn = (typed: string): string | null => {
  const digits = typed.replace(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}
