import type { Phrase } from '../phrase'

/** Phrases of the area billing. */
export const billing = {} satisfies Record<string, Phrase>
