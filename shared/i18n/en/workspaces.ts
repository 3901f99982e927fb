import type { Phrase } from '../phrase'

/** Phrases of the area workspaces. */
export const workspaces = {} satisfies Record<string, Phrase>
