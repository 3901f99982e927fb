/** Ids of all screens: deep links and Gmail parameters carry them. */
export const SCREEN_IDS = ['home', 'me', 'mail', 'users', 'user', 'licenses', 'log', 'imports', 'import', 'import_progress', 'activations', 'activation_code'] as const
export type ScreenId = (typeof SCREEN_IDS)[number]

/** Ids of all actions. */
export const ACTION_IDS = [
  'screen.retry', 'session.sign_in', 'session.support', 'account.save', 'nav.users', 'nav.imports',
  'import.preview', 'import.without_license', 'import.start', 'import.template', 'import.download_rejected',
  'license.assign', 'license.remove', 'activation.send', 'activation.redeem', 'activation.request_code',
] as const
export type ActionId = (typeof ACTION_IDS)[number]
