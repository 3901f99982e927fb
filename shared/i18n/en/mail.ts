import type { Phrase } from '../phrase'

/** Phrases of the area mail. */
export const mail = {} satisfies Record<string, Phrase>
