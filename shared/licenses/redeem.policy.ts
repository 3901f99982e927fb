import type { ServerErrorCode } from '../errors'

/** How an activation link stands. */
export const LINK_STATES = ['open', 'expired', 'used', 'replaced'] as const
export type LinkState = (typeof LINK_STATES)[number]

/**
 * Who redeems, as far as a link's owner is concerned: nobody signed in, the owner for certain, somebody
 * else for certain, or an identity that proves neither.
 */
export const REDEEMERS = ['nobody', 'owner', 'somebody_else', 'unproven'] as const
export type Redeemer = (typeof REDEEMERS)[number]

/** The mailed code, as it was sent along. */
export const SENT_CODES = ['absent', 'right', 'wrong'] as const
export type SentCode = (typeof SENT_CODES)[number]

/** An attempt to redeem: by the secret token, or by the id that the owner's own list names. */
export type RedeemAttempt = { by: 'token' | 'id'; link: LinkState; redeemer: Redeemer; code: SentCode; isSuspended: boolean }

/** What an attempt is answered with: `true` activates. */
export type RedeemAnswer = true | Extract<ServerErrorCode, `activation.${string}` | 'auth.required' | 'auth.suspended' | 'not_found'>

const ofLink = ({ link, isSuspended }: RedeemAttempt): RedeemAnswer => {
  if (link !== 'open') return `activation.${link}`
  return isSuspended ? 'auth.suspended' : true
}

const OF_CODE = { absent: 'activation.proof_required', wrong: 'activation.code_wrong', right: true } as const satisfies Record<SentCode, RedeemAnswer>

/** The bearer of the token may know how the link stands; the owner alone redeems without a code. */
const byToken = (attempt: RedeemAttempt): RedeemAnswer => {
  const standing = ofLink(attempt)
  if (standing !== true || attempt.redeemer === 'owner') return standing
  return attempt.redeemer === 'somebody_else' ? 'activation.wrong_person' : OF_CODE[attempt.code]
}

const OF_REDEEMER = { nobody: 'auth.required', somebody_else: 'not_found', unproven: 'not_found', owner: true } as const satisfies Record<Redeemer, RedeemAnswer>

/** An id is no secret: nobody but the owner learns that the link exists, and no code stands in for being them. */
const byId = (attempt: RedeemAttempt): RedeemAnswer => {
  const owns: RedeemAnswer = OF_REDEEMER[attempt.redeemer]
  return owns === true ? ofLink(attempt) : owns
}

/** Whether an attempt activates, or why not. */
export const redeemAnswer = (attempt: RedeemAttempt): RedeemAnswer => (attempt.by === 'token' ? byToken(attempt) : byId(attempt))
