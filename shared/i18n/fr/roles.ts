import type { roles as en } from '../en/roles'
import type { Phrase } from '../phrase'

/** Phrases of the area roles. */
export const roles = {} satisfies Record<keyof typeof en, Phrase>
