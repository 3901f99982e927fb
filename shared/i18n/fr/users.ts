import type { users as en } from '../en/users'
import type { Phrase } from '../phrase'

/** Phrases of the area users. */
export const users = {} satisfies Record<keyof typeof en, Phrase>
