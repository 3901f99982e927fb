import type { Phrase } from '../phrase'

/** Phrases of the area me. */
export const me = {} satisfies Record<string, Phrase>
