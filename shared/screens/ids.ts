/** Ids of all screens: deep links and Gmail parameters carry them. */
export const SCREEN_IDS = ['home', 'mail', 'users', 'user'] as const
export type ScreenId = (typeof SCREEN_IDS)[number]

/** Ids of all actions. */
export const ACTION_IDS = ['screen.retry', 'session.sign_in'] as const
export type ActionId = (typeof ACTION_IDS)[number]
