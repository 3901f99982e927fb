import type { logs as en } from '../en/logs'
import type { Phrase } from '../phrase'

/** Phrases of the area logs. */
export const logs = {} satisfies Record<keyof typeof en, Phrase>
