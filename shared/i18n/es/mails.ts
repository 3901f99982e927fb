import type { mails as en } from '../en/mails'
import type { Phrase } from '../phrase'

/** Phrases of the area mails. */
export const mails = {} satisfies Record<keyof typeof en, Phrase>
