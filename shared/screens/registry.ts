/** Ids of all screens. */
export const SCREEN_IDS = ['home', 'users', 'me', 'mail'] as const
export type ScreenId = (typeof SCREEN_IDS)[number]
