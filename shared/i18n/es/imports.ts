import type { imports as en } from '../en/imports'
import type { Phrase } from '../phrase'

/** Phrases of the area imports. */
export const imports = {} satisfies Record<keyof typeof en, Phrase>
