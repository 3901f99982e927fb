import type { Phrase } from '../phrase'

/** Phrases of the area activation. */
export const activation = {} satisfies Record<string, Phrase>
