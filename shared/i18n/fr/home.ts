import type { home as en } from '../en/home'
import type { Phrase } from '../phrase'

/** Phrases of the area home. */
export const home = {} satisfies Record<keyof typeof en, Phrase>
