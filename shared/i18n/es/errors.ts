import type { errors as en } from '../en/errors'
import type { Phrase } from '../phrase'

/** Phrases of the area errors. */
export const errors = {} satisfies Record<keyof typeof en, Phrase>
