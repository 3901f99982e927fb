import type { Phrase } from '../phrase'

/** Phrases of the area issues. */
export const issues = {} satisfies Record<string, Phrase>
