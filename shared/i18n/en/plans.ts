import type { Phrase } from '../phrase'

/** Phrases of the area plans. */
export const plans = {} satisfies Record<string, Phrase>
