import type { plans as en } from '../en/plans'
import type { Phrase } from '../phrase'

/** Phrases of the area plans. */
export const plans = {} satisfies Record<keyof typeof en, Phrase>
