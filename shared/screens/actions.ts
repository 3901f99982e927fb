/** Ids of all actions. */
export const ACTION_IDS = ['screen.retry'] as const
export type ActionId = (typeof ACTION_IDS)[number]
