import type { me as en } from '../en/me'
import type { Phrase } from '../phrase'

/** Phrases of the area me. */
export const me = {} satisfies Record<keyof typeof en, Phrase>
