import type { Phrase } from '../phrase'

/** Phrases of the area home. */
export const home = {} satisfies Record<string, Phrase>
