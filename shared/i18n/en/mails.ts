import type { Phrase } from '../phrase'

/** Phrases of the area mails. */
export const mails = {} satisfies Record<string, Phrase>
