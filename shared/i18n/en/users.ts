import type { Phrase } from '../phrase'

/** Phrases of the area users. */
export const users = {} satisfies Record<string, Phrase>
