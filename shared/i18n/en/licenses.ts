import type { Phrase } from '../phrase'

/** Phrases of the area licenses. */
export const licenses = {} satisfies Record<string, Phrase>
