import type { organization as en } from '../en/organization'
import type { Phrase } from '../phrase'

/** Phrases of the area organization. */
export const organization = {} satisfies Record<keyof typeof en, Phrase>
