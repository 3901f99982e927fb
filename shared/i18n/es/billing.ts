import type { billing as en } from '../en/billing'
import type { Phrase } from '../phrase'

/** Phrases of the area billing. */
export const billing = {} satisfies Record<keyof typeof en, Phrase>
