import type { Phrase } from '../phrase'

/** Phrases of the area imports. */
export const imports = {} satisfies Record<string, Phrase>
