import type { Phrase } from '../phrase'

/** Phrases of the area domains. */
export const domains = {} satisfies Record<string, Phrase>
