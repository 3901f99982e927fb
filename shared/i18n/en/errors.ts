import type { Phrase } from '../phrase'

/** Phrases of the area errors. */
export const errors = {} satisfies Record<string, Phrase>
