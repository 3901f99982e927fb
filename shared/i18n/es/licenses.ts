import type { licenses as en } from '../en/licenses'
import type { Phrase } from '../phrase'

/** Phrases of the area licenses. */
export const licenses = {} satisfies Record<keyof typeof en, Phrase>
