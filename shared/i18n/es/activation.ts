import type { activation as en } from '../en/activation'
import type { Phrase } from '../phrase'

/** Phrases of the area activation. */
export const activation = {} satisfies Record<keyof typeof en, Phrase>
