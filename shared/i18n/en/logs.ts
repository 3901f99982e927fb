import type { Phrase } from '../phrase'

/** Phrases of the area logs. */
export const logs = {} satisfies Record<string, Phrase>
