import type { domains as en } from '../en/domains'
import type { Phrase } from '../phrase'

/** Phrases of the area domains. */
export const domains = {} satisfies Record<keyof typeof en, Phrase>
