import type { issues as en } from '../en/issues'
import type { Phrase } from '../phrase'

/** Phrases of the area issues. */
export const issues = {} satisfies Record<keyof typeof en, Phrase>
