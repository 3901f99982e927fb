import type { Phrase } from '../phrase'

/** Phrases of the area organization. */
export const organization = {} satisfies Record<string, Phrase>
