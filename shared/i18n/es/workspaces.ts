import type { workspaces as en } from '../en/workspaces'
import type { Phrase } from '../phrase'

/** Phrases of the area workspaces. */
export const workspaces = {} satisfies Record<keyof typeof en, Phrase>
