import type { Phrase } from '../phrase'

/** Phrases of the area roles. */
export const roles = {} satisfies Record<string, Phrase>
