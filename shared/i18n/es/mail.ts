import type { mail as en } from '../en/mail'
import type { Phrase } from '../phrase'

/** Phrases of the area mail. */
export const mail = {} satisfies Record<keyof typeof en, Phrase>
